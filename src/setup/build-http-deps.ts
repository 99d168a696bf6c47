/** What the routers need, from the parts of the service. */
import { openDoor } from '../auth/open-door.ts';
import type { Config } from '../config.ts';
import { createBackPressure } from '../http/edge/back-pressure.ts';
import type { HttpDeps } from '../http/http-deps.ts';
import { readDataQuality } from '../ingest/reads/read-data-quality.ts';
import { readValidationFindings } from '../ingest/reads/read-validation-findings.ts';
import { createWriteQueue } from '../ingest/write-queue.ts';
import { lazyValidator } from '../profiles/lazy-validator.ts';
import type { JobQueue } from '../store/bulk/job-queue.ts';
import { watchGauges } from '../telemetry/gauges.ts';
import type { Engine } from './build-engine.ts';
import type { Knowledge } from './load-knowledge.ts';
import type { Telemetry } from './open-telemetry.ts';
import type { Surroundings } from './surroundings.ts';

const WRITES = { lanes: 2, maxGroup: 100, maxWaiting: 2_000 } as const;
/** Largest bodies that may be in hand at one time. */
const IN_HAND_BODIES = 4;

export interface ServiceParts {
  readonly engine: Engine;
  readonly knowledge: Knowledge;
  readonly telemetry: Telemetry;
  readonly jobs: JobQueue;
  readonly phase: HttpDeps['phase'];
}

export function buildHttpDeps(
  { engine, knowledge, telemetry, jobs, phase }: ServiceParts,
  config: Config,
  { log, now, newId }: Surroundings,
): HttpDeps {
  const { database, ingest, records, validator, observer } = engine;
  const { mappings, endpoints, parameters, expand, softwareVersion } = knowledge;
  const { metrics, tracing } = telemetry;
  const { site, corsOrigins, maxActive, maxBodyBytes, bulkJobs, importFolders, importHosts } = config;
  const writes = createWriteQueue(ingest, WRITES);
  const backPressure = createBackPressure({ maxActive, maxBytes: IN_HAND_BODIES * maxBodyBytes });
  const gauges = { database, load: backPressure.load, waitingWrites: writes.waiting };
  const today = () => records.dateOf(now());
  return {
    ingest,
    writes,
    records,
    // Nobody needs a token as long as everybody on loopback may come in.
    bulk: {
      queue: jobs,
      maxJobs: bulkJobs,
      requiresAccessToken: false,
      importFrom: { folders: importFolders, origins: importHosts },
    },
    endpoints,
    mappingsVersion: mappings.version,
    parameters,
    expandValueSet: expand,
    validator: lazyValidator(),
    validationFindings: (id) =>
      config.validation === 'off'
        ? Promise.resolve([])
        : readValidationFindings(id, database, validator, observer),
    dataQuality: () => readDataQuality(records, mappings, today()),
    identify: openDoor(site),
    context: { site },
    corsOrigins,
    publicOrigins: publicOrigins(config, knowledge),
    backPressure,
    metrics,
    tracing,
    renderMetrics: watchGauges(metrics.registry, gauges),
    maxBodyBytes,
    log,
    now,
    newId,
    today,
    softwareVersion,
    phase,
  };
}

/** Those of the settings, and the one that the registrations of CDS clients name as the service's own. */
function publicOrigins({ publicOrigins: named }: Config, { cdsAccess }: Knowledge): readonly string[] {
  if (cdsAccess.kind !== 'registered') return named;
  return [...named, new URL(cdsAccess.registrations.baseUrl).origin];
}
