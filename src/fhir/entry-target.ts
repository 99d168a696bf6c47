/** What the `request.url` of an entry names: a type, one resource of it, or those that meet criteria. */
import { rejection } from '../core/cartograph-error.ts';
import { quote } from '../core/finding.ts';
import { isResourceId } from './check-structure.ts';
import { type Condition, parseCondition } from './condition.ts';
import { isResourceType } from './element-types.ts';
import type { SearchContext } from './search/parse-criterion.ts';

export interface EntryTarget {
  readonly type: string;
  readonly id?: string;
  /** What stands behind the question mark. */
  readonly query?: string;
}

/** One resource, by id or by a condition that at most one meets. */
export type Addressed = { readonly id: string } | { readonly where: Condition };

/** Throws `url-invalid` or `id-invalid`. */
export function parseEntryTarget(url: string, expression: string): EntryTarget {
  const [, type = '', id, query] = /^([A-Za-z]+)(?:\/([^/?]*))?(?:\?(.*))?$/s.exec(url) ?? [];
  if (!isResourceType(type))
    throw invalidUrl(expression, url, 'a URL that begins with a resource type of FHIR R4');
  if (id !== undefined && !isResourceId(id)) {
    throw rejection('id-invalid', `${expression}: not a resource id`, {
      expression,
      found: quote(id),
      expected: '1 to 64 of A-Z, a-z, 0-9, hyphen and dot',
    });
  }
  return { type, ...(id === undefined ? {} : { id }), ...(query === undefined ? {} : { query }) };
}

/** Throws `url-invalid` where the target is not named by one of an id and criteria. */
export function addressedBy(
  { type, id, query }: EntryTarget,
  expression: string,
  context: SearchContext,
): Addressed {
  if (id !== undefined && query === undefined) return { id };
  if (id === undefined && query !== undefined)
    return { where: parseCondition(type, query, expression, context) };
  throw invalidUrl(expression, 'another form', 'Type/id or Type?criteria');
}

export function invalidUrl(expression: string, found: string, expected: string): Error {
  const shown = quote(found.split('?')[0] ?? '');
  return rejection('url-invalid', `${expression}: expected ${expected}`, {
    expression,
    found: shown,
    expected,
  });
}
