/** The one place where a request's body becomes a value. */
import type { Request, RequestHandler } from 'express';
import { rejection } from '../../core/cartograph-error.ts';
import { parseJson } from '../../fhir/parse-json.ts';
import { receiveBody } from './receive-body.ts';

const MEDIA_TYPES = ['application/fhir+json', 'application/json'] as const;
const PATCH_TYPES = ['application/json-patch+json'] as const;

/** Reads the bytes, whatever their type, up to the limit. */
export function readBytes(maxBodyBytes: number): RequestHandler {
  return async (req, _res, next) => {
    if (!Buffer.isBuffer(req.body)) req.body = await receiveBody(req, maxBodyBytes);
    next();
  };
}

/** The JSON value of the body. Throws `media-type-unsupported` or `json-malformed`. */
export function parseBody(req: Request): unknown {
  return parseTyped(req, MEDIA_TYPES);
}

/** The JSON value of a JSON Patch. Throws the same. */
export function parsePatchBody(req: Request): unknown {
  return parseTyped(req, PATCH_TYPES);
}

function parseTyped(req: Request, allowed: readonly string[]): unknown {
  const [mediaType = '', ...parameters] = (req.get('content-type') ?? '')
    .split(';')
    .map((part) => part.trim());
  const charset = parameters.find((parameter) => /^charset=/i.test(parameter));
  if (
    !allowed.includes(mediaType.toLowerCase()) ||
    (charset !== undefined && !/^charset="?utf-?8"?$/i.test(charset))
  ) {
    throw rejection('media-type-unsupported', `Content-Type: expected ${allowed[0]} in UTF-8`, {
      found:
        mediaType === ''
          ? 'no content type'
          : `${mediaType.slice(0, 40)}${charset === undefined ? '' : ' in another charset'}`,
      expected: `${allowed.join(' or ')}, in UTF-8`,
    });
  }
  return parseJson(Buffer.isBuffer(req.body) ? req.body : new Uint8Array());
}
