import {
  changedParameters,
  type ParameterName,
  type ParameterOverrides,
} from '../clinical/parameters/clinical-parameters.ts';
import schema from '../cohort/cohort-record.schema.json' with { type: 'json' };
import type { EndpointDefinition } from '../endpoints/endpoint-definition.ts';
import type { Cohort } from './select-cohort.ts';

/** What a report was made from, as the caller knows it. */
export interface ReportBasis {
  /** Version of the mapping knowledge that read the sources. */
  readonly mappings: string;
  /** Digest of the records' contents: equal for equal data, whatever their ids and order. */
  readonly digest: string;
  /** Clinical parameters that do not have their default. */
  readonly parameters?: ParameterOverrides;
}

/** From what a report was made. */
export interface ReportOrigin {
  readonly report: string;
  /** Cut-off: facts dated later do not exist, except as proof of being alive. */
  readonly asOf: string;
  readonly versions: { readonly model: string; readonly mappings: string };
  readonly records: { readonly n: number; readonly digest: string };
  /** Clinical parameters without their default, of those that the report rests on; endpoints rest on none. */
  readonly parameters: ParameterOverrides;
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

/** `n` records were read; `names` are the parameters that the report rests on. */
export function buildReportOrigin(
  report: string,
  n: number,
  asOf: string,
  { mappings, digest, parameters = {} }: ReportBasis,
  names: readonly ParameterName[],
): ReportOrigin {
  const versions = { model: schema.properties.modelVersion.const, mappings };
  return { report, asOf, versions, records: { n, digest }, parameters: changedParameters(parameters, names) };
}

export function buildReportHeader(
  report: string,
  cohort: Cohort,
  basis: ReportBasis,
  names: readonly ParameterName[],
): ReportHeader {
  return {
    ...buildReportOrigin(report, cohort.attrition[0]?.n ?? 0, cohort.asOf, basis, names),
    endpoint: endpointOf(cohort.definition),
    monthDays: cohort.definition.monthDays,
  };
}

function endpointOf({ id, version, title, indexCourse }: EndpointDefinition): ReportHeader['endpoint'] {
  return { id, version, title, indexCourse };
}
