import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Response } from 'express';

/** Of 9; more takes much longer and gains little. */
const GZIP_LEVEL = 3;

type Pieces = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/**
 * Sends the body piece by piece, no faster than it is taken; no piece may be empty. A caller that goes away meanwhile
 * is no fault: the log line of its request says `aborted`. `coding` is one that the caller understands.
 */
export async function sendStream(
  res: Response,
  pieces: Pieces,
  coding: 'gzip' | 'identity' = 'identity',
): Promise<void> {
  const body = Readable.from(pieces, { objectMode: false });
  try {
    if (coding === 'gzip') await pipeline(body, createGzip({ level: GZIP_LEVEL }), res);
    else await pipeline(body, res);
  } catch (error) {
    if (!isPrematureClose(error)) throw error;
  }
}

function isPrematureClose(error: unknown): boolean {
  const isCoded = typeof error === 'object' && error !== null && 'code' in error;
  return isCoded && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
