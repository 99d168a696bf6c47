import { type CartographError, rejection } from '../core/cartograph-error.ts';
import type { Queryable } from '../store/database.ts';
import { lastVersions } from '../store/history-store.ts';
import type { ResourceKey } from '../store/resource-store.ts';

/** Why there is none to read: `resource-deleted`, or `resource-not-found` where there never was one. */
export async function missingResource(
  db: Queryable,
  { type, id }: ResourceKey,
  expression?: string,
): Promise<CartographError> {
  const wasThere = (await lastVersions(db, [{ type, id }])).size > 0;
  const place = expression === undefined ? '' : `${expression}: `;
  const where = expression === undefined ? {} : { expression };
  return wasThere
    ? rejection('resource-deleted', `${place}The ${type} of that id was deleted`, where)
    : rejection('resource-not-found', `${place}No ${type} of that id is stored`, where);
}
