/** One run of the service under load, on its own PostgreSQL or on one that another process keeps. */
import { readFile, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/store/embedded-postgres.ts';
import { postmasterPid, type ServiceProcess, startProcess } from '../test/support/service-process.ts';
import { makeDataFolder } from '../test/support/test-database.ts';
import { mostMemory } from './most-memory.ts';

export type PostgresKind = 'embedded' | 'external';

export interface ServerRun {
  readonly service: ServiceProcess;
  /** Milliseconds until no patient is marked stale, or the limit. */
  untilCurrent(limitMs: number): Promise<number>;
  /** Most megabytes that the service has held, PostgreSQL apart; undefined where the system does not tell. */
  mostMemory(): Promise<number | undefined>;
  /** Milliseconds of processor that the service and PostgreSQL have used; undefined where the system does not tell. */
  processorMs(): Promise<number | undefined>;
  end(): Promise<void>;
}

export async function startRun(kind: PostgresKind): Promise<ServerRun> {
  const folder = await makeDataFolder();
  const external = kind === 'external' ? await startEmbeddedPostgres(folder) : undefined;
  const environment = external === undefined ? {} : { DATABASE_URL: external.url };
  const service = await startProcess(folder, { CARTOGRAPH_LOG_LEVEL: 'info', ...environment });
  service.child.stdout?.resume();
  const client = await connect(folder, external);
  return {
    service,
    untilCurrent: (limitMs) => untilNoneStale(client, limitMs),
    mostMemory: () => mostMemory(service.child.pid),
    processorMs: async () => usedBy([service.child.pid ?? 0, ...(await backendsOf(client, folder))]),
    end: async () => {
      await client.end();
      service.child.kill('SIGTERM');
      await new Promise((done) => service.child.once('exit', done));
      await external?.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function connect(folder: string, external: EmbeddedPostgres | undefined): Promise<pg.Client> {
  const password = await readFile(`${folder}/postgres-password`, 'utf8');
  const port = (await readFile(`${folder}/postgres/postmaster.pid`, 'utf8')).split('\n')[3];
  const own = `postgres://cartograph:${password}@127.0.0.1:${port}/cartograph`;
  const client = new pg.Client({ connectionString: external?.url ?? own });
  await client.connect();
  return client;
}

async function untilNoneStale(client: pg.Client, limitMs: number): Promise<number> {
  const started = performance.now();
  for (;;) {
    const { rows } = await client.query<{ readonly n: string }>('select count(*) as n from stale_patient');
    const ms = performance.now() - started;
    if (rows[0]?.n === '0' || ms > limitMs) return ms;
    await sleep(100);
  }
}

/** The server process, which inherits the times of the processes that have ended, and those that live. */
async function backendsOf(client: pg.Client, folder: string): Promise<readonly number[]> {
  const { rows } = await client.query<{ readonly pid: number }>('select pid from pg_stat_activity');
  return [await postmasterPid(folder), ...rows.map(({ pid }) => pid)];
}

/** Linux counts in hundredths of a second, fields 14 to 17 of `stat`, behind the name in brackets. */
async function usedBy(pids: readonly number[]): Promise<number | undefined> {
  const texts = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')));
  if (texts[0] === '') return undefined;
  const ticks = texts.map((text) => {
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  });
  return ticks.reduce((sum, one) => sum + one, 0) * 10;
}
