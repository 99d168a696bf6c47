import type { Logger } from 'pino';
import type { Identify } from '../auth/caller.ts';
import type { ParameterOverrides } from '../clinical/parameters/clinical-parameters.ts';
import type { Finding } from '../core/finding.ts';
import type { PartialDate } from '../core/partial-date.ts';
import type { EndpointCatalogue } from '../endpoints/endpoint-catalogue.ts';
import type { ExpandValueSet } from '../fhir/search/parse-criterion.ts';
import type { IngestContext, IngestDeps } from '../ingest/ingest-deps.ts';
import type { DataQualityReport } from '../ingest/reads/read-data-quality.ts';
import type { RecordDeps } from '../ingest/reads/read-record.ts';
import type { WriteQueue } from '../ingest/write-queue.ts';
import type { Validator } from '../profiles/validator.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { Tracing } from '../telemetry/tracing.ts';
import type { BulkDeps } from './bulk/bulk-deps.ts';
import type { BackPressure } from './edge/back-pressure.ts';

/** What the routers need; built once, by the composition root. */
export interface HttpDeps {
  readonly ingest: IngestDeps;
  /** Through which single resources are stored. */
  readonly writes: WriteQueue;
  readonly records: RecordDeps;
  readonly bulk: BulkDeps;
  /** Definitions of endpoints, with those of sites. */
  readonly endpoints: EndpointCatalogue;
  /** Version of the mapping knowledge, as reports name it. */
  readonly mappingsVersion: string;
  /** Clinical parameters that the settings change; a call may change them again. */
  readonly parameters: ParameterOverrides;
  /** Codes of a value set of the guide, for searches by `:in`. */
  readonly expandValueSet: ExpandValueSet;
  /** Loaded when it is first asked for. */
  readonly validator: () => Promise<Validator>;
  /** What validation says about what is stored of the person; empty where it is off. */
  readonly validationFindings: (patientId: string) => Promise<readonly Finding[]>;
  /** The report on the quality of everybody's data. */
  readonly dataQuality: () => Promise<DataQualityReport>;
  /** Finds out who calls. */
  readonly identify: Identify;
  /** What CDS clients without a registration count as. */
  readonly context: IngestContext;
  /** Origins of pages that may call from a browser. */
  readonly corsOrigins: readonly string[];
  /** Origins by which callers know the service, beside those of loopback. */
  readonly publicOrigins: readonly string[];
  /** What is in hand at one time. */
  readonly backPressure: BackPressure;
  readonly metrics: Metrics;
  /** Undefined where no traces are asked for. */
  readonly tracing: Tracing | undefined;
  /** All figures, in Prometheus's format. */
  readonly renderMetrics: () => Promise<string>;
  /** Bytes of a body after decompression. */
  readonly maxBodyBytes: number;
  readonly log: Logger;
  readonly now: () => Date;
  readonly newId: () => string;
  /** Today in the time zone of the service. */
  readonly today: () => PartialDate;
  readonly softwareVersion: string;
  readonly phase: () => Phase;
}

/** leaving: serves, and says that it is not ready; stopping: answers what is at hand, and refuses what else comes. */
export type Phase = 'serving' | 'leaving' | 'stopping';
