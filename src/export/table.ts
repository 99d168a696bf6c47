/** What a cell may hold; null is always allowed. */
export type CellType =
  | 'boolean'
  | 'integer' // of 32 bits
  | 'long' // of 64 bits
  | 'number'
  | 'text' // anything, as CSV writes it
  | 'date' // a full calendar date, YYYY-MM-DD
  | 'instant' // a moment with its time zone, as FHIR writes it
  | 'json'; // an object

export interface TableColumn {
  readonly name: string;
  readonly type: CellType;
  /** The cells are arrays of such values. */
  readonly collection?: true;
}

/** Column name to value; null where there is none. */
export type TableRow = Readonly<Record<string, unknown>>;

export interface Table<R extends TableRow = TableRow> {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly R[];
}

/** What can be written by now: text, or bytes of a binary format; empty while the format still gathers rows. */
export type Chunk = string | Uint8Array;

/** A table that is written as its rows come, so that one of any size flows through. */
export interface OpenTable {
  readonly head: Chunk;
  /** Throws CartographError `cell-type-mismatch` where the format has types and a cell is not of its column's. */
  readonly add: (row: TableRow) => Chunk;
  readonly end: () => Chunk;
}
