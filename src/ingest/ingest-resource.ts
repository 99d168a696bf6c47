import type { Resource } from '@medplum/fhirtypes';
import { checkTarget, type Interaction } from '../fhir/plan-entry.ts';
import type { IngestContext } from './ingest-deps.ts';
import type { WriteResult } from './save-drafts.ts';
import type { WriteQueue } from './write-queue.ts';

/** One create or update by REST. The resource has passed the structural check. */
export async function ingestResource(
  resource: Resource,
  interaction: Interaction,
  context: IngestContext,
  queue: WriteQueue,
): Promise<WriteResult> {
  const path = resource.resourceType;
  checkTarget(interaction, resource, path);
  return queue.submit({ kind: 'write', path, resourcePath: path, interaction, resource }, context);
}
