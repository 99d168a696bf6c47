import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** The reader of our output has gone, as `head` does when it has enough; no fault of anybody. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed';
}

/** One JSON value a line; waits while the reader is slower than we are. */
export interface NdjsonOutput {
  write(value: unknown): Promise<void>;
  /** Text or bytes as they are, for formats other than JSON; nothing of an empty one. */
  writeChunk(chunk: string | Uint8Array): Promise<void>;
}

/** Throws OutputClosed from `write` once the reader has gone. */
export function buildNdjsonOutput(stream: Writable): NdjsonOutput {
  let closed = false;
  stream.on('error', () => {
    closed = true;
  });
  const writeChunk = async (chunk: string | Uint8Array): Promise<void> => {
    if (closed) throw new OutputClosed();
    if (chunk.length === 0 || stream.write(chunk)) return;
    await Promise.race([once(stream, 'drain'), once(stream, 'close')]).catch(() => undefined);
    if (closed) throw new OutputClosed();
  };
  return { writeChunk, write: (value) => writeChunk(`${JSON.stringify(value)}\n`) };
}
