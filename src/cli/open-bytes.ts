import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { unpackBytes } from '../fhir/unpack-bytes.ts';

/** The bytes of a file, or of standard input for `-`; what is gzip by its first two bytes is unpacked. */
export async function openBytes(path: string): Promise<AsyncIterable<Uint8Array>> {
  const source: Readable = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: 1 << 18 });
  return unpackBytes(source);
}
