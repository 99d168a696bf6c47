/** Refuses, before anything is done, a request whose answer would have to be in another format than FHIR JSON. */
import type { RequestHandler } from 'express';
import { rejection } from '../../core/cartograph-error.ts';
import { quote } from '../../core/finding.ts';
import { queryOf } from '../rest/request-target.ts';

const JSON_FORMATS = new Set(['json', 'application/json', 'application/fhir+json', 'text/json']);
/** What an answer may be sent as: the older name of FHIR JSON, files of a bulk job, and browsers, which are shown the JSON. */
const ACCEPTED = new Set([
  ...JSON_FORMATS,
  'application/json+fhir',
  'application/fhir+ndjson',
  'application/ndjson',
  'application/x-ndjson',
  'text/html',
  'application/*',
  'text/*',
  '*/*',
]);
const VERSIONS = new Set(['4.0', '4.0.0', '4.0.1']);

/** Throws `format-unsupported`. `_format` counts before `Accept`. */
export const negotiateFormat: RequestHandler = (req, _res, next) => {
  const format = new URLSearchParams(queryOf(req)).get('_format');
  if (format === null || format === '') requireAccepted(req.get('accept') ?? '');
  else requireFormat(format);
  next();
};

/** Throws `format-unsupported` where `_format` is not JSON of R4. */
export function requireFormat(format: string): void {
  // A plus sign that was not escaped arrives as a space.
  const { name, parameters } = mediaRange(format.trim().replace(' ', '+'));
  if (!JSON_FORMATS.has(name) || !isOfR4(parameters)) throw unsupported(quote(format));
}

/** Any one of the ranges is enough: nothing else could be sent in place of JSON. */
function requireAccepted(accept: string): void {
  if (accept.trim() === '') return;
  const isMet = accept.split(',').some((text) => {
    const { name, parameters } = mediaRange(text);
    return ACCEPTED.has(name) && isOfR4(parameters) && Number(parameters.get('q') ?? '1') > 0;
  });
  if (!isMet) throw unsupported('another Accept');
}

interface MediaRange {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** `type/subtype;name=value` (RFC 9110, 12.5.1); names in lower case. */
function mediaRange(text: string): MediaRange {
  const [name = '', ...parts] = text.split(';').map((part) => part.trim());
  const parameters = parts.map((part): [string, string] => {
    const [key = '', value = ''] = part.split('=').map((side) => side.trim());
    return [key.toLowerCase(), value.replace(/^"(.*)"$/, '$1')];
  });
  return { name: name.toLowerCase(), parameters: new Map(parameters) };
}

/** FHIR R4, versioning: a version that is not had is not acceptable. */
function isOfR4(parameters: MediaRange['parameters']): boolean {
  return VERSIONS.has(parameters.get('fhirversion') ?? '4.0');
}

function unsupported(found: string): Error {
  return rejection('format-unsupported', 'Answers are FHIR JSON', {
    found,
    expected: 'application/fhir+json',
  });
}
