import type { Extension, Observation, ObservationComponent, Parameters } from '@medplum/fhirtypes';
import type { Finding } from '../core/finding.ts';
import type { CurveReport, StratumEstimate } from '../reports/curve-report.ts';
import type { CurvePoint, EstimateAt } from '../reports/estimates.ts';
import { writtenParameters } from '../reports/report-parameters.ts';
import { REASONS } from '../statistics/reason.ts';
import { part, text } from './course-component.ts';
import { derivedId, derivedMeta } from './derived-meta.ts';
import { endpointConcept } from './endpoint-concept.ts';
import { codeSystemUrl, structureUrl } from './guide-urls.ts';
import { buildResultParameters } from './result-parameters.ts';

const UCUM = 'http://unitsofmeasure.org';

/** The answer of `Group/$survival` and `$cumulative-incidence`: an Observation for each stratum, and the attrition. */
export function curveParameters(
  group: string,
  report: CurveReport,
  findings: readonly Finding[],
): Parameters {
  const results = report.strata.map((stratum) => buildEstimate(group, report, stratum));
  const { parameter = [] } = buildResultParameters(results, findings);
  return {
    resourceType: 'Parameters',
    parameter: [
      ...report.attrition.map(({ step, n, excluded }) => ({
        name: 'attrition',
        part: [
          { name: 'step', valueCode: step },
          { name: 'n', valueInteger: n },
          ...excluded.map(({ reason, n: count }) => ({
            name: 'excluded',
            valueString: `${count}: ${reason}`,
          })),
        ],
      })),
      ...parameter,
    ],
  };
}

/** One stratum in the profile of estimates. */
function buildEstimate(group: string, report: CurveReport, stratum: StratumEstimate): Observation {
  const { endpoint, asOf, by = '', confidence, records, parameters } = report;
  const at = stratum.at.map(({ time }) => time);
  const changed = writtenParameters(parameters);
  const asked = [
    report.report,
    endpoint.id,
    by,
    stratum.stratum,
    confidence.type,
    confidence.level,
    at,
    records.digest,
    ...(changed === '' ? [] : [changed]),
  ];
  const definition = JSON.stringify(asked);
  return {
    resourceType: 'Observation',
    id: derivedId({ patient: group, definition, version: endpoint.version, asOf }),
    meta: derivedMeta('cartograph-survival-estimate'),
    ...(stratum.curve === undefined || stratum.curve.length === 0
      ? {}
      : { extension: stratum.curve.map(curveExtension) }),
    status: 'final',
    code: { coding: [{ system: codeSystemUrl('cartograph-result'), code: report.report }] },
    subject: { reference: `Group/${group}` },
    effectiveDateTime: asOf,
    method: endpointConcept(endpoint.id),
    component: [...basisComponents(report), ...stratumComponents(stratum, report), ...testComponents(report)],
  };
}

function basisComponents({
  endpoint,
  versions,
  records,
  confidence,
  by,
  parameters,
}: CurveReport): readonly ObservationComponent[] {
  return [
    component('definition-version', { valueString: endpoint.version }, 'cartograph-result-component'),
    component('mappings-version', { valueString: versions.mappings }),
    component('data-digest', { valueString: records.digest }),
    component('confidence', { valueString: `${confidence.type} ${confidence.level}` }),
    ...(by === undefined ? [] : [component('stratifier', { valueString: by })]),
    ...Object.entries(parameters).flatMap(([name, value]) => part('parameter', text(String(value)), name)),
  ];
}

function stratumComponents(
  { stratum, n, events, competing, censored, median, followUp, at }: StratumEstimate,
  { landmark }: CurveReport,
): readonly ObservationComponent[] {
  const medians = median === null ? [] : [...days('median', median.time, true)];
  return [
    component('stratum', { valueString: stratum }),
    component('patients', { valueInteger: n }),
    component('events', { valueInteger: events }),
    component('competing-events', { valueInteger: competing }),
    component('censored', { valueInteger: censored }),
    ...days('landmark', landmark?.day ?? null),
    ...medians,
    ...days('median-lower', median?.lower ?? null),
    ...days('median-upper', median?.upper ?? null),
    ...days('median-follow-up', followUp.reverse.time),
    ...at.map(estimateComponent),
  ];
}

function estimateComponent(point: EstimateAt): ObservationComponent {
  const { estimate, reason } = point;
  const value =
    estimate === null
      ? { dataAbsentReason: { text: reason === undefined ? 'not available' : REASONS[reason] } }
      : { valueQuantity: { value: estimate, system: UCUM, code: '1' } };
  return { extension: [curveExtension(point)], ...component('estimate', value) };
}

function testComponents({ test, cautions }: CurveReport): readonly ObservationComponent[] {
  const p = test?.status === 'computed' ? test.p : undefined;
  return [
    ...(test === undefined ? [] : [component('test', { valueString: test.name })]),
    ...(p === undefined
      ? []
      : [component('p-value', { valueQuantity: { value: p, system: UCUM, code: '1' } })]),
    ...cautions.map((caution) => component('caution', { valueString: caution })),
  ];
}

function curveExtension({
  time,
  atRisk,
  events,
  estimate,
  lower,
  upper,
}: EstimateAt | CurvePoint): Extension {
  const known = (url: string, valueDecimal: number | null): readonly Extension[] =>
    valueDecimal === null ? [] : [{ url, valueDecimal }];
  return {
    url: structureUrl('curve'),
    extension: [
      { url: 'time', valueDecimal: time },
      { url: 'atRisk', valueInteger: atRisk },
      { url: 'events', valueInteger: events },
      ...known('estimate', estimate),
      ...known('lower', lower),
      ...known('upper', upper),
    ],
  };
}

/** A median that is not reached is said; a limit or follow-up that is not is left out. */
function days(code: string, value: number | null, said = false): readonly ObservationComponent[] {
  if (value === null)
    return said ? [component(code, { dataAbsentReason: { text: REASONS['not-reached'] } })] : [];
  return [component(code, { valueQuantity: { value, unit: 'd', system: UCUM, code: 'd' } })];
}

function component(
  code: string,
  value: Omit<ObservationComponent, 'code'>,
  system = 'cartograph-estimate-component',
): ObservationComponent {
  return { code: { coding: [{ system: codeSystemUrl(system), code }] }, ...value };
}
