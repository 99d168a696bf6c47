/** The composition root: builds the service from its settings, starts it, and stops it in order. */
import { createHookPool } from './cds/hook-pool.ts';
import { type Config, readHost } from './config.ts';
import { createApp } from './http/create-app.ts';
import { describeFault } from './http/edge/error-responses.ts';
import { buildEngine, type Engine } from './setup/build-engine.ts';
import { buildHttpDeps } from './setup/build-http-deps.ts';
import { listen } from './setup/listen.ts';
import { type Knowledge, loadKnowledge } from './setup/load-knowledge.ts';
import { mappingsFolderOf } from './setup/mappings-folder.ts';
import { openJobs } from './setup/open-jobs.ts';
import { openStore, type Store } from './setup/open-store.ts';
import { openTelemetry } from './setup/open-telemetry.ts';
import { createShutdown } from './setup/shutdown.ts';
import { startBackground } from './setup/start-background.ts';
import type { Surroundings } from './setup/surroundings.ts';
import type { JobQueue } from './store/bulk/job-queue.ts';
import { migrate } from './store/migrate.ts';

export interface RunningService {
  /** Such as http://127.0.0.1:8103. */
  readonly url: string;
  /** Takes no new work, ends what is at hand, closes the database. Once, however often it is called. */
  stop(): Promise<void>;
  /** Cuts short the waiting of a stop. */
  hurry(): void;
}

/** Resources in a file of an export. */
const LINES_PER_FILE = 100_000;
/** Threads that answer CDS Hooks calls, beside the one that serves. */
const HOOK_THREADS = 2;

/** Throws a rejection where a setting, a mapping file, the data folder or the port cannot be used. */
export async function startService(config: Config, surroundings: Surroundings): Promise<RunningService> {
  readHost(config.host);
  const knowledge = await loadKnowledge(config);
  const store = await openStore(config);
  try {
    await migrate(store.database);
    return await startOn(store, knowledge, config, surroundings);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function startOn(
  store: Store,
  knowledge: Knowledge,
  config: Config,
  surroundings: Surroundings,
): Promise<RunningService> {
  const { log, now } = surroundings;
  const onFault = (error: unknown): void => log.error(describeFault(error), 'fault');
  const telemetry = await openTelemetry(config, knowledge.softwareVersion);
  const { observer } = telemetry;
  const engine = buildEngine(store.database, knowledge, config, surroundings, { observer, onFault });
  const shutdown = createShutdown();
  const jobs = await startJobs(engine, knowledge, config, now);
  const { mappings, parameters, cdsAccess: access } = knowledge;
  const hooks = createHookPool({ mappingsFolder: mappingsFolderOf(config), parameters }, HOOK_THREADS);
  const parts = { engine, knowledge, telemetry, jobs, phase: shutdown.phase };
  const app = createApp(buildHttpDeps(parts, config, surroundings), { access, mappings, hooks });
  const server = await listen(app, config).catch(async (error: unknown) => {
    await jobs.stop();
    throw error;
  });
  const background = startBackground(config, { records: engine.records, log, now, onFault });
  const { url } = server;
  log.info({ url, database: config.databaseUrl === undefined ? 'embedded' : 'external' }, 'listening');
  const stop = (): Promise<void> =>
    shutdown.stop({
      delayMs: 1_000 * config.stopDelaySeconds,
      endWork: (hurry) => Promise.all([server.close(hurry), background.stop(), jobs.stop()]),
      close: async () => {
        await hooks.close();
        await telemetry.tracing?.stop();
        await store.close();
        log.info('stopped');
      },
    });
  return { url, stop, hurry: shutdown.hurry };
}

function startJobs(
  engine: Engine,
  { expand }: Knowledge,
  config: Config,
  now: () => Date,
): Promise<JobQueue> {
  const { database, records, ingest, onFault } = engine;
  const allowance = { folders: config.importFolders, origins: config.importHosts };
  return openJobs({
    database,
    now,
    keepMs: 1_000 * config.bulkKeepSeconds,
    onFault,
    exports: { database, records, expand, now, linesPerFile: LINES_PER_FILE },
    imports: { ingest, allowance, maxLineBytes: config.maxBodyBytes },
  });
}
