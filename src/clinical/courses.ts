import type { CohortRecord, Course } from '../cohort/cohort-record.generated.ts';

export declare function cd19Courses(record: CohortRecord): readonly Course[];
