import { averageRanks, tieCorrection } from '../data/average-ranks.ts';
import type { Groups } from '../data/groups.ts';
import { InputFindings } from '../data/input-findings.ts';
import { parseSample } from '../data/samples.ts';
import { chiSquareUpperTail } from '../distribution/chi-square.ts';
import type { Computed } from '../reason.ts';
import { notComputed } from '../reason.ts';

export interface KruskalWallis {
  readonly chiSquare: number;
  readonly df: number;
  readonly p: number;
}

/** Do the groups differ in location? By ranks, corrected for ties; empty groups do not count. */
export function kruskalWallis(values: ArrayLike<number>, groups: Groups): Computed<KruskalWallis> {
  const findings = new InputFindings();
  if (groups.codes.length !== values.length) {
    findings.table('The groups have another length than the values', 'one group for each value');
  }
  findings.throwIfAny();
  const x = parseSample(values, 'value');
  const n = x.length;
  const ranks = averageRanks(x);
  const sums = new Float64Array(groups.labels.length);
  const counts = new Float64Array(groups.labels.length);
  for (const [i, code] of groups.codes.entries()) {
    sums[code] = (sums[code] as number) + (ranks[i] as number);
    counts[code] = (counts[code] as number) + 1;
  }
  let occupied = 0;
  let between = 0;
  for (const [code, count] of counts.entries()) {
    if (count === 0) continue;
    occupied += 1;
    const distance = (sums[code] as number) / count - (n + 1) / 2;
    between += count * distance * distance;
  }
  if (occupied < 2) return notComputed('too-few-groups');
  const untied = 1 - tieCorrection(x) / (n ** 3 - n);
  if (!(untied > 0)) return notComputed('no-variation');
  const chiSquare = (12 * between) / (n * (n + 1)) / untied;
  return { status: 'computed', chiSquare, df: occupied - 1, p: chiSquareUpperTail(chiSquare, occupied - 1) };
}
