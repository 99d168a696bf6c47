/** Answers of GETs within a bundle that are no plain read: searches and histories. */
import type { Bundle } from '@medplum/fhirtypes';
import { rejection } from '../../core/cartograph-error.ts';
import { isResourceId } from '../../fhir/check-structure.ts';
import { isResourceType } from '../../fhir/element-types.ts';
import type { ExpandValueSet } from '../../fhir/search/parse-criterion.ts';
import type { Queryable } from '../../store/database.ts';
import { historyBundle } from './history-bundle.ts';
import { searchBundle } from './search-bundle.ts';

const HISTORY = /^(?:([A-Za-z]+)(?:\/([^/]+))?\/)?_history$/;
const SEARCH = /^(?:Patient\/([^/]+)\/)?([A-Za-z]+)$/;

/** `base` is the address of the FHIR interface, as its caller knows it. */
export function entryAnswerer(expand: ExpandValueSet, now: () => Date, base: string) {
  return async (db: Queryable, url: string, expression: string): Promise<Bundle> => {
    const [path = ''] = url.split('?', 1);
    const query = new URLSearchParams(url.slice(path.length));
    const history = HISTORY.exec(path);
    if (history !== null) {
      const [, type, id] = history;
      requireNames(type, id, expression);
      const scope = { ...(type === undefined ? {} : { type }), ...(id === undefined ? {} : { id }) };
      return historyBundle(db, { ...scope, path: `/${path}`, query, base });
    }
    const [, patientId, type = ''] = SEARCH.exec(path) ?? [];
    requireNames(type, patientId, expression);
    const compartment = patientId === undefined ? {} : { patientId };
    return searchBundle(db, { type, query, base, isStrict: false, expand, now: now(), ...compartment });
  };
}

/** Throws `url-invalid`. */
function requireNames(type: string | undefined, id: string | undefined, expression: string): void {
  if ((type === undefined || isResourceType(type)) && (id === undefined || isResourceId(id))) return;
  const expected = 'Type/id, Type?parameters, Patient/id/Type?parameters or a _history';
  throw rejection('url-invalid', `${expression}: expected ${expected}`, {
    expression,
    found: 'another form',
    expected,
  });
}
