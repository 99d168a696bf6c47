import { rejection } from '../core/cartograph-error.ts';
import { quote } from '../core/finding.ts';
import { isResourceType } from '../fhir/element-types.ts';
import type { Criterion } from '../fhir/search/criterion.ts';
import { parseSearch, type SearchOptions } from '../fhir/search/parse-search.ts';

/** A search that narrows an export of one type. */
export interface TypeFilter {
  readonly type: string;
  readonly criteria: readonly Criterion[];
}

/** The guide joins searches by commas, and searches hold commas themselves: a new one begins with `Type?`. */
export function splitTypeFilters(values: readonly string[]): readonly string[] {
  return values.flatMap((text) => text.split(/,(?=\s*[A-Z][A-Za-z]*\?)/)).map((text) => text.trim());
}

/** Throws `parameter-invalid`, for what only shapes the answer to a search too. */
export function parseTypeFilter(text: string, options: Omit<SearchOptions, 'isStrict'>): TypeFilter {
  const [, type = '', query = ''] = /^([A-Za-z]+)\?(.+)$/s.exec(text) ?? [];
  if (!isResourceType(type)) throw invalid(quote(text));
  const search = parseSearch(type, new URLSearchParams(query), { ...options, isStrict: true });
  const { criteria, used } = search;
  // Each parameter that counts is a criterion; what is used and is none sorts, includes or pages.
  if (criteria.length === 0 || used.length > criteria.length) throw invalid('another parameter');
  return { type, criteria };
}

function invalid(found: string): Error {
  const expected = 'Type?search, without parameters that sort, include or shape';
  return rejection('parameter-invalid', `Parameter "_typeFilter": found ${found}, expected ${expected}`, {
    found,
    expected,
  });
}
