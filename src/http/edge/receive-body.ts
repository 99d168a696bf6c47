/** The bytes of a request's body, decompressed, counted as they come against what may be in hand. */
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Request } from 'express';
import { rejection } from '../../core/cartograph-error.ts';
import { holdBody } from './back-pressure.ts';

const DECODERS = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** Throws `body-too-large`, `service-busy`, `media-type-unsupported` or, for what ends early, `json-malformed`. */
export async function receiveBody(req: Request, maxBytes: number): Promise<Buffer> {
  if (Number(req.get('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const body = decoded(req);
  if (/^100-continue$/i.test(req.get('expect') ?? '')) req.res?.writeContinue();
  return new Promise((done, fail) => {
    const chunks: Buffer[] = [];
    let size = 0;
    // What still comes is let go by, so that the answer is read and not the end of the connection.
    const refuse = (error: unknown): void => {
      body.off('data', take);
      req.unpipe();
      req.resume();
      if (body !== req) body.destroy();
      fail(error);
    };
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      try {
        if (size > maxBytes) throw tooLarge(maxBytes);
        holdBody(req, size);
        chunks.push(chunk);
      } catch (error) {
        refuse(error);
      }
    };
    body.on('data', take);
    body.once('end', () => done(Buffer.concat(chunks, size)));
    body.once('error', () => refuse(unreadable()));
    req.once('close', () => {
      if (!req.complete) fail(unreadable());
    });
  });
}

function decoded(req: Request): Readable {
  const encoding = (req.get('content-encoding') ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity' || encoding === '') return req;
  if (!isKnown(encoding)) {
    const expected = 'gzip, deflate, br or identity';
    throw rejection('media-type-unsupported', `Content-Encoding: expected ${expected}`, { expected });
  }
  return req.pipe(DECODERS[encoding]());
}

function isKnown(encoding: string): encoding is keyof typeof DECODERS {
  return Object.hasOwn(DECODERS, encoding);
}

function tooLarge(maxBytes: number): Error {
  return rejection('body-too-large', `The body is larger than ${maxBytes} bytes`, {
    found: 'more',
    expected: `at most ${maxBytes} bytes`,
  });
}

function unreadable(): Error {
  return rejection('json-malformed', 'The body could not be read', {
    found: 'a body that ends early or is wrongly compressed',
    expected: 'a whole body',
  });
}
