/** Small cohorts for the tests of reports. */
import type { CohortRecord } from '../../src/cohort/cohort-record.generated.ts';
import { addDays } from '../../src/core/partial-date.ts';
import { endpointDefinition } from '../../src/endpoints/endpoint-definitions.ts';
import type { CurveReportRequest } from '../../src/reports/curve-report.ts';
import { parseStratum } from '../../src/reports/parse-stratum.ts';
import { type Cohort, selectCohort } from '../../src/reports/select-cohort.ts';
import { diedOn, infusedOn, type RecordParts, recordOf, statusOn } from '../support/record-builder.ts';

export const INFUSION = '2020-01-01';
export const AS_OF = '2024-12-31';

/** Day after the infusion as a date. */
export function day(days: number): string {
  return addDays(INFUSION, days);
}

/** In remission on day 28 and seen alive on the last day, unless the parts say otherwise. */
export function patient(id: string, lastDay: number, parts: RecordParts = {}): CohortRecord {
  const record = recordOf({
    courses: infusedOn(INFUSION),
    statuses: [statusOn(day(28), 'CR')],
    lastContact: day(lastDay),
    ...parts,
  });
  return { ...record, id };
}

export function dead(id: string, onDay: number, parts: RecordParts = {}): CohortRecord {
  return patient(id, onDay, { death: diedOn(day(onDay)), ...parts });
}

export function cohortOf(endpoint: string, ...records: readonly CohortRecord[]): Cohort {
  const definition = endpointDefinition(endpoint);
  if (definition === undefined) throw new Error(`No such definition: ${endpoint}`);
  return selectCohort(records, definition, AS_OF);
}

export function request(by?: string, at: readonly number[] = []): CurveReportRequest {
  return {
    confidence: { type: 'log-log', level: 0.95 },
    at,
    curve: true,
    ...(by === undefined ? {} : { by: parseStratum(by) }),
    basis: { mappings: 'm', digest: 'd' },
  };
}
