import { logFactorial } from '../distribution/stirling-error.ts';
import type { Computed } from '../reason.ts';
import { notComputed } from '../reason.ts';
import type { ContingencyTable } from './contingency-table.ts';
import { parseContingencyTable } from './contingency-table.ts';
import { EQUALLY_PROBABLE } from './fisher-two-by-two.ts';

/** More partial tables than this are not followed: about a second's work. */
const MOST_STEPS = 4_000_000;

/** Partial tables with the same rows left to fill: their probability by its logarithm, rounded. */
type Paths = Map<number, { readonly log: number; count: number }>;

interface Node {
  /** What is left of each row, ascending. */
  readonly left: readonly number[];
  readonly paths: Paths;
}

/**
 * Fisher's exact test of a table of any size (Freeman and Halton 1951), two-sided. Tables are filled column by
 * column; partial tables that leave the same rows, in any order, with the same probability are carried as one
 * (the network of Mehta and Patel 1983). Not computed where there are too many for that.
 */
export function fisherExact(cells: readonly (readonly number[])[]): Computed<{ readonly p: number }> {
  const table = parseContingencyTable(cells);
  const rows = table.rowTotals.filter((total) => total > 0);
  const columns = table.columnTotals.filter((total) => total > 0).sort();
  if (rows.length < 2 || columns.length < 2) return notComputed('empty-margin');
  const paths = fill(rows, columns);
  if (paths === null) return notComputed('too-many-tables');
  const constant = marginConstant(table);
  const limit = Math.exp(constant + logOfCells(table.counts)) * EQUALLY_PROBABLE;
  let p = 0;
  for (const { log, count } of paths.values()) {
    const probability = Math.exp(constant + log);
    if (probability <= limit) p += count * probability;
  }
  return { status: 'computed', p: Math.min(1, p) };
}

function marginConstant(table: ContingencyTable): number {
  let sum = -logFactorial(table.total);
  for (const total of table.rowTotals) sum += logFactorial(total);
  for (const total of table.columnTotals) sum += logFactorial(total);
  return sum;
}

function logOfCells(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i += 1) sum -= logFactorial(counts[i] as number);
  return sum;
}

/** Fills the columns but the last, and largest, which takes what is left. */
function fill(rows: Float64Array, columns: Float64Array): Paths | null {
  const start = Array.from(rows).sort((a, b) => a - b);
  let nodes = new Map<string, Node>();
  nodes.set(start.join(), { left: start, paths: new Map([[0, { log: 0, count: 1 }]]) });
  let steps = 0;
  for (const column of columns.subarray(0, -1)) {
    const next = new Map<string, Node>();
    for (const node of nodes.values()) {
      for (const choice of distribute(node.left, column)) {
        steps += node.paths.size;
        if (steps > MOST_STEPS) return null;
        extend(next, node, choice);
      }
    }
    nodes = next;
  }
  const finished: Paths = new Map();
  for (const { left, paths } of nodes.values()) addPaths(finished, paths, logOfCells(left));
  return finished;
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

/** Adds the paths of `node` with one more column. */
function extend(next: Map<string, Node>, node: Node, column: readonly number[]): void {
  const left = node.left.map((rest, row) => rest - (column[row] as number)).sort((a, b) => a - b);
  const key = left.join();
  let target = next.get(key);
  if (target === undefined) {
    target = { left, paths: new Map() };
    next.set(key, target);
  }
  addPaths(target.paths, node.paths, logOfCells(column));
}

function addPaths(into: Paths, paths: Paths, shift: number): void {
  for (const { log, count } of paths.values()) {
    const shifted = log + shift;
    const key = Math.round(shifted * 1e10);
    const known = into.get(key);
    if (known === undefined) into.set(key, { log: shifted, count });
    else known.count += count;
  }
}
