/** Removes a person for good: resources, versions, record, lines in files of bulk jobs; what stays are versions without content. */
import { removeIndex } from './archive-versions.ts';
import type { Database, Queryable } from './database.ts';
import { eraseFromJobs } from './erase-from-jobs.ts';
import { lockIdentities, readPersonIds, removePatients } from './person-store.ts';
import { removeRecords } from './record-store.ts';
import { lockVersions, type ResourceKey } from './resource-store.ts';

export interface Erased {
  readonly patients: number;
  /** Resources, those among them that were deleted before. */
  readonly resources: number;
}

/** Undefined where no such Patient is stored. */
export function erasePerson(database: Database, patientId: string, now: Date): Promise<Erased | undefined> {
  return database.transaction(async (tx) => {
    const patientIds = await readPersonIds(tx, patientId);
    const [personId] = patientIds;
    if (personId === undefined) return undefined;
    const keys = await ownKeys(tx, patientIds);
    await lockVersions(tx, keys);
    await lockIdentities(tx);
    // Nobody may build the record from what is going; the name is that of withPersonLock.
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`person ${personId}`]);
    await removeIndex(tx, keys);
    await leaveTombstones(tx, keys, now);
    await removePatients(tx, patientIds);
    await removeRecords(tx, [personId]);
    await eraseFromJobs(tx, keys, patientIds);
    return { patients: patientIds.length, resources: keys.length };
  });
}

/** The Patients and all that is, or in an earlier version was, about one of them. */
function ownKeys(tx: Queryable, patientIds: readonly string[]): Promise<readonly ResourceKey[]> {
  return tx.query<ResourceKey>(
    `select 'Patient' as type, id from unnest($1::text[]) as p (id)
     union
     select source_type, source_id from edge
      where target_type = 'Patient' and target_id = any ($1::text[]) and is_subject
     union
     select h.type, h.id from resource_history h
      where coalesce(h.content #>> '{subject,reference}', h.content #>> '{patient,reference}')
            = any (select 'Patient/' || id from unnest($1::text[]) as p (id))`,
    [patientIds],
  );
}

/** Versions keep their numbers, so that a later one does not repeat the number of an erased one. */
async function leaveTombstones(tx: Queryable, keys: readonly ResourceKey[], now: Date): Promise<void> {
  await tx.query(
    `with keys (type, id) as (select * from unnest($1::text[], $2::text[])),
          gone as (
            delete from resource r using keys k where r.type = k.type and r.id = k.id
            returning r.type, r.id, r.version, r.site),
          old as (
            delete from resource_history h using keys k where h.type = k.type and h.id = k.id
            returning h.type, h.id, h.version, h.site),
          last as (
            select type, id, max(version) as version, min(site) as site
              from (select * from gone union all select * from old) as v group by type, id)
     insert into resource_history (type, id, version, site, last_updated, content)
     select type, id, version + 1, site, $3, null from last`,
    [keys.map(({ type }) => type), keys.map(({ id }) => id), now],
  );
}
