/** What the database says of itself, and how much of our work waits in it. Changes nothing. */
import { isIndexCurrent } from '../ingest/rebuild/reindex.ts';
import { readBacklog, readLongestWait } from '../store/backlog.ts';
import type { Database } from '../store/database.ts';
import { MIGRATIONS } from '../store/migrations.ts';
import { explainUnusable, refuseUnfit } from '../store/unusable-database.ts';
import { type Examined, examine } from './examination.ts';

const CLOCK_WARN_SECONDS = 2;
const CLOCK_FAIL_SECONDS = 60;
/** The worker needs seconds; a mark that has waited so long says that nobody works, or that a record cannot be built. */
const STALE_WARN_SECONDS = 300;
/** A job waits for those before it; one an hour old may wait for an instance that does not run, or for one that hangs. */
const JOB_WARN_SECONDS = 3_600;

/** Ends with the first check without which the next make no sense. */
export async function examineDatabase(
  database: Database,
  poolSize: number,
  now: () => Date,
): Promise<readonly Examined[]> {
  const found = [await examine('database', () => examineVersion(database))];
  if (found[0]?.verdict === 'fail') return found;
  found.push(await examine('database settings', () => examineSettings(database, poolSize)));
  found.push(await examine('clock', () => examineClock(database, now)));
  const tables = await examine('tables', () => examineTables(database));
  found.push(tables);
  if (tables.verdict !== 'ok') return found;
  found.push(await examine('indexes', () => examineIndexes(database)));
  found.push(await examine('records', () => examineRecords(database)));
  found.push(await examine('jobs', () => examineJobs(database)));
  return found;
}

async function examineVersion(database: Database): Promise<readonly [Examined['verdict'], string]> {
  try {
    await refuseUnfit(database);
    const [row] = await database.query<{ version: string }>(
      `select current_setting('server_version') as version`,
    );
    return ['ok', `PostgreSQL ${row?.version}`];
  } catch (error) {
    throw explainUnusable(error);
  }
}

/** Settings without which an acknowledged write may be lost with the power. */
const SAFE = ['fsync', 'full_page_writes', 'synchronous_commit'] as const;

async function examineSettings(
  database: Database,
  poolSize: number,
): Promise<readonly [Examined['verdict'], string]> {
  const [row] = await database.query<Readonly<Record<string, string>>>(
    `select ${SAFE.map((name) => `current_setting('${name}') as ${name}`).join(', ')},
            current_setting('max_connections') as connections`,
  );
  const off = SAFE.filter((name) => row?.[name] === 'off');
  if (off.length > 0) return ['warn', `${off.join(', ')} off: what was acknowledged may be lost in a crash`];
  const connections = Number(row?.['connections']);
  if (connections < poolSize + 5) {
    return ['warn', `${connections} connections, and this instance may open ${poolSize} of them`];
  }
  return ['ok', `${SAFE.join(', ')} on; ${connections} connections`];
}

async function examineClock(
  database: Database,
  now: () => Date,
): Promise<readonly [Examined['verdict'], string]> {
  const before = now().getTime();
  const [row] = await database.query<{ at: Date }>('select clock_timestamp() as at');
  const between = (before + now().getTime()) / 2;
  const seconds = Math.abs((row?.at.getTime() ?? 0) - between) / 1000;
  const detail = `${seconds.toFixed(1)} s from that of the database`;
  if (seconds > CLOCK_FAIL_SECONDS) return ['fail', detail];
  return [seconds > CLOCK_WARN_SECONDS ? 'warn' : 'ok', detail];
}

async function examineTables(database: Database): Promise<readonly [Examined['verdict'], string]> {
  const [present] = await database.query<{ there: boolean }>(
    `select to_regclass('schema_migration') is not null as there`,
  );
  if (present?.there !== true) return ['warn', 'none yet: the service makes them when it starts'];
  const rows = await database.query<{ number: number }>('select number from schema_migration order by 1');
  const done = rows.map(({ number }) => number);
  const known = MIGRATIONS.map(({ number }) => number);
  const later = done.filter((number) => !known.includes(number));
  const missing = known.filter((number) => !done.includes(number));
  if (later.length > 0 && missing.length === 0) {
    return ['warn', `steps ${later.join(', ')} were taken by a later version, beside which this one may run`];
  }
  if (missing.length === 0) return ['ok', `all ${known.length} steps taken`];
  return ['warn', `steps ${missing.join(', ')} are to come: the service takes them when it starts`];
}

async function examineIndexes(database: Database): Promise<readonly [Examined['verdict'], string]> {
  if (await isIndexCurrent(database)) return ['ok', 'made with the definitions of this version'];
  return [
    'warn',
    'made with other definitions: the service makes them anew when it starts, or cartograph reindex',
  ];
}

async function examineRecords(database: Database): Promise<readonly [Examined['verdict'], string]> {
  const { stalePatients, oldestSeconds } = await readBacklog(database);
  if (stalePatients === 0) return ['ok', 'none waits to be rebuilt'];
  const detail = `${stalePatients} patients wait to be rebuilt, the longest for ${Math.round(oldestSeconds)} s`;
  return [oldestSeconds > STALE_WARN_SECONDS ? 'warn' : 'ok', detail];
}

async function examineJobs(database: Database): Promise<readonly [Examined['verdict'], string]> {
  const { jobs } = await readBacklog(database);
  const seconds = await readLongestWait(database);
  const counts = jobs.map(({ queue, state, count }) => `${count} ${queue} ${state}`).join(', ') || 'none';
  if (seconds === undefined) return ['ok', counts];
  const detail = `${counts}; one has waited for ${Math.round(seconds)} s`;
  return [seconds > JOB_WARN_SECONDS ? 'warn' : 'ok', detail];
}
