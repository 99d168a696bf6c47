import type { Source } from '../../cohort/cohort-record.generated.ts';
import type { Tristate } from '../../core/tristate.ts';

/** What one flag found. */
export interface RiskFlagReading {
  readonly status: Tristate;
  /** The value that was seen, with its unit. */
  readonly observed?: string;
  readonly threshold?: string;
  readonly evidence: readonly Source[];
}
