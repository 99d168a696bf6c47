/** The parameters of `$export`, as the Bulk Data Access guide has them. */
import { rejection } from '../core/cartograph-error.ts';
import { quote } from '../core/finding.ts';
import { isResourceId } from '../fhir/check-structure.ts';
import { isResourceType } from '../fhir/element-types.ts';
import { parseReference } from '../fhir/references.ts';
import { dateRange } from '../fhir/search/date-range.ts';
import type { SearchOptions } from '../fhir/search/parse-search.ts';
import type { ExportRequest, ExportScope, IgnoredParameter } from './export-request.ts';
import { parseElements } from './exported-elements.ts';
import { parseTypeFilter, splitTypeFilters } from './type-filter.ts';

export interface ExportParameters {
  readonly scope: ExportScope;
  /** Names and values, in order. */
  readonly given: readonly (readonly [name: string, value: string])[];
  /** `Prefer: handling=lenient`: a parameter that is not offered is left out, and told in the error file. */
  readonly isLenient: boolean;
  readonly search: Omit<SearchOptions, 'isStrict'>;
}

const OFFERED: readonly string[] = [
  '_elements',
  '_outputFormat',
  '_since',
  '_type',
  '_typeFilter',
  'patient',
];
/** Of every call, and of no meaning here: the answer to the kick-off has no body. */
const GENERAL: readonly string[] = ['_format', '_pretty'];
const FORMATS: readonly string[] = ['application/fhir+ndjson', 'application/ndjson', 'ndjson'];
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Throws `parameter-invalid`. */
export function parseExportRequest({ scope, given, isLenient, search }: ExportParameters): ExportRequest {
  const values = (name: string): readonly string[] =>
    given.flatMap(([known, value]) => (known === name ? [value] : []));
  const ignored = unknownOf(given, isLenient);
  for (const format of values('_outputFormat')) checkFormat(format);
  const types = values('_type').length === 0 ? undefined : parseTypes(values('_type'));
  const typeFilters = splitTypeFilters(values('_typeFilter'));
  for (const filter of typeFilters) {
    const { type } = parseTypeFilter(filter, search);
    if (types?.includes(type) === false) throw invalid('_typeFilter', quote(type), 'a type of _type');
  }
  const elements = parseElements(values('_elements'), types);
  const since = parseSince(values('_since'));
  const patients = parsePatients(values('patient'), scope);
  return {
    scope,
    typeFilters,
    ignored,
    ...(types === undefined ? {} : { types }),
    ...(elements.length === 0 ? {} : { elements }),
    ...(since === undefined ? {} : { since }),
    ...(patients === undefined ? {} : { patients }),
  };
}

function unknownOf(given: ExportParameters['given'], isLenient: boolean): readonly IgnoredParameter[] {
  const names = new Set(given.map(([name]) => name));
  const unknown = [...names].filter((name) => !OFFERED.includes(name) && !GENERAL.includes(name));
  const [first] = unknown;
  if (first !== undefined && !isLenient) throw invalid(first, 'a parameter of another name', OFFERED.join());
  return unknown.map((name) => ({ name: quote(name), reason: 'no such parameter is offered' }));
}

function checkFormat(text: string): void {
  // A plus sign that was not escaped arrives as a space.
  if (!FORMATS.includes(text.replace(' ', '+').toLowerCase())) {
    throw invalid('_outputFormat', quote(text), FORMATS.join(' or '));
  }
}

function parseTypes(values: readonly string[]): readonly string[] {
  const types = values.flatMap((text) => text.split(',')).map((type) => type.trim());
  for (const type of types) {
    if (!isResourceType(type)) throw invalid('_type', quote(type), 'resource types of FHIR R4');
  }
  return [...new Set(types)];
}

/** UTC, to the precision that was given. */
function parseSince([text, ...more]: readonly string[]): string | undefined {
  if (text === undefined) return undefined;
  const instant = text.replace(' ', '+');
  const range = INSTANT.test(instant) ? dateRange(instant) : undefined;
  if (range !== undefined && more.length === 0) return instant;
  const found = more.length > 0 ? 'several values' : quote(text);
  throw invalid('_since', found, 'one instant, such as 2024-05-01T00:00:00Z');
}

function parsePatients(values: readonly string[], scope: ExportScope): readonly string[] | undefined {
  if (values.length === 0) return undefined;
  if (scope.level === 'system') throw invalid('patient', 'an export of the system', 'one of patients');
  return values
    .flatMap((text) => text.split(','))
    .map((text) => {
      const form = parseReference(text);
      if (form.form === 'literal' && form.type === 'Patient' && isResourceId(form.id)) return form.id;
      throw invalid('patient', quote(text), 'Patient/id');
    });
}

function invalid(name: string, found: string, expected: string): Error {
  return rejection('parameter-invalid', `Parameter ${quote(name)}: found ${found}, expected ${expected}`, {
    found,
    expected,
  });
}
