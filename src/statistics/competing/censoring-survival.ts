import type { SurvivalData } from '../data/survival-data.ts';
import { endOfTie } from '../data/ties.ts';

/**
 * The probability of being still uncensored just before the time of each sorted row, by the product-limit method;
 * at equal times events come before censorings. At time 0 it is the probability just after it, as in R's `cmprsk`.
 */
export function uncensoredBefore(data: SurvivalData): Float64Array {
  const { time, status } = data;
  const n = time.length;
  const before = new Float64Array(n);
  let survival = 1;
  for (let i = 0; i < n; ) {
    const end = endOfTie(time, i);
    let censored = 0;
    for (let row = i; row < end; row += 1) if (status[row] === 0) censored += 1;
    const after = survival * (1 - censored / (n - i));
    before.fill(time[i] === 0 ? after : survival, i, end);
    survival = after;
    i = end;
  }
  return before;
}
