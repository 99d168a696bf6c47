import { InputFindings } from '../data/input-findings.ts';

export interface CovariateInput {
  readonly name: string;
  /** Numbers as they are; texts are a factor, whose first level in order of character code is the reference. */
  readonly values: ArrayLike<number> | readonly string[];
}

/** The columns of a regression, without an intercept. */
export interface Covariates {
  readonly rows: number;
  /** A factor's column is `name=level`. */
  readonly names: readonly string[];
  /** The covariate that each column belongs to. */
  readonly terms: readonly string[];
  readonly columns: readonly Float64Array[];
}

/**
 * Throws `statistics-input-invalid` on unequal lengths, numbers that are not finite, mixed columns and a factor of one
 * level, which would otherwise vanish without a word.
 */
export function parseCovariates(inputs: readonly CovariateInput[]): Covariates {
  const findings = new InputFindings();
  const rows = inputs[0]?.values.length ?? 0;
  const names: string[] = [];
  const terms: string[] = [];
  const columns: Float64Array[] = [];
  for (const { name, values } of inputs) {
    if (values.length !== rows) findings.table(`Covariate ${name} has another length`, `${rows} values`);
    for (const column of columnsOf(name, values, findings)) {
      names.push(column.name);
      terms.push(name);
      columns.push(column.values);
    }
  }
  findings.throwIfAny();
  return { rows, names, terms, columns };
}

interface NamedColumn {
  readonly name: string;
  readonly values: Float64Array;
}

function columnsOf(
  name: string,
  values: CovariateInput['values'],
  findings: InputFindings,
): readonly NamedColumn[] {
  const isText = values.length > 0 && typeof values[0] === 'string';
  const expected = isText ? 'a text, as in the first row' : 'a finite number';
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row];
    const fits = isText ? typeof value === 'string' : typeof value === 'number' && Number.isFinite(value);
    if (!fits) findings.row(row, name, value, expected);
  }
  if (!isText) return [{ name, values: Float64Array.from(values as ArrayLike<number>) }];
  const texts = Array.from(values as readonly string[]);
  const levels = [...new Set(texts)].sort((a, b) => (a < b ? -1 : 1));
  if (levels.length < 2) findings.table(`Covariate ${name} has one level only`, 'two levels or more');
  return levels.slice(1).map((level) => ({
    name: `${name}=${level}`,
    values: Float64Array.from(texts, (text) => (text === level ? 1 : 0)),
  }));
}
