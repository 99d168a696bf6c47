import type { Code } from '../core/catalogue.ts';
import { isFhirDate } from '../fhir/date-format.ts';

/** What is wrong with a primitive: the code, and what was expected. */
export interface PrimitiveFault {
  readonly code: Code;
  readonly severity: 'error' | 'warning';
  readonly expected: string;
}

type Check = (value: unknown) => PrimitiveFault | undefined;

const SPACE = /\s/;
const MAX_STRING = 1024 * 1024;
const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:/;
const OID = /^urn:oid:[0-2](\.(0|[1-9][0-9]*))+$/;
const UUID = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const TIME = /^([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?$/;
const BASE64 = /^[0-9a-zA-Z+/]*={0,2}$/;
const CODE = /^[^\s]+( [^\s]+)*$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F]/;
const ID = /^[A-Za-z0-9\-.]{1,64}$/;
/** The opening of a tag that a browser knows how to do harm with, or of any other; not `<5` or `a < b`. */
const TAG = /<(?:[A-Za-z][A-Za-z0-9]*(?=[\s/>])|!--|\/[A-Za-z])/;

function fault(expected: string, code: Code = 'primitive-invalid'): PrimitiveFault {
  return { code, severity: 'error', expected };
}

function warn(expected: string): PrimitiveFault {
  return { code: 'primitive-invalid', severity: 'warning', expected };
}

/** Holds a unit that may be a control character, or half of a character; most text holds none. */
function isSuspect(value: string): boolean {
  for (let i = 0; i < value.length; i++) {
    const unit = value.charCodeAt(i);
    if (unit < 0x20 || (unit >= 0xd800 && unit <= 0xdfff)) return true;
  }
  return false;
}

/** A string first of all: of that JSON type, not empty, of characters that FHIR allows. */
function text(more: (value: string) => PrimitiveFault | undefined): Check {
  return (value) => {
    if (typeof value !== 'string') return fault('a JSON string', 'element-invalid');
    if (value === '') return fault('at least one character');
    if (value.length > MAX_STRING) return fault('at most 1 MB');
    if (isSuspect(value) && (!value.isWellFormed() || CONTROL.test(value))) {
      return fault('no control characters');
    }
    return more(value);
  };
}

function plain(value: string): PrimitiveFault | undefined {
  if (value.charCodeAt(0) <= 0x20 && value.trim() === '') return warn('more than white space');
  return value.includes('<') && TAG.test(value) ? fault('text without HTML tags', 'text-unsafe') : undefined;
}

function whole(lowest: number, expected: string): Check {
  return (value) => {
    if (typeof value !== 'number') return fault('a JSON number', 'element-invalid');
    const inRange = Number.isInteger(value) && value >= lowest && value < 2 ** 31;
    return inRange ? undefined : fault(expected);
  };
}

function uri(value: string): PrimitiveFault | undefined {
  if (SPACE.test(value)) return fault('a URI without white space');
  if (value.startsWith('http')) return undefined;
  if (/^(oid|uuid):/.test(value)) return fault('urn:oid: or urn:uuid: before an OID or UUID');
  if (value.startsWith('urn:oid:') && !isLongOid(value)) return fault('an OID behind urn:oid:');
  if (value.startsWith('urn:uuid:') && !UUID.test(value))
    return fault('a UUID in lower case behind urn:uuid:');
  return undefined;
}

/** The shortest OIDs are authorities that give OIDs away; HL7's validator takes none that ends before its sixth place. */
function isLongOid(value: string): boolean {
  return OID.test(value) && value.lastIndexOf('.') >= 'urn:oid:'.length + 5;
}

function canonical(value: string): PrimitiveFault | undefined {
  const isAbsolute = value.startsWith('#') || SCHEME.test(value);
  return isAbsolute ? uri(value) : fault('an absolute URL, or a fragment of a contained resource');
}

function base64(value: string): PrimitiveFault | undefined {
  const packed = value.replace(/\s+/g, '');
  return packed.length % 4 === 0 && BASE64.test(packed) ? undefined : fault('base64');
}

function date(type: 'date' | 'dateTime' | 'instant', expected: string): Check {
  return text((value) => (isFhirDate(value, type) ? undefined : fault(expected, 'date-unparseable')));
}

function matching(pattern: RegExp, expected: string): Check {
  return text((value) => (pattern.test(value) ? undefined : fault(expected)));
}

const CHECKS: Readonly<Record<string, Check>> = {
  boolean: (value) =>
    typeof value === 'boolean' ? undefined : fault('true or false, as JSON boolean', 'element-invalid'),
  integer: whole(-(2 ** 31), 'a whole number of 32 bits'),
  unsignedInt: whole(0, 'a whole number from 0'),
  positiveInt: whole(1, 'a whole number from 1'),
  decimal: (value) =>
    typeof value === 'number' && Number.isFinite(value)
      ? undefined
      : fault('a JSON number', 'element-invalid'),
  string: text(plain),
  markdown: text(plain),
  xhtml: text(() => undefined),
  uri: text(uri),
  url: text(uri),
  canonical: text(canonical),
  base64Binary: text(base64),
  code: matching(CODE, 'a code: no white space at its ends, single spaces within'),
  id: (value) =>
    typeof value === 'string' && ID.test(value)
      ? undefined
      : fault('1 to 64 of A-Z, a-z, 0-9, hyphen and dot', 'id-invalid'),
  oid: matching(OID, 'urn:oid: and an OID'),
  uuid: matching(UUID, 'urn:uuid: and a UUID'),
  time: matching(TIME, 'hh:mm:ss'),
  date: date('date', 'YYYY, YYYY-MM or YYYY-MM-DD of the calendar'),
  dateTime: date('dateTime', 'a date of the calendar; a time has seconds and a time zone'),
  instant: date('instant', 'YYYY-MM-DDThh:mm:ss with a time zone'),
};

/** The check for a primitive type; undefined for any other type. */
export function primitiveCheckOf(type: string): Check | undefined {
  return Object.hasOwn(CHECKS, type) ? CHECKS[type] : undefined;
}

/** Types whose values may be quoted in a message: no free text, no identifiers of persons. */
const QUOTABLE: ReadonlySet<string> = new Set([
  'boolean',
  'code',
  'canonical',
  'date',
  'dateTime',
  'decimal',
  'instant',
  'integer',
  'oid',
  'positiveInt',
  'time',
  'unsignedInt',
  'uri',
  'uuid',
]);

export function isQuotable(type: string): boolean {
  return QUOTABLE.has(type);
}
