import type { Computed } from '../../../src/statistics/reason.ts';

/** The result, where there has to be one. */
export function computed<T>(result: Computed<T>): T {
  if (result.status !== 'computed') throw new Error(result.reason);
  return result;
}
