import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** The same bytes; what is gzip by its first two bytes is unpacked. */
export async function unpackBytes(source: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
  const chunks: AsyncIterator<Uint8Array> = source[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  while (head.reduce((sum, chunk) => sum + chunk.length, 0) < 2) {
    const next = await chunks.next();
    if (next.done === true) break;
    head.push(next.value);
  }
  const start = Buffer.concat(head);
  const whole = resume(start, chunks);
  if (start[0] !== 0x1f || start[1] !== 0x8b) return whole;
  // The callback only keeps the error from being thrown twice: whoever iterates over the result gets it.
  return pipeline(Readable.from(whole), createGunzip(), () => undefined);
}

async function* resume(
  start: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    if (start.length > 0) yield start;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
