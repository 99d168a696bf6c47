import type { SurvivalData } from '../data/survival-data.ts';
import { endOfTie } from '../data/ties.ts';

/**
 * The probability of being still uncensored just before the time of each sorted row, by the product-limit method;
 * at equal times events come before censorings.
 */
export function uncensoredBefore(data: SurvivalData): Float64Array {
  const { time, status } = data;
  const n = time.length;
  const before = new Float64Array(n);
  let survival = 1;
  for (let i = 0; i < n; ) {
    const end = endOfTie(time, i);
    let censored = 0;
    for (let row = i; row < end; row += 1) {
      before[row] = survival;
      if (status[row] === 0) censored += 1;
    }
    survival *= 1 - censored / (n - i);
    i = end;
  }
  return before;
}
