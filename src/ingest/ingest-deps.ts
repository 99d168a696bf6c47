import type { Resource } from '@medplum/fhirtypes';
import type { SearchContext } from '../fhir/search/parse-criterion.ts';
import type { Database, Queryable } from '../store/database.ts';
import type { IngestObserver } from './ingest-observer.ts';
import type { JudgeStored } from './judge-stored.ts';
import type { RefuseInvalid } from './refuse-invalid.ts';

/** What every write needs. */
export interface IngestDeps {
  readonly database: Database;
  /** Site of a resource by its meta.source, else the fallback. */
  readonly siteOf: (resource: Resource, fallback: string) => string;
  readonly newId: () => string;
  readonly now: () => Date;
  /** What the criteria of conditional requests may depend on. */
  readonly searchContext: () => SearchContext;
  /** Throws where the settings refuse what is not valid. */
  readonly refuseInvalid: RefuseInvalid;
  readonly judgeStored: JudgeStored;
  readonly observer: IngestObserver;
  /** Told of a defect that only one entry of a batch answers for. */
  readonly onFault: (error: unknown) => void;
}

/** Who sends, as far as ingest cares. */
export interface IngestContext {
  /** Site of resources whose meta.source names none. */
  readonly site: string;
}

/** How the entries of a bundle are answered. */
export interface EntryAnswers {
  /** Answers a GET that is no plain read, such as a search; `expression` is the place of its URL. */
  readonly answerQuery: (db: Queryable, url: string, expression: string) => Promise<Resource>;
  /** What comes back of what was written, beside where it stands: `Prefer: return=`. */
  readonly returning: 'minimal' | 'representation' | 'OperationOutcome';
}
