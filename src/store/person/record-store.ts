/** The canonical record of each person, as it was last built. */
import type { CohortRecord } from '../../cohort/cohort-record.generated.ts';
import type { Queryable } from '../database.ts';

export interface PersonState {
  readonly personId: string;
  /** Patient ids of the person, sorted. */
  readonly patientIds: readonly string[];
  /** Those of them whose identifier joined nobody for a difference in birth dates, sorted. */
  readonly conflictingIds: readonly string[];
  /** The stored record; undefined where it was never built, is stale or was built with something else. */
  readonly record: CohortRecord | undefined;
}

/** Person of a Patient id, with the record if it is current; undefined where no such Patient is stored. */
export async function readPerson(
  db: Queryable,
  patientId: string,
  builtWith: string,
): Promise<PersonState | undefined> {
  const rows = await db.query<{
    personId: string;
    patientIds: string[];
    conflictingIds: string[] | null;
    record: CohortRecord | null;
  }>(
    `select p.person_id as "personId",
            array_agg(p.patient_id order by p.patient_id) as "patientIds",
            array_agg(p.patient_id order by p.patient_id) filter (where p.in_conflict) as "conflictingIds",
            (select r.record from cohort_record r
              where r.person_id = p.person_id and r.built_with = $2
                and not exists (
                  select from stale_patient s join patient_person m on m.patient_id = s.patient_id
                   where m.person_id = p.person_id)) as record
       from patient_person p
      where p.person_id = (select person_id from patient_person where patient_id = $1)
      group by p.person_id`,
    [patientId, builtWith],
  );
  const row = rows[0];
  if (row === undefined) return undefined;
  const { personId, patientIds, conflictingIds, record } = row;
  return { personId, patientIds, conflictingIds: conflictingIds ?? [], record: record ?? undefined };
}

/** Marks of these patients that the transaction sees. */
export async function readMarks(tx: Queryable, patientIds: readonly string[]): Promise<readonly string[]> {
  const rows = await tx.query<{ seq: string }>(
    'select seq from stale_patient where patient_id = any ($1::text[])',
    [patientIds],
  );
  return rows.map(({ seq }) => seq);
}

/** Saves the record and removes exactly the marks that it has answered. */
export async function saveRecord(
  tx: Queryable,
  personId: string,
  record: CohortRecord,
  builtWith: string,
  marks: readonly string[],
): Promise<void> {
  await tx.query(
    `insert into cohort_record (person_id, built_with, courses, record) values ($1, $2, $3, $4::json)
     on conflict (person_id) do update
        set built_with = excluded.built_with, courses = excluded.courses, record = excluded.record,
            built_at = clock_timestamp()`,
    [personId, builtWith, record.courses.length, JSON.stringify(record)],
  );
  await tx.query('delete from stale_patient where seq = any ($1::bigint[])', [marks]);
}

/** Forgets the records of persons that are no longer: their patients are part of another. */
export async function removeRecords(tx: Queryable, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return;
  await tx.query('delete from cohort_record where person_id = any ($1::text[])', [personIds]);
}

export interface PersonWithCourses {
  readonly id: string;
  readonly courses: number;
}

/** Everyone with a CAR-T course, by id. */
export function listPersonsWithCourses(db: Queryable): Promise<readonly PersonWithCourses[]> {
  return db.query<PersonWithCourses>(
    `select r.person_id as id, r.courses from cohort_record r
      where r.courses > 0 and exists (select from patient_person p where p.person_id = r.person_id)
      order by r.person_id`,
  );
}
