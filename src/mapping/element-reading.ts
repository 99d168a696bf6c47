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

export function value(name: string, found: FactValue, flags: readonly SourceFlag[] = []): ElementReading {
  return { values: { [name]: found }, flags, findings: [], usable: true };
}

export function absent(
  map: { readonly required?: boolean },
  ...findings: readonly ElementFinding[]
): ElementReading {
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
  return present(found) ? [found] : [];
}
