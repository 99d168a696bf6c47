/** A search of several types at once, `?_type=Patient,Observation&…`. */
import { rejection } from '../../core/cartograph-error.ts';
import { isResourceType } from '../element-types.ts';
import type { SearchContext } from './parse-criterion.ts';
import { parseSearch } from './parse-search.ts';
import type { SearchRequest } from './search-request.ts';

/**
 * The search of each type, which differ in their criteria alone. A parameter that one of the types does not have is
 * always refused: to leave it out would find everything of that type. Throws `parameter-invalid`.
 */
export function parseSystemSearch(
  query: Iterable<readonly [string, string]>,
  context: SearchContext,
): readonly [SearchRequest, ...SearchRequest[]] {
  const given = [...query];
  const named = given.filter(([name]) => name === '_type');
  const others = given.filter(([name]) => name !== '_type');
  const types = new Set(named.flatMap(([, value]) => value.split(',')).filter((type) => type !== ''));
  if (types.size === 0 || ![...types].every(isResourceType)) {
    throw rejection('parameter-invalid', '_type: expected the resource types that are searched', {
      found: types.size === 0 ? 'none' : 'another name',
      expected: 'resource types of FHIR R4, parted by commas',
    });
  }
  const [first, ...rest] = [...types].map((type): SearchRequest => {
    const request = parseSearch(type, others, { ...context, isStrict: true });
    return { ...request, used: [['_type', [...types].join()], ...request.used] };
  });
  if (first === undefined) throw new Error('A search of several types has none');
  if (rest.some(({ sort }) => JSON.stringify(sort) !== JSON.stringify(first.sort))) {
    throw rejection('parameter-invalid', '_sort: expected what is of one kind in all the types', {
      found: 'a parameter that is a date in one type and a text in another',
      expected: '_lastUpdated, or a parameter that the types share',
    });
  }
  return [first, ...rest];
}
