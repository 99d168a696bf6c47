/** CORS: which pages of other origins may call from a browser. None, unless the settings name them. */
import cors from 'cors';
import type { RequestHandler } from 'express';
import { CORRELATION_ID_HEADER, REQUEST_ID_HEADER } from './correlation-id.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
/** What a script may read of an answer, beside what browsers let it read anyway. */
const EXPOSED = [
  'ETag',
  'Location',
  'Content-Location',
  'Last-Modified',
  'Retry-After',
  'Allow',
  'WWW-Authenticate',
  'X-Progress',
  REQUEST_ID_HEADER,
  CORRELATION_ID_HEADER,
];
const PREFLIGHT_SECONDS = 600;

/** Answers preflights too. Without origins there is nothing to do, and an OPTIONS request is refused as elsewhere. */
export function crossOrigin(origins: readonly string[]): RequestHandler {
  if (origins.length === 0) return (_req, _res, next) => next();
  // Tokens travel in a header that the page sets itself, so cookies need not be let through.
  return cors({
    origin: [...origins],
    methods: METHODS,
    exposedHeaders: EXPOSED,
    credentials: false,
    maxAge: PREFLIGHT_SECONDS,
  });
}
