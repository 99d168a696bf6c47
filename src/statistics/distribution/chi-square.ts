import { normalTwoSided } from './normal.ts';

/**
 * P(X > x) of a chi-square X with a whole number `df` >= 1 of degrees of freedom. A sum of positive terms, two
 * degrees of freedom at a time, so the far tail keeps its digits.
 */
export function chiSquareUpperTail(x: number, df: number): number {
  if (x <= 0) return 1;
  const half = x / 2;
  let reached = df % 2 === 0 ? 2 : 1;
  let tail = reached === 2 ? Math.exp(-half) : normalTwoSided(Math.sqrt(x));
  let term = reached === 2 ? Math.exp(-half) * half : 2 * Math.exp(-half) * Math.sqrt(half / Math.PI);
  while (reached < df) {
    tail += term;
    reached += 2;
    term *= half / (reached / 2);
  }
  return Math.min(1, tail);
}
