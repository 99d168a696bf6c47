import type { Resource } from '@medplum/fhirtypes';
import type { Database } from '../store/database.ts';

/** What every write needs. */
export interface IngestDeps {
  readonly database: Database;
  /** Site of a resource by its meta.source, else the fallback. */
  readonly siteOf: (resource: Resource, fallback: string) => string;
  readonly newId: () => string;
  readonly now: () => Date;
  /** Told of a defect that only one entry of a batch answers for. */
  readonly onFault: (error: unknown) => void;
}

/** Who sends, as far as ingest cares. */
export interface IngestContext {
  /** Site of resources whose meta.source names none. */
  readonly site: string;
}
