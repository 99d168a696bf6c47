/** What reading one element of a row gives, and the small readers that all of them share. */
import type { SourceFlag } from '../cohort/cohort-record.generated.ts';
import type { Code } from '../core/catalogue.ts';
import type { FactValue } from './fact.ts';

export type Row = Readonly<Record<string, unknown>>;

export interface ElementFinding {
  readonly code: Code;
  readonly column: string;
  readonly found?: string;
  readonly expected?: string;
}

export interface ElementReading {
  readonly values: Readonly<Record<string, FactValue>>;
  readonly flags: readonly SourceFlag[];
  readonly findings: readonly ElementFinding[];
  /** False where a required element is missing or unreadable. */
  readonly usable: boolean;
  /** The row is not this fact at all, which is nothing to find fault with. */
  readonly other?: true;
}

/** What the code that selected the resource means. */
export interface Meaning {
  /** The meaning by which this fact was selected; undefined where every resource of the type is. */
  readonly kind: string | undefined;
  readonly kinds: readonly string[];
}

export const NOTHING: ElementReading = { values: {}, flags: [], findings: [], usable: true };

const NO_FLAGS: readonly SourceFlag[] = [];
const NO_FINDINGS: readonly ElementFinding[] = [];
const MISSING: ElementReading = { ...NOTHING, usable: false };

export function value(
  name: string,
  found: FactValue,
  flags: readonly SourceFlag[] = NO_FLAGS,
): ElementReading {
  return { values: { [name]: found }, flags, findings: NO_FINDINGS, usable: true };
}

export function absent(
  map: { readonly required?: boolean },
  ...findings: readonly ElementFinding[]
): ElementReading {
  if (findings.length === 0) return map.required === true ? MISSING : NOTHING;
  return { ...NOTHING, findings, usable: map.required !== true };
}

export function present(found: unknown): boolean {
  return found !== undefined && found !== null;
}

/** The first value of a column. */
export function scalar(row: Row, column: string): unknown {
  const found = row[column];
  return Array.isArray(found) ? found[0] : found;
}

export function list(row: Row, column: string): readonly unknown[] {
  const found = row[column];
  if (Array.isArray(found)) return found;
  return present(found) ? [found] : NO_VALUES;
}

const NO_VALUES: readonly unknown[] = [];

/** Names of the parallel columns of a code and of a quantity; put together once for each prefix of the mapping files. */
export interface PrefixColumns {
  readonly system: string;
  readonly code: string;
  readonly text: string;
  readonly value: string;
  readonly comparator: string;
  readonly ucum: string;
  readonly unit: string;
}

const COLUMNS = new Map<string, PrefixColumns>();

export function columnsOf(prefix: string): PrefixColumns {
  let columns = COLUMNS.get(prefix);
  if (columns === undefined) {
    columns = {
      system: `${prefix}__system`,
      code: `${prefix}__code`,
      text: `${prefix}__text`,
      value: `${prefix}__value`,
      comparator: `${prefix}__comparator`,
      ucum: `${prefix}__ucum`,
      unit: `${prefix}__unit`,
    };
    COLUMNS.set(prefix, columns);
  }
  return columns;
}
