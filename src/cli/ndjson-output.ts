import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** The reader of our output has gone, as `head` does when it has enough; no fault of anybody. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed';
}

/** One JSON value a line; waits while the reader is slower than we are. */
export interface NdjsonOutput {
  write(value: unknown): Promise<void>;
  /** The text as it is, for formats other than JSON. */
  writeText(text: string): Promise<void>;
}

/** Throws OutputClosed from `write` once the reader has gone. */
export function buildNdjsonOutput(stream: Writable): NdjsonOutput {
  let closed = false;
  stream.on('error', () => {
    closed = true;
  });
  const writeText = async (text: string): Promise<void> => {
    if (closed) throw new OutputClosed();
    if (stream.write(text)) return;
    await Promise.race([once(stream, 'drain'), once(stream, 'close')]).catch(() => undefined);
    if (closed) throw new OutputClosed();
  };
  return { writeText, write: (value) => writeText(`${JSON.stringify(value)}\n`) };
}
