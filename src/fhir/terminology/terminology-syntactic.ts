import { isUcumUnit } from './terminology-ucum.ts';

/** BCP 47: a language of two to eight letters, then sub-tags. */
const LANGUAGE = /^(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8}|x|i)(?:-[a-z0-9]{1,8})*$/i;
/** RFC 6838 names with parameters; the short forms are those that R4 itself defines for formats. */
const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9*][a-z0-9!#$&^_.+*-]*(?:\s*;.*)?$/i;
const SHORT_FORMATS: ReadonlySet<string> = new Set(['xml', 'json', 'ttl', 'rdf', 'html', 'text']);

/** ISO 4217, as the runtime's own locale data know it. */
const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));
/** ISO 3166 in two letters, from the same data; countries in three letters or digits, and their parts, are not there. */
const REGIONS = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

function isCountry(code: string): boolean | undefined {
  return /^[A-Z]{2}$/.test(code) ? REGIONS.of(code) !== undefined : undefined;
}

const SYSTEMS: ReadonlyMap<string, (code: string) => boolean | undefined> = new Map(
  Object.entries({
    'urn:ietf:bcp:47': (code: string) => LANGUAGE.test(code),
    'urn:ietf:bcp:13': (code: string) => MEDIA_TYPE.test(code) || SHORT_FORMATS.has(code),
    'http://unitsofmeasure.org': isUcumUnit,
    'urn:iso:std:iso:3166': isCountry,
    'urn:iso:std:iso:4217': (code: string) => CURRENCIES.has(code),
  }),
);

/** Is it a code of a system whose codes follow a grammar? Undefined for any other system. */
export function isSyntacticCode(system: string, code: string): boolean | undefined {
  return SYSTEMS.get(system)?.(code);
}
