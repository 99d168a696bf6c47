import type { CohortRecord, PartialDate } from '../cohort/cohort-record.generated.ts';

export declare function recordAsOf(record: CohortRecord, asOf: PartialDate): CohortRecord;
