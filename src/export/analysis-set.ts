import type { CohortRecord, PartialDate } from '../cohort/cohort-record.generated.ts';
import { deriveFromFacts } from '../endpoints/derive-endpoint.ts';
import type { EndpointDefinition } from '../endpoints/endpoint-definition.ts';
import { deriveEndpointFacts } from '../endpoints/endpoint-facts.ts';

/** A row of a table for statisticians; null where there is no value. */
export type AnalysisRow = Readonly<Record<string, string | number | null>>;

/** One patient and one definition, as our own names have it: everybody has a row, also who has no time. */
export function buildAnalysisSet(
  records: readonly CohortRecord[],
  definitions: readonly EndpointDefinition[],
  asOf: PartialDate,
): readonly AnalysisRow[] {
  return records.flatMap((record) => {
    const facts = deriveEndpointFacts(record, asOf);
    return definitions.map((definition): AnalysisRow => {
      const result = deriveFromFacts(definition, facts);
      const course = facts.course(definition.indexCourse)?.course;
      return {
        patient: record.id,
        endpoint: result.endpoint,
        version: result.version,
        asOf: result.asOf,
        course: course?.number ?? null,
        product: course?.product.code ?? null,
        sex: record.patient.sex?.value ?? null,
        origin: result.origin ?? null,
        status: result.status,
        type: result.type ?? null,
        date: result.date ?? null,
        days: result.days ?? null,
        months: result.months ?? null,
        cd19: result.cd19 ?? null,
        site: result.site ?? null,
        reason: result.reason ?? null,
        spanDays: result.spanDays ?? null,
        flags: result.flags.join(';'),
        evidence: result.evidence.map(({ reference, path }) => `${reference}#${path}`).join(';'),
      };
    });
  });
}
