import type { Writable } from 'node:stream';
import type { Finding } from '../core/finding.ts';
import type { Progress } from './progress.ts';

/** Findings to standard error, one a line; remembers whether any of them is an error of the input. */
export class FindingsReport {
  readonly #stream: Writable;
  readonly #progress: Progress;
  #errors = 0;

  constructor(stream: Writable, progress: Progress) {
    this.#stream = stream;
    this.#progress = progress;
  }

  get hasErrors(): boolean {
    return this.#errors > 0;
  }

  /** Counts errors that are told elsewhere. */
  noteErrors(count: number): void {
    this.#errors += count;
  }

  add(finding: Finding): void {
    if (finding.severity === 'error') this.#errors += 1;
    this.#progress.clear();
    this.#stream.write(`${JSON.stringify(finding)}\n`);
  }
}
