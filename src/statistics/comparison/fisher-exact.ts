import { logFactorial } from '../distribution/stirling-error.ts';
import type { Computed } from '../reason.ts';
import { notComputed } from '../reason.ts';
import { parseContingencyTable } from './contingency-table.ts';
import { EQUALLY_PROBABLE } from './fisher-two-by-two.ts';
import { type CompletionBounds, completionBounds } from './margin-bounds.ts';

/** More partial tables than this are not followed: a few seconds' work. */
const MOST_STEPS = 16_000_000;
/** To find the node that a column leads to takes as long as to follow so many tables there. */
const STEPS_OF_COLUMN = 10;
/** Partial tables whose logarithms agree to this are equally probable. */
const DIGITS = 1e10;

/** Partial tables with the same rows left to fill, by their probability. */
type Paths = Map<number, { readonly log: number; count: number }>;

interface Node {
  /** What is left of each row, ascending. */
  readonly left: readonly number[];
  readonly paths: Paths;
  readonly bounds: CompletionBounds;
}

interface Search {
  /** Logarithm of the product of 1 / cell! of the table observed; no more probable ones count. */
  readonly limit: number;
  /** What makes such a product a probability. */
  readonly constant: number;
  readonly logFactorials: Float64Array;
  steps: number;
  p: number;
}

/**
 * Fisher's exact test of a table of any size (Freeman and Halton 1951), two-sided. Tables are filled column by
 * column; partial tables that leave the same rows, in any order, with the same probability are carried as one, and
 * followed no further than it takes to know on which side of the observed table all their completions lie (Mehta and
 * Patel 1983). Not computed where there are too many for that.
 */
export function fisherExact(cells: readonly (readonly number[])[]): Computed<{ readonly p: number }> {
  const table = parseContingencyTable(cells);
  const totals = [table.rowTotals, table.columnTotals].map((line) => [...line].filter((total) => total > 0));
  const [shorter = [], longer = []] = totals.sort((a, b) => a.length - b.length);
  if (shorter.length < 2) return notComputed('empty-margin');
  const logFactorials = Float64Array.from({ length: table.total + 1 }, (_, n) => logFactorial(n));
  const sumOfLogs = (counts: Iterable<number>): number => {
    let sum = 0;
    for (const count of counts) sum += logFactorials[count] as number;
    return sum;
  };
  const search: Search = {
    limit: Math.log(EQUALLY_PROBABLE) - sumOfLogs(table.counts),
    constant: sumOfLogs(shorter) + sumOfLogs(longer) - (logFactorials[table.total] as number),
    logFactorials,
    steps: 0,
    p: 0,
  };
  if (!fill(search, shorter, longer)) return notComputed('too-many-tables');
  return { status: 'computed', p: Math.min(1, search.p) };
}

/** Column by column, the largest first; the last one takes what is left. False where it was given up. */
function fill(search: Search, rows: readonly number[], columns: readonly number[]): boolean {
  const ordered = columns.toSorted((a, b) => b - a);
  const left = rows.toSorted((a, b) => a - b);
  const bounds = completionBounds({ rows: left, columns: ordered }, search.logFactorials);
  let nodes: readonly Node[] = [{ left, paths: new Map([[0, { log: 0, count: 1 }]]), bounds }];
  for (let stage = 0; stage + 1 < ordered.length; stage += 1) {
    const next = new Map<string, Node>();
    const open = ordered.slice(stage + 1);
    for (const node of nodes) {
      for (const column of distribute(node.left, ordered[stage] as number)) {
        search.steps += STEPS_OF_COLUMN + node.paths.size;
        if (search.steps > MOST_STEPS) return false;
        extend(search, next, node, column, open);
      }
    }
    nodes = [...next.values()].filter(({ paths }) => paths.size > 0);
  }
  return true;
}

/** Every way to take `total` from the rows. */
function* distribute(left: readonly number[], total: number, from = 0): Generator<readonly number[]> {
  const here = left[from] ?? 0;
  if (from === left.length - 1) {
    if (total <= here) yield [total];
    return;
  }
  let after = 0;
  for (let row = from + 1; row < left.length; row += 1) after += left[row] as number;
  for (let take = Math.max(0, total - after); take <= Math.min(here, total); take += 1) {
    for (const rest of distribute(left, total - take, from + 1)) yield [take, ...rest];
  }
}

/** Adds the paths of `node` with one more column to the node that they lead to. */
function extend(
  search: Search,
  next: Map<string, Node>,
  node: Node,
  column: readonly number[],
  open: readonly number[],
): void {
  const left = node.left.map((rest, row) => rest - (column[row] as number)).sort((a, b) => a - b);
  const key = left.join();
  let target = next.get(key);
  if (target === undefined) {
    const bounds = completionBounds({ rows: left, columns: open }, search.logFactorials);
    target = { left, paths: new Map(), bounds };
    next.set(key, target);
  }
  const { most, least, sum } = target.bounds;
  let shift = 0;
  for (const cell of column) shift -= search.logFactorials[cell] as number;
  for (const { log, count } of node.paths.values()) {
    const reached = log + shift;
    if (reached + most <= search.limit) search.p += count * Math.exp(search.constant + reached + sum);
    else if (reached + least <= search.limit) addPath(target.paths, reached, count);
  }
}

function addPath(paths: Paths, log: number, count: number): void {
  const key = Math.round(log * DIGITS);
  const known = paths.get(key);
  if (known === undefined) paths.set(key, { log, count });
  else known.count += count;
}
