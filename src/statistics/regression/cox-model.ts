import type { Groups } from '../data/groups.ts';
import { InputFindings } from '../data/input-findings.ts';
import type { SurvivalData } from '../data/survival-data.ts';
import { partitionByGroup } from '../data/survival-data.ts';
import type { Covariates } from './covariates.ts';

/** The rows of one stratum, ascending in time, with their covariates. */
export interface CoxStratum {
  readonly time: Float64Array;
  readonly status: Int32Array;
  readonly entry: Float64Array | null;
  /** Rows in descending order of entry; null without entries. */
  readonly byEntry: Uint32Array | null;
  /** Centred and scaled covariates, row-major. */
  readonly x: Float64Array;
  readonly order: Uint32Array;
}

export interface CoxModel {
  readonly n: number;
  readonly events: number;
  readonly covariates: Covariates;
  /** What each column was multiplied by after it was centred. */
  readonly scale: Float64Array;
  readonly strata: readonly CoxStratum[];
}

/**
 * Lays out a Cox regression. Columns are centred and divided by their mean absolute deviation, which changes
 * nothing but the rounding. Throws `statistics-input-invalid` when the lengths differ or there is no covariate.
 */
export function buildCoxModel(data: SurvivalData, covariates: Covariates, strata?: Groups): CoxModel {
  const n = data.time.length;
  const findings = new InputFindings();
  if (covariates.columns.length === 0) findings.table('There is no covariate', 'one or more');
  else if (covariates.rows !== n)
    findings.table('The covariates have another length than the times', `${n} rows`);
  findings.throwIfAny();
  const centre = Float64Array.from(covariates.columns, mean);
  const scale = Float64Array.from(covariates.columns, (column, j) => {
    const centreOfColumn = centre[j] as number;
    let sum = 0;
    for (const value of column) sum += Math.abs(value - centreOfColumn);
    return sum > 0 ? n / sum : 1;
  });
  const parts = strata === undefined ? [data] : partitionByGroup(data, strata);
  let events = 0;
  for (const code of data.status) if (code !== 0) events += 1;
  return {
    n,
    events,
    covariates,
    scale,
    strata: parts.map((part) => ({
      ...part,
      byEntry: entryOrder(part.entry),
      x: gather(part.order, covariates.columns, centre, scale),
    })),
  };
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 ? 0 : sum / values.length;
}

function entryOrder(entry: Float64Array | null): Uint32Array | null {
  if (entry === null) return null;
  return Uint32Array.from(entry.keys()).sort((a, b) => (entry[b] as number) - (entry[a] as number));
}

function gather(
  order: Uint32Array,
  columns: readonly Float64Array[],
  centre: Float64Array,
  scale: Float64Array,
): Float64Array {
  const p = columns.length;
  const x = new Float64Array(order.length * p);
  for (const [j, column] of columns.entries()) {
    const middle = centre[j] as number;
    const factor = scale[j] as number;
    for (let i = 0; i < order.length; i += 1) {
      x[i * p + j] = ((column[order[i] as number] as number) - middle) * factor;
    }
  }
  return x;
}
