import type { Resource } from '@medplum/fhirtypes';
import { rejection } from '../core/cartograph-error.ts';
import { checkStructure } from '../fhir/check-structure.ts';
import { parseReference, referencesOf } from '../fhir/references.ts';
import type { FhirSource } from './fhir-source.ts';
import type { HookRequest } from './hook-request.ts';
import { OPTIONAL_KEYS, PREFETCH_KEYS, type PrefetchKey, queryOf } from './prefetch-templates.ts';
import { type Prefetched, readPrefetchValue } from './read-prefetch.ts';

/** What was to be had of a patient. */
export interface Gathered {
  readonly resources: readonly Resource[];
  /** Optional keys that nobody could answer. */
  readonly unavailable: readonly PrefetchKey[];
  /** Resources that are not as FHIR shapes them, or are about somebody else. */
  readonly unusable: number;
}

/** Carry facts of a patient without naming one, so no prefetch query finds them. */
const FOLLOWED = new Set(['BiologicallyDerivedProduct', 'Location', 'Medication', 'Specimen']);
const MAX_FOLLOWED = 50;
/** Where the resources that are asked for name their patient. */
const SUBJECTS = ['subject', 'patient'];

/**
 * Each key from the prefetch, else by the FHIR server of the call, and what these resources refer to by the server.
 * Throws `hook-data-unavailable` where a key without which there is no answer cannot be had whole.
 */
export async function gatherResources(
  { context, prefetch = {} }: HookRequest,
  source: FhirSource | undefined,
): Promise<Gathered> {
  const { patientId } = context;
  const found = await Promise.all(
    PREFETCH_KEYS.map(async (key) => ({
      key,
      resources: await obtain(key, prefetch[key], patientId, source),
    })),
  );
  const lacking = found.filter(({ resources }) => resources === undefined).map(({ key }) => key);
  const required = lacking.filter((key) => !OPTIONAL_KEYS.has(key));
  if (required.length > 0) throw unavailable(required);
  const all = found.flatMap(({ resources = [] }) => resources);
  const usable = new Map<string, Resource>();
  let unusable = 0;
  for (const resource of all) {
    if (!isUsable(resource, patientId)) unusable += 1;
    else usable.set(`${resource.resourceType}/${resource.id ?? usable.size}`, resource);
  }
  if (!usable.has(`Patient/${patientId}`)) throw unavailable(['patient']);
  if (source !== undefined) await follow(usable, source);
  return { resources: [...usable.values()], unavailable: lacking, unusable };
}

/** Whether the prefetch alone answers every key without which there is no answer. */
export function hasWholePrefetch({ context, prefetch = {} }: HookRequest): boolean {
  return PREFETCH_KEYS.every(
    (key) => OPTIONAL_KEYS.has(key) || readPrefetchValue(key, prefetch[key], context.patientId) !== undefined,
  );
}

async function obtain(
  key: PrefetchKey,
  value: unknown,
  patientId: string,
  source: FhirSource | undefined,
): Promise<Prefetched> {
  const given = readPrefetchValue(key, value, patientId);
  if (given !== undefined || source === undefined) return given;
  const found = await source.find(queryOf(key, patientId));
  if (key !== 'patient' || found === undefined) return found;
  return readPrefetchValue(key, found[0], patientId);
}

function unavailable(keys: readonly PrefetchKey[]): Error {
  return rejection('hook-data-unavailable', `Neither prefetch nor FHIR server gave: ${keys.join(', ')}`, {
    expression: `prefetch.${keys[0]}`,
    expected: 'the answer to the query of the key, whole and without errors',
  });
}

function isUsable(resource: Resource, patientId: string): boolean {
  if (checkStructure(resource).length > 0) return false;
  if (resource.resourceType === 'Patient') return resource.id === patientId;
  const patients = SUBJECTS.flatMap((element) => {
    const value = (resource as unknown as Readonly<Record<string, unknown>>)[element];
    const reference = (value as { readonly reference?: unknown } | undefined)?.reference;
    const form = typeof reference === 'string' ? parseReference(reference) : undefined;
    return form?.form === 'literal' && form.type === 'Patient' ? [form.id] : [];
  });
  return patients.every((id) => id === patientId);
}

/** One step: a product, a drug, a specimen or a place that a resource names and that is not here. */
async function follow(usable: Map<string, Resource>, source: FhirSource): Promise<void> {
  const wanted = new Set(
    [...usable.values()].flatMap(referencesOf).flatMap(({ reference }) => {
      const form = reference === undefined ? undefined : parseReference(reference);
      return form?.form === 'literal' && FOLLOWED.has(form.type) ? [`${form.type}/${form.id}`] : [];
    }),
  );
  const missing = [...wanted].filter((key) => !usable.has(key)).slice(0, MAX_FOLLOWED);
  const found = await Promise.all(missing.map((key) => source.find(key)));
  for (const [resource] of found.filter((one) => one !== undefined)) {
    if (resource === undefined || checkStructure(resource).length > 0) continue;
    usable.set(`${resource.resourceType}/${resource.id}`, resource);
  }
}
