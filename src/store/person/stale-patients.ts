/** Which patients' records may be older than their resources. */
import type { Queryable } from '../database.ts';
import type { ResourceKey } from '../resource-store.ts';

/** Types that carry facts of a patient without naming one: their patients are those of what refers to them. */
export const FOLLOWED_TYPES: readonly string[] = [
  'BiologicallyDerivedProduct',
  'Device',
  'Location',
  'Medication',
  'Specimen',
  'Substance',
];

/** Steps of reference by which a followed resource may lie behind one that names its patient. */
export const MAX_STEPS = 3;

export async function markStale(tx: Queryable, patientIds: Iterable<string>): Promise<void> {
  const ids = [...new Set(patientIds)];
  if (ids.length === 0) return;
  await tx.query('insert into stale_patient (patient_id) select * from unnest($1::text[])', [ids]);
}

/** Ids of the patients that these resources are about, or for followed types, that what refers to them is about. */
export async function patientsOf(tx: Queryable, keys: readonly ResourceKey[]): Promise<readonly string[]> {
  if (keys.length === 0) return [];
  const rows = await tx.query<{ id: string }>(
    `with recursive
       changed (type, id) as (select * from unnest($1::text[], $2::text[])),
       behind (type, id, step) as (
         select type, id, 0 from changed
         union
         select e.source_type, e.source_id, b.step + 1
           from behind b
           join edge e on e.target_type = b.type and e.target_id = b.id
          where b.type = any ($3::text[]) and b.step < $4)
     select distinct e.target_id as id
       from behind b
       join edge e on e.source_type = b.type and e.source_id = b.id
      where e.target_type = 'Patient' and e.is_subject`,
    [keys.map(({ type }) => type), keys.map(({ id }) => id), FOLLOWED_TYPES, MAX_STEPS],
  );
  return rows.map(({ id }) => id);
}

/** Every patient of records that were built with other mappings than these. */
export async function markBuiltOtherwise(tx: Queryable, builtWith: string): Promise<void> {
  await tx.query(
    `insert into stale_patient (patient_id)
     select p.patient_id from patient_person p
       left join cohort_record r on r.person_id = p.person_id
      where r.built_with is distinct from $1
        and not exists (select from stale_patient s where s.patient_id = p.patient_id)`,
    [builtWith],
  );
}

/** Marks that are looked at first: a bulk import leaves a million, and the longest waiting come first. */
const NEAREST_MARKS = 5_000;

/** Persons, but for those excluded, whose patients were marked at least `quietMs` ago, the longest waiting first. */
export async function stalePersons(
  db: Queryable,
  quietMs: number,
  limit: number,
  excluded: readonly string[] = [],
): Promise<readonly string[]> {
  const { persons, isWhole } = await firstStalePersons(db, [quietMs, limit, excluded, NEAREST_MARKS]);
  if (persons.length >= limit || isWhole) return persons;
  return (await firstStalePersons(db, [quietMs, limit, excluded, null])).persons;
}

/** Among the first marks, or with null for their number among all; `isWhole` where those were all. */
async function firstStalePersons(
  db: Queryable,
  parameters: readonly [quietMs: number, limit: number, excluded: readonly string[], marks: number | null],
): Promise<{ readonly persons: readonly string[]; readonly isWhole: boolean }> {
  const rows = await db.query<{ readonly persons: readonly string[]; readonly marks: string }>(
    `with nearest as materialized (
       select p.person_id, s.seq, s.since
         from stale_patient s join patient_person p on p.patient_id = s.patient_id
        where p.person_id <> all ($3::text[])
        order by s.seq limit $4::bigint)
     select array(select person_id from nearest group by person_id
                  having min(since) <= clock_timestamp() - make_interval(secs => $1::float8 / 1000)
                   order by min(seq) limit $2) as persons,
            (select count(*) from nearest) as marks`,
    parameters,
  );
  const [{ persons, marks } = { persons: [], marks: '0' }] = rows;
  return { persons, isWhole: Number(marks) < (parameters[3] ?? Number.POSITIVE_INFINITY) };
}
