import type { Writable } from 'node:stream';
import type { PartialDate } from '../core/partial-date.ts';
import type { FindingsReport } from './findings-report.ts';
import type { NdjsonOutput } from './ndjson-output.ts';
import type { Progress } from './progress.ts';

/** What every subcommand is given: its streams, and today's date, read once from the clock. */
export interface CommandContext {
  readonly output: NdjsonOutput;
  readonly report: FindingsReport;
  readonly progress: Progress;
  readonly stderr: Writable;
  /** In the time zone of this machine. */
  readonly today: PartialDate;
}
