import { InputFindings } from '../data/input-findings.ts';
import { chiSquareUpperTail } from '../distribution/chi-square.ts';
import { logFactorial } from '../distribution/stirling-error.ts';
import type { Computed } from '../reason.ts';
import { notComputed } from '../reason.ts';

export interface McNemar {
  /** Pairs that differ in the one way and in the other. */
  readonly discordant: readonly [number, number];
  /** Exact, two-sided. */
  readonly p: number;
  /** The approximate test with continuity correction, as R's `mcnemar.test` gives it. */
  readonly approximate: { readonly chiSquare: number; readonly p: number };
}

/**
 * McNemar's test of paired yes-or-no values, from the numbers of pairs that changed in each direction; pairs that
 * agree tell nothing.
 */
export function mcNemar(firstOnly: number, secondOnly: number): Computed<McNemar> {
  const findings = new InputFindings();
  for (const count of [firstOnly, secondOnly]) {
    if (!(Number.isSafeInteger(count) && count >= 0)) {
      findings.table(`A count of pairs is ${count}`, 'a whole number');
    }
  }
  findings.throwIfAny();
  const n = firstOnly + secondOnly;
  if (n === 0) return notComputed('all-differences-zero');
  const fewer = Math.min(firstOnly, secondOnly);
  let tail = 0;
  for (let k = 0; k <= fewer; k += 1) {
    tail += Math.exp(logFactorial(n) - logFactorial(k) - logFactorial(n - k) - n * Math.LN2);
  }
  const difference = Math.abs(firstOnly - secondOnly);
  const chiSquare = difference === 0 ? 0 : (difference - 1) ** 2 / n;
  return {
    status: 'computed',
    discordant: [firstOnly, secondOnly],
    p: Math.min(1, 2 * tail),
    approximate: { chiSquare, p: chiSquareUpperTail(chiSquare, 1) },
  };
}
