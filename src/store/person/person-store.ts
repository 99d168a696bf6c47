/** Which Patients are one person. */
import type { Queryable } from '../database.ts';

export interface PatientRow {
  readonly patientId: string;
  readonly personId: string;
  readonly inConflict: boolean;
  /** JSON of what decides who the patient is; the store does not look into it. */
  readonly identity: unknown;
}

const IDENTITY_LOCK = 20_260_204;

const COLUMNS = `patient_id as "patientId", person_id as "personId", in_conflict as "inConflict", identity`;

/** Only one transaction at a time may decide who is who; it is the last thing that a transaction locks. */
export async function lockIdentities(tx: Queryable): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1)', [IDENTITY_LOCK]);
}

/** Rows of these patients and of all that are, or might become, one person with them by any number of steps. */
export async function readRelatedPatients(
  tx: Queryable,
  patientIds: readonly string[],
): Promise<readonly PatientRow[]> {
  return tx.query<PatientRow>(
    `with recursive related (id) as (
       select id from unnest($1::text[]) as p (id)
       union
       select other.id
         from related r
        cross join lateral (
          select i2.id from identifier i1
            join identifier i2 on i2.type = 'Patient' and i2.system = i1.system and i2.value = i1.value
           where i1.type = 'Patient' and i1.id = r.id and i1.system <> ''
          union all
          select target_id from reference
           where source_type = 'Patient' and source_id = r.id and target_type = 'Patient'
          union all
          select source_id from reference
           where target_type = 'Patient' and target_id = r.id and source_type = 'Patient'
          union all
          select p2.patient_id from patient_person p1
            join patient_person p2 on p2.person_id = p1.person_id
           where p1.patient_id = r.id) as other (id))
     select ${COLUMNS} from patient_person where patient_id in (select id from related)`,
    [patientIds],
  );
}

export async function readPatients(
  tx: Queryable,
  patientIds: readonly string[],
): Promise<readonly PatientRow[]> {
  return tx.query<PatientRow>(`select ${COLUMNS} from patient_person where patient_id = any ($1::text[])`, [
    patientIds,
  ]);
}

export async function savePatients(tx: Queryable, rows: readonly PatientRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `insert into patient_person (patient_id, person_id, in_conflict, identity)
     select patient_id, person_id, in_conflict, identity::json
       from unnest($1::text[], $2::text[], $3::boolean[], $4::text[])
         as p (patient_id, person_id, in_conflict, identity)
     on conflict (patient_id) do update
        set person_id = excluded.person_id, in_conflict = excluded.in_conflict, identity = excluded.identity`,
    [
      rows.map(({ patientId }) => patientId),
      rows.map(({ personId }) => personId),
      rows.map(({ inConflict }) => inConflict),
      rows.map(({ identity }) => JSON.stringify(identity)),
    ],
  );
}

/** Patients that are no longer stored, with the marks on them. */
export async function removePatients(tx: Queryable, patientIds: readonly string[]): Promise<void> {
  if (patientIds.length === 0) return;
  await tx.query(
    `with marks as (delete from stale_patient where patient_id = any ($1::text[]))
     delete from patient_person where patient_id = any ($1::text[])`,
    [patientIds],
  );
}

/** Ids of all Patients that are one person with this one, the person's own first; none where it is not stored. */
export async function readPersonIds(db: Queryable, patientId: string): Promise<readonly string[]> {
  const rows = await db.query<{ readonly id: string }>(
    `select patient_id as id from patient_person
      where person_id = (select person_id from patient_person where patient_id = $1)
      order by patient_id <> person_id, patient_id`,
    [patientId],
  );
  return rows.map(({ id }) => id);
}

/** Ids of all Patients of these persons. */
export async function readPatientIds(
  db: Queryable,
  personIds: readonly string[],
): Promise<readonly string[]> {
  const rows = await db.query<{ readonly id: string }>(
    'select patient_id as id from patient_person where person_id = any ($1::text[]) order by 1',
    [personIds],
  );
  return rows.map(({ id }) => id);
}

/** Ids of persons behind this one, in their order. */
export async function listPersonIds(db: Queryable, after: string, limit: number): Promise<readonly string[]> {
  const rows = await db.query<{ readonly id: string }>(
    'select distinct person_id as id from patient_person where person_id > $1 order by 1 limit $2',
    [after, limit],
  );
  return rows.map(({ id }) => id);
}
