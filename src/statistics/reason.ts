/**
 * Why a number does not exist. Statistics never answers NaN or an infinity: where R prints NA, NaN or Inf, the
 * result here holds null, or is `not-computed`, and says which of these it is.
 */
export const REASONS = {
  'survival-zero': 'The estimate is 0; no standard error or interval is defined there.',
  'survival-one': 'The estimate is 1; a log-log interval is not defined there.',
  'incidence-zero': 'The estimate is 0; an interval on the log scale is not defined there.',
  'incidence-one': 'The estimate is 1; a log-log interval is not defined there.',
  'beyond-last-observation': 'The time lies after the last observation, which was censored.',
  'not-reached': 'The curve, or its confidence limit, does not fall that far.',
  'no-observations': 'There is no observation.',
  'too-few-observations': 'There are fewer observations than the method needs.',
  'too-few-groups': 'Fewer than two groups hold observations at risk.',
  'no-events': 'There is no event.',
  'no-variation': 'The values do not vary, so the statistic has no variance.',
  'variance-singular': 'The variance matrix of the test cannot be inverted.',
  'empty-margin': 'A row or column of the table is empty.',
  'all-differences-zero': 'Every paired difference is zero.',
  'too-many-tables': 'There are too many tables with these margins to enumerate.',
  'coefficient-infinite':
    'The likelihood keeps rising as the coefficient grows: separation, monotone likelihood.',
  'covariate-redundant': 'The covariate is constant or a combination of those before it.',
  'not-converged': 'The iterations ended before the fit converged.',
  'events-per-variable': 'Fewer than five events for each covariate; force the fit to have it nevertheless.',
} as const;

export type Reason = keyof typeof REASONS;

export interface NotComputed {
  readonly status: 'not-computed';
  readonly reason: Reason;
}

/** A result that exists, or the reason why it does not. */
export type Computed<T> = ({ readonly status: 'computed' } & T) | NotComputed;

export function notComputed(reason: Reason): NotComputed {
  return { status: 'not-computed', reason };
}
