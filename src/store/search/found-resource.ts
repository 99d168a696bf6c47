/** What a search in the store takes, and what it finds. */
import type { SearchRequest } from '../../fhir/search/search-request.ts';
import type { ResourceKey } from '../resource-store.ts';

export type Search = Pick<SearchRequest, 'type' | 'criteria' | 'sort'>;

export interface FoundResource extends ResourceKey {
  readonly seq: string;
  readonly content: string;
  /** Values that it is sorted by, as text. */
  readonly sortValues: readonly string[];
}

/** Where the next page begins: behind the resource of these values. */
export interface SearchCursor {
  readonly values: readonly string[];
  readonly seq: string;
}
