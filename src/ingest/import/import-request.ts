/** What an import is asked for and how far it is, as they are kept with the job. */

/** One NDJSON file that is to be imported. */
export type ImportSource =
  | { readonly kind: 'file'; readonly path: string; readonly name: string }
  | { readonly kind: 'url'; readonly url: string; readonly name: string };

export interface ImportRequest {
  readonly sources: readonly ImportSource[];
}

/** What became of the lines of one file. */
export interface ImportCounts {
  readonly stored: number;
  /** Stored already, with the same content. */
  readonly unchanged: number;
  readonly failed: number;
}

export interface ImportProgress {
  /** Position of the file at hand among the sources. */
  readonly source: number;
  /** Its last line that is done with. */
  readonly line: number;
  /** Tells whether the file is the one that was begun; undefined where nothing does. */
  readonly fingerprint?: string;
  /** Of each file so far, that at hand last. */
  readonly counts: readonly ImportCounts[];
  /** Pieces of the error file. */
  readonly errorPieces: number;
  /** Those of them that are about the files before that at hand. */
  readonly earlierPieces: number;
}

export const NOTHING_IMPORTED: ImportCounts = { stored: 0, unchanged: 0, failed: 0 };

export const IMPORT_BEGINNING: ImportProgress = {
  source: 0,
  line: 0,
  counts: [],
  errorPieces: 0,
  earlierPieces: 0,
};
