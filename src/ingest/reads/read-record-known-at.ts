/** The record of a person as the service could have built it at an instant. Nothing of it is stored. */
import type { Patient, Resource } from '@medplum/fhirtypes';
import type { CohortRecord } from '../../cohort/cohort-record.generated.ts';
import { parseReference, referencesOf } from '../../fhir/references.ts';
import { identityFindings, identityOf, joinPatients } from '../../mapping/identity.ts';
import {
  type PastVersion,
  readVersionsAt,
  readVersionsOfPatients,
} from '../../store/person/person-versions.ts';
import { readPerson } from '../../store/person/record-store.ts';
import { FOLLOWED_TYPES, MAX_STEPS } from '../../store/person/stale-patients.ts';
import { keyOf, type ResourceKey } from '../../store/resource-store.ts';
import type { RecordDeps } from './read-record.ts';

interface Known extends PastVersion {
  readonly resource: Resource;
}

/**
 * From the versions that were current at `instant`, mapped with the mappings of today. Of the Patients that are the
 * person today, those that were one person then. Undefined where the Patient was not stored yet.
 */
export async function readRecordKnownAt(
  patientId: string,
  instant: Date,
  deps: RecordDeps,
): Promise<CohortRecord | undefined> {
  const person = await readPerson(deps.database, patientId, deps.builtWith);
  if (person === undefined) return undefined;
  const all = parsed(await readVersionsOfPatients(deps.database, person.patientIds, instant));
  const { patientIds, conflicting } = personThen(patientId, all);
  if (patientIds.length === 0) return undefined;
  const own = all.filter((known) => belongsTo(known, patientIds));
  const resources = await withFollowed(own, instant, deps);
  const mapped = deps.mapPerson(
    resources.map(({ resource, site, lastUpdated }) => ({
      resource,
      site,
      receivedOn: deps.dateOf(lastUpdated),
    })),
  );
  return { ...mapped, findings: [...identityFindings(conflicting, patientIds), ...mapped.findings] };
}

function parsed(versions: readonly PastVersion[]): readonly Known[] {
  return versions.map((version) => ({ ...version, resource: JSON.parse(version.content) as Resource }));
}

function personThen(patientId: string, all: readonly Known[]) {
  const patients = all.filter(({ type }) => type === 'Patient').map(({ resource }) => resource as Patient);
  const { persons, conflicting } = joinPatients(patients.map(identityOf));
  return { patientIds: persons.find((ids) => ids.includes(patientId)) ?? [], conflicting };
}

/** One that then named another Patient was not about the person; one that names none by id is decided by its links. */
function belongsTo({ type, id, resource }: Known, patientIds: readonly string[]): boolean {
  if (type === 'Patient') return patientIds.includes(id);
  const named = referencesOf(resource)
    .filter(({ isSubject }) => isSubject)
    .flatMap(({ reference }) => literalOf(reference))
    .filter((target) => target.type === 'Patient');
  return named.length === 0 || named.some((target) => patientIds.includes(target.id));
}

/** Adds what the versions of then referred to, where today's versions no longer do. */
async function withFollowed(
  own: readonly Known[],
  instant: Date,
  deps: RecordDeps,
): Promise<readonly Known[]> {
  const found = new Map(own.map((known) => [keyOf(known), known]));
  let latest = own;
  for (let step = 0; step < MAX_STEPS && latest.length > 0; step += 1) {
    const wanted = new Map(
      latest
        .flatMap(({ resource }) => referencesOf(resource))
        .flatMap(({ reference }) => literalOf(reference))
        .filter((key) => FOLLOWED_TYPES.includes(key.type) && !found.has(keyOf(key)))
        .map((key) => [keyOf(key), key]),
    );
    latest = parsed(await readVersionsAt(deps.database, [...wanted.values()], instant));
    for (const known of latest) found.set(keyOf(known), known);
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, known]) => known);
}

function literalOf(reference: string | undefined): readonly ResourceKey[] {
  const form = reference === undefined ? undefined : parseReference(reference);
  return form?.form === 'literal' ? [{ type: form.type, id: form.id }] : [];
}
