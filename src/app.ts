/** The composition root: builds the service from its settings, starts it, and stops it in order. */
import type { Logger } from 'pino';
import { openDoor } from './auth/open-door.ts';
import { loadClientRegistrations } from './cds/client-registration.ts';
import { createHookPool } from './cds/hook-pool.ts';
import { loadEndpoints } from './cli/load-endpoints.ts';
import { loadParameters } from './cli/load-parameters.ts';
import type { ParameterOverrides } from './clinical/parameters/clinical-parameters.ts';
import { type Config, readHost } from './config.ts';
import type { EndpointCatalogue } from './endpoints/endpoint-catalogue.ts';
import { expandValueSet } from './fhir/expand-value-set.ts';
import type { CdsAccess } from './http/cds-router.ts';
import { createApp } from './http/create-app.ts';
import { createBackPressure } from './http/edge/back-pressure.ts';
import { describeFault } from './http/edge/error-responses.ts';
import type { IngestDeps } from './ingest/ingest-deps.ts';
import { readDataQuality } from './ingest/read-data-quality.ts';
import { readValidationFindings } from './ingest/read-validation-findings.ts';
import { refuseInvalid } from './ingest/refuse-invalid.ts';
import { createWriteQueue } from './ingest/write-queue.ts';
import { loadMappings } from './mapping/load-mappings.ts';
import type { Mappings } from './mapping/mappings.ts';
import { loadGuideTerminology } from './profiles/guide-terminology.ts';
import { lazyValidator } from './profiles/lazy-validator.ts';
import { listen } from './setup/listen.ts';
import { mappingsFolderOf } from './setup/mappings-folder.ts';
import { openJobs } from './setup/open-jobs.ts';
import { openStore, type Store } from './setup/open-store.ts';
import { openTracing } from './setup/open-tracing.ts';
import { readVersion } from './setup/read-version.ts';
import { recordDeps } from './setup/record-deps.ts';
import { startBackground } from './setup/start-background.ts';
import { migrate } from './store/migrate.ts';
import { watchGauges } from './telemetry/gauges.ts';
import { createMetrics } from './telemetry/metrics.ts';
import { observeBoth } from './telemetry/observe-both.ts';

/** What comes from outside the program: time, randomness, and where the log goes. */
export interface Surroundings {
  readonly now: () => Date;
  readonly newId: () => string;
  readonly log: Logger;
}

export interface RunningService {
  /** Such as http://127.0.0.1:8103. */
  readonly url: string;
  /** Takes no new work, ends what is at hand, closes the database. */
  stop(): Promise<void>;
}

const WRITES = { lanes: 2, maxGroup: 100, maxWaiting: 2_000 } as const;
/** Largest bodies that may be in hand at one time. */
const IN_HAND_BODIES = 4;
/** Resources in a file of an export. */
const LINES_PER_FILE = 100_000;
/** Threads that answer CDS Hooks calls, beside the one that serves. */
const HOOK_THREADS = 2;

/** Throws a rejection where a setting, a mapping file, the data folder or the port cannot be used. */
export async function startService(config: Config, surroundings: Surroundings): Promise<RunningService> {
  readHost(config.host);
  const mappingsFolder = mappingsFolderOf(config);
  const mappings = await loadMappings(mappingsFolder);
  const endpoints = await loadEndpoints(mappingsFolder);
  const parameters = config.parametersFile === undefined ? {} : await loadParameters(config.parametersFile);
  const softwareVersion = await readVersion();
  const store = await openStore(config);
  try {
    await migrate(store.database);
    return await startOn(store, { mappings, endpoints, parameters }, softwareVersion, config, surroundings);
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** What is read from files before anything starts. */
interface Knowledge {
  readonly mappings: Mappings;
  readonly endpoints: EndpointCatalogue;
  readonly parameters: ParameterOverrides;
}

async function startOn(
  store: Store,
  { mappings, endpoints, parameters }: Knowledge,
  softwareVersion: string,
  config: Config,
  { log, now, newId }: Surroundings,
): Promise<RunningService> {
  const { database } = store;
  const onFault = (error: unknown): void => log.error(describeFault(error), 'fault');
  const metrics = createMetrics();
  const tracing = await openTracing(config, softwareVersion);
  const observer = observeBoth(metrics.observer, tracing);
  const { timeZone } = config;
  const records = recordDeps({ database, observer, mappings, softwareVersion, timeZone });
  const terminology = await loadGuideTerminology();
  const expand = (url: string) => expandValueSet(url, terminology);
  // Hospitals send extensions of their own; they are told of, and kept.
  const lenient = lazyValidator({ settings: { unknownExtensions: 'warning' } });
  const ingest: IngestDeps = {
    database,
    siteOf: mappings.siteOf,
    newId,
    now,
    searchContext: () => ({ expand, now: now() }),
    onFault,
    observer,
    refuseInvalid: refuseInvalid(config.validation, lenient, observer),
  };
  const writes = createWriteQueue(ingest, WRITES);
  const backPressure = createBackPressure({
    maxActive: config.maxActive,
    maxBytes: IN_HAND_BODIES * config.maxBodyBytes,
  });
  const access = await cdsAccess(config);
  const importFrom = { folders: config.importFolders, origins: config.importHosts };
  const jobs = await openJobs({
    database,
    now,
    keepMs: 1_000 * config.bulkKeepSeconds,
    onFault,
    exports: { database, records, expand, now, linesPerFile: LINES_PER_FILE },
    imports: { ingest, allowance: importFrom, maxLineBytes: config.maxBodyBytes },
  });
  const hooks = createHookPool(mappingsFolderOf(config), HOOK_THREADS);
  let stopping = false;
  const app = createApp(
    {
      ingest,
      writes,
      records,
      // Nobody needs a token as long as everybody on loopback may come in.
      bulk: { queue: jobs, maxJobs: config.bulkJobs, requiresAccessToken: false, importFrom },
      endpoints,
      parameters,
      expandValueSet: expand,
      validator: lazyValidator(),
      validationFindings: (id) =>
        config.validation === 'off'
          ? Promise.resolve([])
          : readValidationFindings(id, database, lenient, observer),
      dataQuality: () => readDataQuality(records, mappings, records.dateOf(now())),
      identify: openDoor(config.site),
      context: { site: config.site },
      corsOrigins: config.corsOrigins,
      backPressure,
      metrics,
      tracing,
      renderMetrics: watchGauges(metrics.registry, {
        database,
        load: backPressure.load,
        waitingWrites: writes.waiting,
      }),
      maxBodyBytes: config.maxBodyBytes,
      log,
      now,
      newId,
      today: () => records.dateOf(now()),
      softwareVersion,
      isStopping: () => stopping,
    },
    { access, mappings, hooks },
  );
  const server = await listen(app, config).catch(async (error: unknown) => {
    await jobs.stop();
    throw error;
  });
  const background = startBackground(config, { records, log, now, onFault });
  const { url } = server;
  log.info({ url, database: config.databaseUrl === undefined ? 'embedded' : 'external' }, 'listening');
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await Promise.all([server.close(), background.stop(), jobs.stop()]);
    await hooks.close();
    await tracing?.stop();
    await store.close();
    log.info('stopped');
  };
  return { url, stop };
}

/** Registered clients where a file names them; else everybody on loopback, unless the settings say nobody. */
async function cdsAccess({ cdsClientsFile, cdsOpen }: Config): Promise<CdsAccess> {
  if (cdsClientsFile === undefined) return { kind: cdsOpen ? 'open' : 'closed' };
  return { kind: 'registered', registrations: await loadClientRegistrations(cdsClientsFile) };
}
