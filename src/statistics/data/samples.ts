import { InputFindings } from './input-findings.ts';

/** A sample of finite numbers; throws `statistics-input-invalid` with the rows that are not. */
export function parseSample(values: ArrayLike<number>, name: string): Float64Array {
  const findings = new InputFindings();
  checkSample(values, name, findings);
  findings.throwIfAny();
  return Float64Array.from(values);
}

/** Two samples of equal length, row by row of the same patient. */
export function parsePairs(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
): [Float64Array, Float64Array] {
  const findings = new InputFindings();
  if (first.length !== second.length) {
    findings.table('The two samples have different lengths', 'one value of each for every pair');
  }
  checkSample(first, 'first value', findings);
  checkSample(second, 'second value', findings);
  findings.throwIfAny();
  return [Float64Array.from(first), Float64Array.from(second)];
}

function checkSample(values: ArrayLike<number>, name: string, findings: InputFindings): void {
  for (let row = 0; row < values.length; row += 1) {
    if (!Number.isFinite(values[row])) findings.row(row, name, values[row], 'a finite number');
  }
}
