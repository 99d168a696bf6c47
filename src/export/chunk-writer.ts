import { type BulkList, saveChunk } from '../store/bulk/bulk-files.ts';
import type { BulkRun } from '../store/bulk/bulk-runs.ts';
import type { Queryable } from '../store/database.ts';

/** Puts lines into the files of a job: a file has one type, and not many more lines than it may. */
export class ChunkWriter {
  readonly #db: Queryable;
  readonly #run: BulkRun;
  readonly #linesPerFile: number;
  #file = 0;
  #seq = 0;
  #linesOfFile = 0;
  #current = '';
  lines = 0;

  constructor(db: Queryable, run: BulkRun, linesPerFile: number) {
    this.#db = db;
    this.#run = run;
    this.#linesPerFile = linesPerFile;
  }

  /** `ids` of the stored resources that the lines are; none where they are none. Throws RunSuperseded. */
  async write(list: BulkList, type: string, lines: readonly string[], ids: readonly string[]): Promise<void> {
    if (lines.length === 0) return;
    const name = `${list} ${type}`;
    if (name !== this.#current || this.#linesOfFile >= this.#linesPerFile) {
      this.#current = name;
      this.#file += 1;
      this.#seq = 0;
      this.#linesOfFile = 0;
    }
    this.#seq += 1;
    await saveChunk(this.#db, this.#run, {
      file: this.#file,
      seq: this.#seq,
      list,
      type,
      ids,
      lines: lines.length,
      content: `${lines.join('\n')}\n`,
    });
    this.#linesOfFile += lines.length;
    this.lines += lines.length;
  }
}
