/** A whole search, as the store carries it out and as it is told back. */
import type { Criterion } from './criterion.ts';
import type { SearchType } from './search-parameters.ts';

export interface SortKey {
  readonly parameter: string;
  readonly type: SearchType | 'id' | 'updated';
  readonly descending: boolean;
}

export interface Include {
  /** Type whose references are followed; for a reverse include, of what refers. `*` for every type. */
  readonly source: string;
  /** `*` for every parameter. */
  readonly parameter: string;
  readonly target: string | undefined;
  readonly isReverse: boolean;
  /** Also from what was included. */
  readonly iterates: boolean;
}

export interface SearchRequest {
  readonly type: string;
  readonly criteria: readonly Criterion[];
  readonly sort: readonly SortKey[];
  readonly includes: readonly Include[];
  /** Entries a page; undefined for the standard. */
  readonly count: number | undefined;
  readonly total: 'none' | 'estimate' | 'accurate' | undefined;
  readonly cursor: string | undefined;
  /** The parameters that counted, as they were written. */
  readonly used: readonly [string, string][];
  /** Those that did not, each with why. */
  readonly ignored: readonly { readonly name: string; readonly reason: string }[];
}
