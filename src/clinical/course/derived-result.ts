import type { Source } from '../../cohort/cohort-record.generated.ts';
import type { ClinicalParameters } from '../parameters/clinical-parameters.ts';

/** What every derived result says beside its value. */
export interface DerivedResult {
  /** Id of the definition, such as `CRS_ASTCT_2019`. */
  readonly definition: string;
  readonly version: string;
  /** Number of the course in the record. */
  readonly course: number;
  readonly parameters: Partial<ClinicalParameters>;
  readonly flags: readonly string[];
  /** Inputs that could have changed the result. */
  readonly missing: readonly string[];
  /** Facts used. */
  readonly evidence: readonly Source[];
}
