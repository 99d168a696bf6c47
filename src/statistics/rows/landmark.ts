import { InputFindings } from '../data/input-findings.ts';

/** A landmark analysis: who is still followed at the landmark, in the order of the input. */
export interface LandmarkRows {
  readonly landmark: number;
  /** Rows of the input that are in. */
  readonly row: readonly number[];
  /** Since the landmark. */
  readonly time: readonly number[];
  readonly status: readonly number[];
  /** 1 where the exposure had begun by the landmark, else 0; it never changes afterwards. */
  readonly exposed: readonly number[];
  readonly excluded: { readonly eventBefore: number; readonly censoredBefore: number };
}

export interface ExposureInput {
  readonly time: ArrayLike<number>;
  /** 0 censored, other the event (or its cause). */
  readonly status: ArrayLike<number>;
  /** When each patient's exposure began (transplantation, say), on the scale of `time`; null if never. */
  readonly exposure: readonly (number | null)[];
}

/**
 * Rows for a comparison by what had happened until the landmark (Anderson, Cain and Gelber 1983). Who had the event
 * or was censored at the landmark or before is out; an exposure after it does not count. Throws
 * `statistics-input-invalid` for unusable rows.
 */
export function buildLandmarkRows(input: ExposureInput, landmark: number): LandmarkRows {
  checkExposure(input);
  const rows = { row: [] as number[], time: [] as number[], status: [] as number[], exposed: [] as number[] };
  let eventBefore = 0;
  let censoredBefore = 0;
  for (const [row, exposure] of input.exposure.entries()) {
    const time = input.time[row] as number;
    const status = input.status[row] as number;
    if (time <= landmark) {
      if (status === 0) censoredBefore += 1;
      else eventBefore += 1;
      continue;
    }
    rows.row.push(row);
    rows.time.push(time - landmark);
    rows.status.push(status);
    rows.exposed.push(exposure !== null && exposure <= landmark ? 1 : 0);
  }
  return { landmark, ...rows, excluded: { eventBefore, censoredBefore } };
}

export function checkExposure(input: ExposureInput): void {
  const findings = new InputFindings();
  const { time, status, exposure } = input;
  if (status.length !== time.length || exposure.length !== time.length) {
    findings.table('The columns have different lengths', 'one time, status and exposure for each row');
    findings.throwIfAny();
  }
  for (const [row, began] of exposure.entries()) {
    const end = time[row] as number;
    const code = status[row] as number;
    if (!(Number.isFinite(end) && end >= 0)) findings.row(row, 'time', end, 'a number of 0 or more');
    if (!(Number.isInteger(code) && code >= 0))
      findings.row(row, 'status', code, 'a whole number of 0 or more');
    if (began !== null && !Number.isFinite(began)) findings.row(row, 'exposure', began, 'a number, or null');
  }
  findings.throwIfAny();
}
