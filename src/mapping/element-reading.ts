/** How one element of a fact is read from a row of its view, compiled once for each site; and what the readers share. */
import type { SourceFlag } from '../cohort/cohort-record.generated.ts';
import type { Code } from '../core/catalogue.ts';
import type { ConceptLookup } from '../fhir/terminology/concept-map.ts';
import type { UnitTable } from './convert-unit.ts';
import type { FactValue } from './fact.ts';
import type { ColumnReader } from './view/column-reader.ts';
import type { LocatedRow } from './view/located-row.ts';

export interface ElementFinding {
  readonly code: Code;
  readonly column: string;
  readonly found?: string;
  readonly expected?: string;
}

/** A fact that is being read: its elements write into it, one after the other. */
export interface Draft {
  readonly elements: Record<string, FactValue>;
  readonly flags: SourceFlag[];
  readonly findings: ElementFinding[];
  /** False where a required element is missing or unreadable. */
  usable: boolean;
  /** The row is not this fact at all, which is nothing to find fault with. */
  other: boolean;
}

/** What the code that selected the resource means. */
export interface Meaning {
  /** The meaning by which this fact was selected; undefined where every resource of the type is. */
  readonly kind: string | undefined;
  readonly kinds: readonly string[];
}

export type ReadElement = (row: LocatedRow, meaning: Meaning, draft: Draft) => void;

/** What of a site the reading of elements needs. */
export interface ElementSite {
  readonly timeZone: string | undefined;
  /** Map name to kind to its one target. */
  readonly kinds: ReadonlyMap<string, ReadonlyMap<string, string>>;
  lookup(map: string): ConceptLookup;
  units(dimension: string): UnitTable;
}

/** The readers of a view's columns, by name; a column that the view leaves out is empty. */
export type Columns = (name: string) => ColumnReader;

/** Nothing was said, or nothing that can be used. */
export function leaveOut(draft: Draft, map: { readonly required?: boolean }, finding?: ElementFinding): void {
  if (finding !== undefined) draft.findings.push(finding);
  if (map.required === true) draft.usable = false;
}

/** The first of the items of a column. */
export function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

/** Item of a column that stands beside another; a column speaks of a value only where each value has one. */
export function itemBeside(column: unknown, index: number, count: number): unknown {
  if (count === 1) return Array.isArray(column) ? undefined : column;
  return Array.isArray(column) && column.length === count ? column[index] : undefined;
}
