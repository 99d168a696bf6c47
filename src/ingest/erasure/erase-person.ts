/**
 * Removes a person for good: what is about it, in all versions, its record, and its lines in files of bulk jobs. What
 * else names it stays without the name. Of the resources remain numbers of versions without content.
 */
import { rejection } from '../../core/cartograph-error.ts';
import { stringifyWritten } from '../../fhir/written-decimals.ts';
import { removeIndex } from '../../store/archive-versions.ts';
import { cancelImports, countImports, lockKickOffs } from '../../store/bulk/bulk-jobs.ts';
import { eraseFromJobs } from '../../store/bulk/erase-from-jobs.ts';
import type { Database, Queryable } from '../../store/database.ts';
import { leaveTombstones } from '../../store/leave-tombstones.ts';
import { lockWriters } from '../../store/lock-writers.ts';
import { parseStored } from '../../store/parse-stored.ts';
import { lockPersons } from '../../store/person/person-lock.ts';
import { removePatients } from '../../store/person/person-store.ts';
import { readAmbiguousKeys, readMentioning } from '../../store/person/person-traces.ts';
import { removeRecords } from '../../store/person/record-store.ts';
import { markStale } from '../../store/person/stale-patients.ts';
import { keyOf, type ResourceKey } from '../../store/resource-store.ts';
import { recomputeIdentities } from '../rebuild/recompute-identities.ts';
import { ErasedPerson } from './erased-person.ts';
import { readOwnKeys } from './own-keys.ts';
import { redactPastVersions } from './redact-past-versions.ts';
import { redactReferrers } from './redact-referrers.ts';
import { readWholePerson, type WholePerson } from './whole-person.ts';

export interface Erasure {
  readonly patientId: string;
  readonly now: Date;
  /** Imports that wait or run are ended, not waited for. */
  readonly cancelsImports: boolean;
}

export interface Erased {
  readonly patients: number;
  /** Resources, those among them that were deleted before. */
  readonly resources: number;
  /** `Type/id` of what names the person and is not about it: its references have lost what they said beside the id. */
  readonly redacted: readonly string[];
  /**
   * `Type/id` of what names its patient by an identifier that another person carries too. It stays, and from now on
   * counts for the other: somebody has to look at it.
   */
  readonly ambiguous: readonly string[];
  /** `Type/id` of what still holds an identifier of the person somewhere in its text: somebody has to look at it. */
  readonly mentioning: readonly string[];
}

/** Undefined where nothing is stored of such a Patient. Throws `import-at-work`. */
export async function erasePerson(database: Database, erasure: Erasure): Promise<Erased | undefined> {
  // By itself, before anything is locked that a chunk of an import may wait for.
  if (erasure.cancelsImports) await cancelImports(database);
  const erased = await database.transaction(async (tx) => {
    await lockKickOffs(tx);
    await refuseImports(tx);
    await lockWriters(tx);
    // However much there is to be looked through; what waits before this has its limit.
    await tx.query('set local statement_timeout = 0');
    return eraseAlone(tx, erasure);
  });
  if (erased === undefined) return undefined;
  const { identifiers, ...answer } = erased;
  // Once nobody waits for us any more.
  const mentioning = await database.transaction(async (tx) => {
    await tx.query('set local statement_timeout = 0');
    return readMentioning(
      tx,
      identifiers.map(({ value }) => wordFor(value)),
    );
  });
  return { ...answer, mentioning: mentioning.map(keyOf) };
}

/** What is shorter is a part of many a text by chance: it counts only where it is all of one. */
const SHORTEST_PART = 5;

function wordFor(value: string): string {
  const quoted = JSON.stringify(value);
  return value.length < SHORTEST_PART ? quoted : quoted.slice(1, -1);
}

/** What an import has yet to read may hold the person: it would be stored again behind our back. */
async function refuseImports(tx: Queryable): Promise<void> {
  const count = await countImports(tx);
  if (count === 0) return;
  throw rejection('import-at-work', `${count} imports wait or run, and their files may hold the person`, {
    found: `${count} imports`,
    expected: 'none, or --cancel-imports',
  });
}

async function eraseAlone(
  tx: Queryable,
  { patientId, now }: Erasure,
): Promise<(Omit<Erased, 'mentioning'> & Pick<WholePerson, 'identifiers'>) | undefined> {
  const whole = await readWholePerson(tx, patientId);
  const { patientIds } = whole;
  const { keys, shared } = await readOwnKeys(tx, whole);
  const person = new ErasedPerson(whole, keys, shared);
  const ambiguous = await readAmbiguousKeys(tx, patientIds);
  // Nobody may build a record from what is going.
  await lockPersons(tx, patientIds);
  const redacted = await redactReferrers(tx, person, { ...whole, keys }, now);
  await removeIndex(tx, keys);
  await leaveTombstones(tx, keys, now);
  await markStale(tx, await recomputeIdentities(tx, [], patientIds));
  await removePatients(tx, patientIds);
  await removeRecords(tx, patientIds);
  const past = await redactPastVersions(tx, person, redacted);
  const gone = distinct([...keys, ...past.removed]);
  if (gone.length + redacted.length + past.redacted.length === 0) return undefined;
  await eraseFromJobs(tx, {
    patientIds,
    keys: distinct([...gone, ...redacted, ...past.redacted]),
    isToldBy: (text) => person.isToldBy(text),
    rewrite: (line) => rewriteLine(line, person),
  });
  return {
    patients: patientIds.length,
    resources: gone.length,
    redacted: distinct([...redacted, ...past.redacted]).map(keyOf),
    ambiguous: ambiguous.filter((key) => !person.goes(key)).map(keyOf),
    identifiers: whole.identifiers,
  };
}

function distinct(keys: readonly ResourceKey[]): readonly ResourceKey[] {
  return [...new Map(keys.map(({ type, id }) => [keyOf({ type, id }), { type, id }])).values()];
}

/** What stays of a line of a file; undefined where nothing does. */
function rewriteLine(line: string, person: ErasedPerson): string | undefined {
  const resource = parseStored(line);
  const { resourceType: type, id = '' } = resource;
  if (person.goes({ type, id }) || person.isAboutIt(resource)) return undefined;
  const redacted = person.redacted(resource);
  return redacted === undefined ? line : stringifyWritten(redacted);
}
