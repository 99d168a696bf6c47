/** What a resource is found by. */

export interface DateRow {
  readonly parameter: string;
  /** ISO instants, or `-infinity` and `infinity`. */
  readonly low: string;
  readonly high: string;
}

export interface QuantityRow {
  readonly parameter: string;
  readonly system: string;
  readonly code: string;
  readonly unit: string;
  readonly low: number;
  readonly high: number;
  /** What it can be compared with: a dimension of UCUM, else its own unit; low and high in the base units of that. */
  readonly dimension: string;
  readonly canonicalLow: number;
  readonly canonicalHigh: number;
  /** Forms of the codes that stand beside it, for composites. */
  readonly concepts: readonly string[];
}

export interface StringRow {
  readonly parameter: string;
  /** Normalised. */
  readonly text: string;
}

export interface SearchRows {
  readonly tokens: ReadonlySet<string>;
  readonly dates: readonly DateRow[];
  readonly quantities: readonly QuantityRow[];
  readonly strings: readonly StringRow[];
  /** Parameters by the text of the reference that they lead to. */
  readonly references: ReadonlyMap<string, ReadonlySet<string>>;
}
