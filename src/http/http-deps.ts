import type { Logger } from 'pino';
import type { PartialDate } from '../core/partial-date.ts';
import type { EndpointCatalogue } from '../endpoints/endpoint-catalogue.ts';
import type { IngestContext, IngestDeps } from '../ingest/ingest-deps.ts';
import type { RecordDeps } from '../ingest/read-record.ts';

/** What the routers need; built once, by the composition root. */
export interface HttpDeps {
  readonly ingest: IngestDeps;
  readonly records: RecordDeps;
  /** Definitions of endpoints, with those of sites. */
  readonly endpoints: EndpointCatalogue;
  /** Who calls; until authorization exists, everybody is the configured site. */
  readonly context: IngestContext;
  /** Bytes of a body after decompression. */
  readonly maxBodyBytes: number;
  readonly log: Logger;
  readonly now: () => Date;
  readonly newId: () => string;
  /** Today in the time zone of the service. */
  readonly today: () => PartialDate;
  readonly softwareVersion: string;
  /** The service is going down and takes no new work. */
  readonly isStopping: () => boolean;
}
