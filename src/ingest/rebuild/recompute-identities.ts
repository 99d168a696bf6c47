import type { Patient } from '@medplum/fhirtypes';
import { identityOf, joinPatients, type PatientIdentity } from '../../mapping/identity.ts';
import type { Queryable } from '../../store/database.ts';
import { findByIdentifiers } from '../../store/identifier-index.ts';
import {
  lockIdentities,
  type PatientRow,
  readPatients,
  readRelatedPatients,
  removePatients,
  savePatients,
} from '../../store/person/person-store.ts';
import { removeRecords } from '../../store/person/record-store.ts';

/**
 * Joins and parts persons after Patients were stored. Answers the ids of all patients whose person, or whose
 * conflict with another, has changed.
 */
export async function recomputeIdentities(
  tx: Queryable,
  patients: readonly (Patient & { readonly id: string })[],
  /** Ids of Patients that were deleted. */
  left: readonly string[] = [],
): Promise<readonly string[]> {
  const asked = [...patients.map(({ id }) => id), ...left];
  const known = new Map((await readPatientsIfAny(tx, asked)).map((row) => [row.patientId, row]));
  const changed = patients
    .map(identityOf)
    .filter((identity) => JSON.stringify(known.get(identity.id)?.identity) !== JSON.stringify(identity));
  if (changed.length === 0 && left.length === 0) return [];
  await lockIdentities(tx);
  await savePatients(
    tx,
    changed.map((identity) => provisionalRow(identity, known.get(identity.id))),
  );
  // Who shared an identifier that is no longer there may be in conflict no more.
  const seeds = [...changed.map(({ id }) => id), ...left];
  const before = seeds.map((id) => known.get(id)?.identity as PatientIdentity | undefined);
  const shared = await carriersOf(
    tx,
    before.filter((identity) => identity !== undefined),
  );
  const all = await readRelatedPatients(tx, [...seeds, ...shared]);
  await removePatients(tx, left);
  const gone = all.filter(({ patientId }) => left.includes(patientId));
  const related = all.filter(({ patientId }) => !left.includes(patientId));
  const { persons, conflicting } = joinPatients(related.map(({ identity }) => identity as PatientIdentity));
  const personOf = new Map(persons.flatMap((ids) => ids.map((id) => [id, ids[0] ?? id])));
  const rows = related.map((row) => ({
    ...row,
    personId: personOf.get(row.patientId) ?? row.patientId,
    inConflict: conflicting.includes(row.patientId),
  }));
  const moved = rows.filter((row, index) => differs(row, related[index]));
  await savePatients(tx, moved);
  const touched = new Set(
    [...gone, ...moved, ...related.filter((row) => isAmong(row, moved))].map(({ personId }) => personId),
  );
  const living = new Set(persons.map(([id]) => id));
  await removeRecords(
    tx,
    [...touched].filter((id) => !living.has(id)),
  );
  return related
    .filter((row, index) => touched.has(row.personId) || touched.has(rows[index]?.personId ?? ''))
    .map(({ patientId }) => patientId);
}

/** Ids of the Patients that carry an identifier of one of these identities now. */
async function carriersOf(tx: Queryable, identities: readonly PatientIdentity[]): Promise<readonly string[]> {
  const keys = identities.flatMap(({ identifiers }) =>
    identifiers.map((identifier) => {
      const cut = identifier.indexOf('|');
      return { type: 'Patient', system: identifier.slice(0, cut), value: identifier.slice(cut + 1) };
    }),
  );
  return [...(await findByIdentifiers(tx, keys)).values()].flat();
}

function readPatientsIfAny(tx: Queryable, ids: readonly string[]): Promise<readonly PatientRow[]> {
  return ids.length === 0 ? Promise.resolve([]) : readPatients(tx, ids);
}

/** A new patient is a person alone until the others are looked at. */
function provisionalRow(identity: PatientIdentity, known: PatientRow | undefined): PatientRow {
  return {
    patientId: identity.id,
    personId: known?.personId ?? identity.id,
    inConflict: known?.inConflict ?? false,
    identity,
  };
}

function differs(row: PatientRow, before: PatientRow | undefined): boolean {
  return row.personId !== before?.personId || row.inConflict !== before.inConflict;
}

function isAmong(row: PatientRow, rows: readonly PatientRow[]): boolean {
  return rows.some(({ patientId }) => patientId === row.patientId);
}
