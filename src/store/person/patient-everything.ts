import type { Queryable } from '../database.ts';
import type { ResourceKey } from '../resource-store.ts';
import { personSurroundings } from './person-surroundings.ts';
import { FOLLOWED_TYPES, MAX_STEPS } from './stale-patients.ts';

export interface EverythingRequest {
  /** Every Patient id of the person. */
  readonly patientIds: readonly string[];
  /** Resource types; empty for all. */
  readonly types: readonly string[];
  /** ISO instant: only what was stored then or later. */
  readonly since: string | undefined;
  /** Clinical time, ISO instants; what has no date of its own is always among it. */
  readonly start: string | undefined;
  readonly end: string | undefined;
  readonly after: ResourceKey | undefined;
  readonly count: number;
}

export interface EverythingRow extends ResourceKey {
  readonly content: string;
}

/** Search parameters that say when care was given or ordered. */
const CARE_DATES = [
  'authored',
  'authoredon',
  'collected',
  'date',
  'effective',
  'effective-time',
  'occurrence',
  'onset-date',
  'started',
  'whenhandedover',
];

/**
 * A page of what belongs to a person, and of what that refers to in one step, such as who performed it. Patients come
 * first, then by type and id.
 */
export function readEverything(db: Queryable, request: EverythingRequest): Promise<readonly EverythingRow[]> {
  const { patientIds, types, since, start, end, after, count } = request;
  return db.query<EverythingRow>(
    `with recursive
       ${personSurroundings()}
     select r.type, r.id, r.content::text as content
       from resource r join beside b on b.type = r.type and b.id = r.id
      where (cardinality($4::text[]) = 0 or r.type = any ($4::text[]))
        and r.last_updated >= coalesce($5::timestamptz, '-infinity')
        and (($6::timestamptz is null and $7::timestamptz is null)
             or not exists (select from search_date d where d.seq = r.seq and d.parameter = any ($11::text[]))
             or exists (select from search_date d
                         where d.seq = r.seq and d.parameter = any ($11::text[])
                           and d.high >= coalesce($6::timestamptz, '-infinity')
                           and d.low <= coalesce($7::timestamptz, 'infinity')))
        and ($8::text is null or (r.type <> 'Patient', r.type, r.id) > ($8::text <> 'Patient', $8::text, $9::text))
      order by r.type <> 'Patient', r.type, r.id
      limit $10`,
    [
      patientIds,
      FOLLOWED_TYPES,
      MAX_STEPS,
      types,
      since ?? null,
      start ?? null,
      end ?? null,
      after?.type ?? null,
      after?.id ?? null,
      count,
      CARE_DATES,
    ],
  );
}
