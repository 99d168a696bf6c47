/** Refuses, before anything is done, a request whose answer would have to be in another format than FHIR JSON. */
import type { RequestHandler } from 'express';
import { rejection } from '../../core/cartograph-error.ts';
import { quote } from '../../core/finding.ts';
import { queryOf } from '../rest/request-target.ts';

const JSON_FORMATS = new Set(['json', 'application/json', 'application/fhir+json', 'text/json']);

/** Throws `format-unsupported`. `_format` counts before `Accept`. */
export const negotiateFormat: RequestHandler = (req, _res, next) => {
  const format = new URLSearchParams(queryOf(req)).get('_format');
  if (format === null || format === '') {
    if (!isAccepted(req.get('accept'))) throw unsupported('another Accept');
  } else if (!isJson(format)) throw unsupported(quote(format));
  next();
};

/** A plus sign that was not escaped arrives as a space. */
function isJson(format: string): boolean {
  return JSON_FORMATS.has((format.split(';')[0] ?? '').trim().replace(' ', '+'));
}

/** Browsers ask for HTML, and are shown the JSON. */
function isAccepted(accept: string | undefined): boolean {
  return accept === undefined || accept === '' || /json|\*\/\*|application\/\*|text\/html/i.test(accept);
}

function unsupported(found: string): Error {
  return rejection('format-unsupported', 'Answers are FHIR JSON', {
    found,
    expected: 'application/fhir+json',
  });
}
