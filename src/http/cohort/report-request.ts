/** What reports are asked for by parameters. */

import type { ParameterName } from '../../clinical/parameters/clinical-parameters.ts';
import type { CohortRecord } from '../../cohort/cohort-record.generated.ts';
import { quote } from '../../core/finding.ts';
import type { EndpointCatalogue } from '../../endpoints/endpoint-catalogue.ts';
import type { EndpointDefinition } from '../../endpoints/endpoint-definition.ts';
import { digestRecords } from '../../projection/records-digest.ts';
import {
  buildCurveReport,
  type CurveReport,
  type CurveReportKind,
  stratumParameters,
} from '../../reports/curve-report.ts';
import { parseStratum } from '../../reports/parse-stratum.ts';
import type { ReportBasis } from '../../reports/report-header.ts';
import { selectCohort } from '../../reports/select-cohort.ts';
import {
  CONFIDENCE_TYPES,
  type ConfidenceType,
  DEFAULT_CONFIDENCE,
} from '../../statistics/survival/confidence-band.ts';
import type { HttpDeps } from '../http-deps.ts';
import {
  asOfOf,
  invalid,
  type OperationParameters,
  reportOverridesOf,
} from '../operations/operation-parameters.ts';

export const CURVE_PARAMETERS = ['asOf', 'endpoint', 'by', 'at', 'conf', 'parameter'] as const;

/** Days of one, two, three and five years. */
const YEARS = [365, 731, 1096, 1826];

/** Throws `parameter-invalid`, and what the report itself refuses. */
export function curveReportOf(
  kind: CurveReportKind,
  records: readonly CohortRecord[],
  parameters: OperationParameters,
  deps: ReportDeps & Pick<HttpDeps, 'endpoints' | 'today'>,
): CurveReport {
  const definition = endpointOf(parameters, deps.endpoints);
  const text = oneOf('by', parameters);
  const by = text === undefined ? undefined : parseStratum(text);
  const basis = basisOf(records, parameters, stratumParameters(by), deps);
  const cohort = selectCohort(records, definition, asOfOf(parameters, deps.today));
  return buildCurveReport(kind, cohort, {
    ...(by === undefined ? {} : { by }),
    at: timesOf(parameters),
    curve: true,
    confidence: { ...DEFAULT_CONFIDENCE, type: confidenceOf(parameters) },
    basis,
  });
}

type ReportDeps = Pick<HttpDeps, 'mappingsVersion' | 'parameters'>;

/** What a report is made from. Throws `parameter-invalid` for a clinical parameter that is not among `names`. */
export function basisOf(
  records: readonly CohortRecord[],
  parameters: OperationParameters,
  names: readonly ParameterName[],
  deps: ReportDeps,
): ReportBasis {
  return {
    mappings: deps.mappingsVersion,
    digest: digestRecords(records),
    parameters: reportOverridesOf(parameters, deps.parameters, names),
  };
}

/** One definition: `standard` where none is named, if there is one. */
export function endpointOf(
  parameters: OperationParameters,
  { definitions, find }: EndpointCatalogue,
  standard?: string,
): EndpointDefinition {
  const id = oneOf('endpoint', parameters) ?? standard;
  const definition = id === undefined ? undefined : find(id);
  if (definition !== undefined) return definition;
  throw invalid(
    'endpoint',
    id === undefined ? 'none' : quote(id),
    definitions.map((one) => one.id).join(', '),
  );
}

/** The named definitions, each once; all of them unless any is named. */
export function endpointsOf(
  parameters: OperationParameters,
  { definitions, find }: EndpointCatalogue,
): readonly EndpointDefinition[] {
  const ids = parameters.get('endpoint');
  if (ids === undefined) return definitions;
  return [...new Set(ids)].map((id) => {
    const definition = find(id);
    if (definition !== undefined) return definition;
    throw invalid('endpoint', quote(id), definitions.map((one) => one.id).join(', '));
  });
}

function oneOf(name: string, parameters: OperationParameters): string | undefined {
  const [given, ...more] = parameters.get(name) ?? [];
  if (more.length > 0) throw invalid(name, `${more.length + 1} values`, 'one');
  return given;
}

function timesOf(parameters: OperationParameters): readonly number[] {
  const given = parameters.get('at');
  if (given === undefined) return YEARS;
  const times = given
    .flatMap((text) => text.split(','))
    .map((text) => (text.trim() === '' ? Number.NaN : Number(text)));
  if (times.every((time) => Number.isFinite(time) && time >= 0)) return times;
  throw invalid('at', quote(given.join(',')), 'days after the origin, numbers of 0 or more');
}

function confidenceOf(parameters: OperationParameters): ConfidenceType {
  const given = oneOf('conf', parameters);
  const type = CONFIDENCE_TYPES.find((one) => one === given);
  if (given === undefined) return DEFAULT_CONFIDENCE.type;
  if (type === undefined) throw invalid('conf', quote(given), CONFIDENCE_TYPES.join(', '));
  return type;
}
