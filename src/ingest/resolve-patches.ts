/** Makes updates of patches: the current version, with the operations applied. */
import type { Resource } from '@medplum/fhirtypes';
import { CartographError, rejection } from '../core/cartograph-error.ts';
import { applyJsonPatch } from '../fhir/apply-json-patch.ts';
import { checkStructure } from '../fhir/check-structure.ts';
import type { PlannedEntry, PlannedPatch, PlannedWrite } from '../fhir/plan-entry.ts';
import { Collision, type Queryable } from '../store/database.ts';
import { lockKeys } from '../store/lock-keys.ts';
import { parseStored } from '../store/parse-stored.ts';
import { readResource } from '../store/resource-store.ts';
import { findMatches } from './find-matches.ts';
import { refuseAmbiguous } from './resolve-targets.ts';

/**
 * Patches of one resource wait for each other before anything is read. The rows are locked later, in the order of all
 * writes; where another write came between, `madeFrom` tells, and the transaction is repeated.
 */
export async function resolvePatches(
  tx: Queryable,
  entries: readonly PlannedEntry[],
): Promise<ReadonlyMap<PlannedEntry, PlannedWrite>> {
  const patches = entries.filter((entry): entry is PlannedPatch => entry.kind === 'patch');
  const writes = new Map<PlannedEntry, PlannedWrite>();
  const targets = await Promise.all(
    patches.map(async (patch) => ({ patch, id: await findTarget(tx, patch) })),
  );
  await lockKeys(
    tx,
    'patches',
    targets.map(({ patch, id }) => ({ key: `patch ${patch.type}/${id}`, exclusive: true })),
  );
  // Who was first may have changed it so that the condition finds it no longer.
  for (const { patch, id } of targets) {
    if ('where' in patch.target && (await findTarget(tx, patch)) !== id)
      throw new Collision('What a condition found was changed');
  }
  for (const { patch, id } of targets) writes.set(patch, await applyTo(tx, patch, id));
  return writes;
}

async function findTarget(tx: Queryable, { type, target, path }: PlannedPatch): Promise<string> {
  if ('id' in target) return target.id;
  const ids = (await findMatches(tx, [target.where], 2))(target.where);
  refuseAmbiguous(path, ids.length);
  const [id] = ids;
  if (id === undefined) throw notFound(type, path);
  return id;
}

async function applyTo(tx: Queryable, patch: PlannedPatch, id: string): Promise<PlannedWrite> {
  const { type, path, operations, ifVersion } = patch;
  const current = await readResource(tx, { type, id });
  if (current === undefined) throw notFound(type, path);
  const resource = applyJsonPatch(parseStored(current.content), operations);
  const [first, ...rest] = checkStructure(resource);
  if (first !== undefined) throw new CartographError([first, ...rest]);
  const { resourceType, id: own } = resource as Resource;
  if (resourceType !== type || own !== id) {
    throw rejection('id-mismatch', `${path}: a patch may not change type or id`, {
      expression: path,
      found: 'another type or id',
      expected: 'the same type and id',
    });
  }
  return {
    kind: 'write',
    path,
    resourcePath: type,
    resource: resource as Resource,
    madeFrom: current.version,
    interaction: { kind: 'update', type, id, ...(ifVersion === undefined ? {} : { ifVersion }) },
    ...(patch.fullUrl === undefined ? {} : { fullUrl: patch.fullUrl }),
  };
}

function notFound(type: string, expression: string): Error {
  return rejection('resource-not-found', `${expression}: no such ${type} is stored`, { expression });
}
