import { InputFindings } from './input-findings.ts';

/** To which group each row of the input belongs. */
export interface Groups {
  /** Index into `labels`, one for each row of the input. */
  readonly codes: Int32Array;
  readonly labels: readonly string[];
}

/**
 * Groups from a column. Numbers are ordered by value, texts by character code, and the first is the reference.
 * With `levels` the order is that, and a level without rows stays, as an empty group; a value outside of them
 * is rejected with `statistics-input-invalid`, as is a missing one.
 */
export function parseGroups(
  values: ArrayLike<string | number>,
  levels?: readonly (string | number)[],
): Groups {
  const findings = new InputFindings();
  const order = levels ?? sortedLevels(values, findings);
  const codeOf = new Map<string | number, number>();
  for (const [code, level] of order.entries()) codeOf.set(level, code);
  const codes = new Int32Array(values.length);
  for (let row = 0; row < values.length; row += 1) {
    const code = codeOf.get(values[row] as string | number);
    if (code !== undefined) codes[row] = code;
    else if (levels !== undefined) findings.row(row, 'group', values[row], `one of ${levels.join(', ')}`);
  }
  findings.throwIfAny();
  return { codes, labels: order.map(String) };
}

function sortedLevels(values: ArrayLike<string | number>, findings: InputFindings): (string | number)[] {
  const distinct = new Set<string | number>();
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row];
    if (typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value)))
      distinct.add(value);
    else findings.row(row, 'group', value, 'a text or a finite number');
  }
  const all = [...distinct];
  if (all.every((value) => typeof value === 'number')) return all.sort((a, b) => a - b);
  return all.sort((a, b) => (String(a) < String(b) ? -1 : 1));
}
