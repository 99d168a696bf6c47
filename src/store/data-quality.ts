/** Counts over all that is stored, for the report on the quality of data. */
import type { CodeableConcept } from '@medplum/fhirtypes';
import type { Queryable } from './database.ts';

export interface FindingCount {
  /** Absent for findings that no single site is behind, such as an identity that was not joined. */
  readonly site?: string;
  readonly code: string;
  readonly severity: string;
  readonly count: number;
  /** Persons with at least one of them. */
  readonly patients: number;
}

/** Persons with a record, and the findings of all records by site, code and severity, the most frequent first. */
export async function countFindings(
  db: Queryable,
): Promise<{ readonly patients: number; readonly findings: readonly FindingCount[] }> {
  const [{ patients } = { patients: 0 }] = await db.query<{ patients: number }>(
    'select count(*)::int as patients from cohort_record',
  );
  const rows = await db.query<Omit<FindingCount, 'site'> & { readonly site: string | null }>(
    `select site, code, severity, count(*)::int as count, count(distinct person_id)::int as patients
       from cohort_record r,
            json_to_recordset(r.record -> 'findings') as f (site text, code text, severity text)
      group by site, code, severity
      order by count(*) desc, code collate "C", site collate "C" nulls first, severity collate "C"`,
  );
  return {
    patients,
    findings: rows.map(({ site, ...row }) => (site === null ? row : { site, ...row })),
  };
}

/** Resources by site that say whom they are about, where no such Patient is stored, and that name nobody. */
export async function countWithoutPatient(
  db: Queryable,
  types: readonly string[],
): Promise<readonly { readonly site: string; readonly count: number }[]> {
  return db.query(
    `select r.site, count(*)::int as count
       from resource r
      where r.type = any ($1::text[])
        and not exists (
          select from edge e join patient_person p on p.patient_id = e.target_id
           where e.source_type = r.type and e.source_id = r.id and e.target_type = 'Patient' and e.is_subject)
      group by r.site order by r.site collate "C"`,
    [types],
  );
}

export interface ConceptCount {
  readonly site: string;
  readonly type: string;
  readonly concept: CodeableConcept;
  readonly count: number;
}

/**
 * What resources of these types say that they are: each CodeableConcept of `code`, `event` and `medication[x]`, with
 * how many resources of a site say so. Drugs that are contained count for the resource that holds them.
 */
export async function countConcepts(
  db: Queryable,
  types: readonly string[],
): Promise<readonly ConceptCount[]> {
  return db.query(
    `select site, type, concept::json as concept, count(*)::int as count
       from (select r.site, r.type, unnest(array[
                      (r.content -> 'code')::text, (r.content -> 'event')::text,
                      (r.content -> 'medicationCodeableConcept')::text]) as concept
               from resource r where r.type = any ($1::text[])
              union all
             select r.site, r.type, (c -> 'code')::text
               from resource r, json_array_elements(r.content -> 'contained') c
              where r.type = any ($1::text[]) and c ->> 'resourceType' = 'Medication') said
      where concept like '{%'
      group by site, type, concept`,
    [types],
  );
}
