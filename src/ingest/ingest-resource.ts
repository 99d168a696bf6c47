import type { Resource } from '@medplum/fhirtypes';
import { checkTarget, type Interaction } from '../fhir/plan-entry.ts';
import type { IngestContext, IngestDeps } from './ingest-deps.ts';
import { storeWrites, type WriteResult } from './store-writes.ts';

/** One create or update by REST. The resource has passed the structural check. */
export async function ingestResource(
  resource: Resource,
  interaction: Interaction,
  context: IngestContext,
  deps: IngestDeps,
): Promise<WriteResult> {
  const path = resource.resourceType;
  checkTarget(interaction, resource, path);
  const write = { kind: 'write', path, resourcePath: path, interaction, resource } as const;
  const [result] = await deps.database.transaction((tx) => storeWrites(tx, [write], context, deps));
  if (result === undefined) throw new Error('A write had no result');
  return result;
}
