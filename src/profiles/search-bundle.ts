import { isResourceType } from '../fhir/element-types.ts';
import { isObject, type JsonObject } from './definition.ts';
import type { Run } from './run.ts';

/** Entries of a searchset: results have ids and the types that the search of the self link asks for. */
export function checkSearchEntries(
  entries: readonly JsonObject[],
  links: readonly JsonObject[],
  run: Run,
): void {
  const self = links.find(({ relation }) => relation === 'self')?.['url'];
  const types = typeof self === 'string' ? searchedTypes(self) : undefined;
  for (const [i, { resource, search }] of entries.entries()) {
    if (!isObject(resource)) continue;
    run.push('entry', i, 'Bundle.entry');
    run.push('resource', -1, 'Resource');
    checkEntry(resource, isObject(search) ? search['mode'] : undefined, types, run);
    run.pop();
    run.pop();
  }
}

function checkEntry(
  resource: JsonObject,
  mode: unknown,
  types: readonly string[] | undefined,
  run: Run,
): void {
  const type = String(resource['resourceType']);
  if (mode === 'outcome') {
    if (type !== 'OperationOutcome') {
      run.error('bundle-invalid', 'an outcome that is no OperationOutcome', { found: type });
    }
    return;
  }
  if (mode === undefined && type === 'OperationOutcome') return;
  if (resource['id'] === undefined) run.error('bundle-invalid', 'a search result without an id');
  if (mode === 'include' || types === undefined || types.includes(type)) return;
  run.error('bundle-invalid', 'a search result of a type that was not searched', {
    found: type,
    expected: types.join(', '),
  });
}

/** `…/Type?…`, or `…?_type=A,B`; undefined where the URL does not say. */
function searchedTypes(url: string): readonly string[] | undefined {
  const [path = '', query = ''] = url.split('?');
  const last = path.slice(path.lastIndexOf('/') + 1);
  if (isResourceType(last)) return [last];
  const listed = new URLSearchParams(query).get('_type');
  return listed === null || listed === '' ? undefined : listed.split(',');
}
