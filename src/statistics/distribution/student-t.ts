import { betaTails } from './beta.ts';
import { normalQuantileUpper } from './normal.ts';
import { outsideLevel } from './outside-level.ts';

/** P(|T| > |t|) of Student's T with `df` > 0 degrees of freedom, whole or not. */
export function studentTwoSided(t: number, df: number): number {
  const square = t * t;
  return betaTails(df / (df + square), square / (df + square), df / 2, 0.5).lower;
}

/** The multiplier of a two-sided interval of `level`: the t with P(|T| > t) = 1 - level. */
export function studentMultiplier(level: number, df: number): number {
  const outside = outsideLevel(level);
  let low = 0;
  let high = normalQuantileUpper(outside / 2);
  while (studentTwoSided(high, df) > outside) {
    low = high;
    high *= 2;
  }
  for (let step = 0; step < 200; step += 1) {
    const middle = low + (high - low) / 2;
    if (middle === low || middle === high) break;
    if (studentTwoSided(middle, df) > outside) low = middle;
    else high = middle;
  }
  return low + (high - low) / 2;
}
