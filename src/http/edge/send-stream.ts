import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

type Pieces = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/**
 * Sends the body piece by piece, no faster than it is taken; no piece may be empty. A caller that goes away meanwhile
 * is no fault: the log line of its request says `aborted`.
 */
export async function sendStream(res: Response, pieces: Pieces): Promise<void> {
  try {
    await pipeline(Readable.from(pieces, { objectMode: false }), res);
  } catch (error) {
    if (!isPrematureClose(error)) throw error;
  }
}

function isPrematureClose(error: unknown): boolean {
  const isCoded = typeof error === 'object' && error !== null && 'code' in error;
  return isCoded && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
