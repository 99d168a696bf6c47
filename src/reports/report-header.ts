import schema from '../cohort/cohort-record.schema.json' with { type: 'json' };
import type { EndpointDefinition } from '../endpoints/endpoint-definition.ts';
import type { Cohort } from './select-cohort.ts';

/** What a report was made from, as the caller knows it. */
export interface ReportBasis {
  /** Version of the mapping knowledge that read the sources. */
  readonly mappings: string;
  /** Digest of the records' contents: equal for equal data, whatever their ids and order. */
  readonly digest: string;
}

/** From what a report was made. */
export interface ReportOrigin {
  readonly report: string;
  /** Cut-off: facts dated later do not exist, except as proof of being alive. */
  readonly asOf: string;
  readonly versions: { readonly model: string; readonly mappings: string };
  readonly records: { readonly n: number; readonly digest: string };
}

/** Everything that is needed to make the same table of an endpoint again. */
export interface ReportHeader extends ReportOrigin {
  readonly endpoint: {
    readonly id: string;
    readonly version: string;
    readonly title: string;
    readonly indexCourse: number;
  };
  /** Days in a month, for display. */
  readonly monthDays: number;
}

/** `n` records were read. */
export function buildReportOrigin(
  report: string,
  n: number,
  asOf: string,
  { mappings, digest }: ReportBasis,
): ReportOrigin {
  const versions = { model: schema.properties.modelVersion.const, mappings };
  return { report, asOf, versions, records: { n, digest } };
}

export function buildReportHeader(report: string, cohort: Cohort, basis: ReportBasis): ReportHeader {
  return {
    ...buildReportOrigin(report, cohort.attrition[0]?.n ?? 0, cohort.asOf, basis),
    endpoint: endpointOf(cohort.definition),
    monthDays: cohort.definition.monthDays,
  };
}

function endpointOf({ id, version, title, indexCourse }: EndpointDefinition): ReportHeader['endpoint'] {
  return { id, version, title, indexCourse };
}
