/**
 * Sums over a risk set, weighted by the hazard: of 1, of the covariates, of their products by twos and, where a
 * penalty needs it, by threes. Products are held for j >= k (>= l) alone.
 */
export interface RiskSums {
  readonly size: number;
  zeroth: number;
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly third: Float64Array | null;
}

export function createRiskSums(size: number, withThird: boolean): RiskSums {
  return {
    size,
    zeroth: 0,
    first: new Float64Array(size),
    second: new Float64Array(size * size),
    third: withThird ? new Float64Array(size ** 3) : null,
  };
}

export function clearRiskSums(sums: RiskSums): void {
  sums.zeroth = 0;
  sums.first.fill(0);
  sums.second.fill(0);
  sums.third?.fill(0);
}

/** Adds the row that starts at `at` of the row-major `x`; a negative weight takes it away. */
export function addRow(sums: RiskSums, x: Float64Array, at: number, weight: number): void {
  const { size, first, second, third } = sums;
  sums.zeroth += weight;
  for (let j = 0; j < size; j += 1) {
    const wj = weight * (x[at + j] as number);
    first[j] = (first[j] as number) + wj;
    for (let k = 0; k <= j; k += 1) {
      const wjk = wj * (x[at + k] as number);
      second[j * size + k] = (second[j * size + k] as number) + wjk;
      if (third === null) continue;
      for (let l = 0; l <= k; l += 1) {
        const place = (j * size + k) * size + l;
        third[place] = (third[place] as number) + wjk * (x[at + l] as number);
      }
    }
  }
}
