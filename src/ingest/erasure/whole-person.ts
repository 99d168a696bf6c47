/** Everything that says who a person is, for who wants to find all that there is of it. */
import type { Patient } from '@medplum/fhirtypes';
import { type BusinessIdentifier, identifiersOf } from '../../fhir/references.ts';
import { identityOf, joinPatients, type PatientIdentity } from '../../mapping/identity.ts';
import type { Queryable } from '../../store/database.ts';
import { findByIdentifiers, identifierName } from '../../store/identifier-index.ts';
import { readPatientIds, readPatients, readPersonIds } from '../../store/person/person-store.ts';
import { readDeletedPatients, readPatientVersions } from '../../store/person/person-traces.ts';

export interface WholePerson {
  /** Of the Patients that are one person, and of those that were deleted and would be. */
  readonly patientIds: readonly string[];
  /** Every version of these that is kept, the current ones among them. */
  readonly patients: readonly Patient[];
  /** Those of any version that no Patient of another person carries. */
  readonly identifiers: readonly BusinessIdentifier[];
}

export async function readWholePerson(tx: Queryable, patientId: string): Promise<WholePerson> {
  const living = await livingIds(tx, patientId);
  const identities = (await readPatients(tx, living)).map(({ identity }) => identity as PatientIdentity);
  const gone = await deletedWith(tx, identities, patientId);
  const patientIds = [...new Set([...living, ...gone, patientId])];
  const patients = (await readPatientVersions(tx, patientIds)).map(parsePatient);
  return { patientIds, patients, identifiers: await ownIdentifiers(tx, patients, patientIds) };
}

/** Of a Patient that was deleted, those of the one person that it would belong to. */
async function livingIds(tx: Queryable, patientId: string): Promise<readonly string[]> {
  const ids = await readPersonIds(tx, patientId);
  if (ids.length > 0) return ids;
  const [deleted] = (await readDeletedPatients(tx, [], patientId)).map(parsePatient);
  if (deleted === undefined) return [];
  const rows = await readPatients(tx, [...(await carriersOf(tx, identifiersOf(deleted))).values()].flat());
  const persons = Map.groupBy(rows, ({ personId }) => personId);
  const joined = [...persons].flatMap(([personId, ofPerson]) =>
    isOfThem(
      deleted,
      ofPerson.map(({ identity }) => identity as PatientIdentity),
    )
      ? [personId]
      : [],
  );
  // Where it might be one of several, nobody knows which.
  return joined.length === 1 ? readPatientIds(tx, joined) : [];
}

async function deletedWith(
  tx: Queryable,
  identities: readonly PatientIdentity[],
  patientId: string,
): Promise<readonly string[]> {
  const values = identities.flatMap(({ identifiers }) =>
    identifiers.map((one) => JSON.stringify(one.slice(one.indexOf('|') + 1))),
  );
  const deleted = (await readDeletedPatients(tx, values, patientId)).map(parsePatient);
  return deleted.flatMap((patient) =>
    patient.id !== undefined && isOfThem(patient, identities) ? [patient.id] : [],
  );
}

/** It would be joined with these, who are one person. */
function isOfThem(patient: Patient, identities: readonly PatientIdentity[]): boolean {
  const { id } = patient;
  const { persons } = joinPatients([...identities, identityOf(patient)]);
  return persons.some((ids) => id !== undefined && ids.includes(id) && ids.length > 1);
}

async function ownIdentifiers(
  tx: Queryable,
  patients: readonly Patient[],
  patientIds: readonly string[],
): Promise<readonly BusinessIdentifier[]> {
  const all = new Map(
    patients.flatMap(identifiersOf).map((one) => [identifierName({ type: 'Patient', ...one }), one]),
  );
  const carriers = await carriersOf(tx, [...all.values()]);
  return [...all].flatMap(([name, one]) =>
    (carriers.get(name) ?? []).every((id) => patientIds.includes(id)) ? [one] : [],
  );
}

function carriersOf(
  tx: Queryable,
  identifiers: readonly BusinessIdentifier[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  return findByIdentifiers(
    tx,
    identifiers.map((one) => ({ type: 'Patient', ...one })),
  );
}

function parsePatient({ content }: { readonly content: string }): Patient {
  return JSON.parse(content);
}
