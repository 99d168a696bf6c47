import type { Covariates } from '../../statistics/regression/covariates.ts';
import type { Columns } from './read-columns.ts';
import type { StatsOptions } from './stats-options.ts';

export type Role = 'time' | 'event' | 'entry' | 'group' | 'strata' | 'exposure' | 'value' | 'with';

/** One method of `cartograph stats`: which columns it reads, and what it answers. */
export interface StatsMethod {
  /** For the help text. */
  readonly title: string;
  /** Options that name a column and must be given. */
  readonly needs: readonly Role[];
  readonly takes: readonly Role[];
  /** Options that are no column and must be given. */
  readonly settings?: readonly ('landmark' | 'limit')[];
  /** The event column tells causes 1, 2, … apart. */
  readonly competing?: true;
  /** Values are levels, not amounts. */
  readonly categorical?: true;
  /** Reads --covariates. */
  readonly regression?: true;
  /** Its numbers come from a fit that stops when it is near enough. */
  readonly iterated?: true;
  readonly run: (columns: Columns, options: StatsOptions, covariates: Covariates) => object;
}
