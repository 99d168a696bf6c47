import { InputFindings } from '../data/input-findings.ts';
import { betaQuantile } from '../distribution/beta.ts';
import { normalMultiplier } from '../distribution/normal.ts';
import { outsideLevel } from '../distribution/outside-level.ts';
import type { Computed } from '../reason.ts';
import { notComputed } from '../reason.ts';

export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

export interface Proportion {
  readonly count: number;
  readonly n: number;
  readonly estimate: number;
  readonly level: number;
  /** Exact (Clopper and Pearson 1934). */
  readonly clopperPearson: Interval;
  /** By inverting the score test (Wilson 1927), without continuity correction. */
  readonly wilson: Interval;
}

/** `count` of `n`, with its intervals. */
export function proportion(count: number, n: number, level = 0.95): Computed<Proportion> {
  const findings = new InputFindings();
  if (!(Number.isSafeInteger(n) && n >= 0))
    findings.table(`The number of patients is ${n}`, 'a whole number');
  if (!(Number.isSafeInteger(count) && count >= 0 && count <= n)) {
    findings.table(`The count is ${count}`, `a whole number up to ${n}`);
  }
  findings.throwIfAny();
  if (n === 0) return notComputed('no-observations');
  const outside = outsideLevel(level) / 2;
  const estimate = count / n;
  return {
    status: 'computed',
    count,
    n,
    estimate,
    level,
    clopperPearson: {
      lower: count === 0 ? 0 : betaQuantile(outside, count, n - count + 1),
      upper: count === n ? 1 : betaQuantile(1 - outside, count + 1, n - count),
    },
    wilson: wilson(count, n, normalMultiplier(level)),
  };
}

function wilson(count: number, n: number, multiplier: number): Interval {
  const estimate = count / n;
  const square = multiplier * multiplier;
  const middle = (estimate + square / (2 * n)) / (1 + square / n);
  const spread = Math.sqrt((estimate * (1 - estimate)) / n + square / (4 * n * n));
  const width = (multiplier * spread) / (1 + square / n);
  return {
    lower: count === 0 ? 0 : Math.max(0, middle - width),
    upper: count === n ? 1 : Math.min(1, middle + width),
  };
}
