/** The one place where a request's body becomes a value. */
import express, { type Request, type RequestHandler } from 'express';
import { rejection } from '../core/cartograph-error.ts';
import { parseJson } from '../fhir/parse-json.ts';

const MEDIA_TYPES = new Set(['application/fhir+json', 'application/json']);

/** Reads the bytes, whatever their type, up to the limit. */
export function readBytes(maxBodyBytes: number): RequestHandler {
  return express.raw({ type: () => true, limit: maxBodyBytes });
}

/** The JSON value of the body. Throws `media-type-unsupported` or `json-malformed`. */
export function parseBody(req: Request): unknown {
  const [mediaType = '', ...parameters] = (req.get('content-type') ?? '')
    .split(';')
    .map((part) => part.trim());
  const charset = parameters.find((parameter) => /^charset=/i.test(parameter));
  if (
    !MEDIA_TYPES.has(mediaType.toLowerCase()) ||
    (charset !== undefined && !/^charset="?utf-?8"?$/i.test(charset))
  ) {
    throw rejection('media-type-unsupported', 'Content-Type: expected application/fhir+json in UTF-8', {
      found:
        mediaType === ''
          ? 'no content type'
          : `${mediaType.slice(0, 40)}${charset === undefined ? '' : ' in another charset'}`,
      expected: 'application/fhir+json or application/json, in UTF-8',
    });
  }
  return parseJson(Buffer.isBuffer(req.body) ? req.body : new Uint8Array());
}
