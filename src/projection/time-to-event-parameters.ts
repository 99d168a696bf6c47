import type { CodeableConcept, Observation, ObservationComponent, Parameters } from '@medplum/fhirtypes';
import type { Finding } from '../core/finding.ts';
import type { EndpointResult } from '../endpoints/endpoint-result.ts';
import { derivedId, derivedMeta } from './derived-meta.ts';
import { endpointConcept } from './endpoint-concept.ts';
import { buildEvidence } from './evidence-extension.ts';
import { codeSystemUrl } from './guide-urls.ts';
import { buildResultParameters } from './result-parameters.ts';

const UCUM = 'http://unitsofmeasure.org';

const CD19_CLASSES: Readonly<Record<NonNullable<EndpointResult['cd19']>, string>> = {
  POS: 'positive',
  NEG: 'negative',
  DIM: 'dim',
  MIXED: 'mixed',
  UNKNOWN: 'unknown',
};

const SITES: Readonly<Record<string, string>> = {
  BM: 'marrow',
  CNS: 'cns',
  TESTIS: 'testis',
  OTHER_EM: 'other-extramedullary',
};

/** The answer of `Patient/$time-to-event`: an Observation for each definition. `patient` is the record's id. */
export function timeToEventParameters(
  patient: string,
  results: readonly EndpointResult[],
  findings: readonly Finding[],
): Parameters {
  return buildResultParameters(
    results.map((result) => buildObservation(patient, result)),
    findings,
  );
}

function buildObservation(patient: string, result: EndpointResult): Observation {
  const { endpoint, version, asOf, status, reason } = result;
  const evidence = buildEvidence(result.evidence);
  return {
    resourceType: 'Observation',
    id: derivedId({ patient, definition: endpoint, version, asOf }),
    meta: derivedMeta('cartograph-time-to-event'),
    ...(evidence.length === 0 ? {} : { extension: [...evidence] }),
    status: 'final',
    code: concept('cartograph-result', 'time-to-event'),
    subject: { reference: `Patient/${patient}` },
    effectiveDateTime: asOf,
    valueCodeableConcept: concept('cartograph-result-event-status', status),
    ...(reason === undefined ? {} : { note: [{ text: reason }] }),
    method: endpointConcept(endpoint),
    component: [
      component('definition-version', { valueString: version }),
      ...outcomeComponents(result),
      ...relapseComponents(result),
      ...result.flags.map((flag) => component('flag', { valueCodeableConcept: { text: flag } })),
    ],
  };
}

function outcomeComponents({
  origin,
  type,
  date,
  days,
  months,
}: EndpointResult): readonly ObservationComponent[] {
  const parts: ObservationComponent[] = [];
  if (origin !== undefined) parts.push(component('origin-date', { valueDateTime: origin }));
  if (type !== undefined) {
    const valueCodeableConcept = concept('cartograph-result-event-type', type);
    parts.push(component('event-type', { valueCodeableConcept }));
  }
  if (date !== undefined) parts.push(component('event-date', { valueDateTime: date }));
  if (days !== undefined) parts.push(component('days', quantity(days, 'd')));
  if (months !== undefined) parts.push(component('months', quantity(months, 'mo')));
  return parts;
}

/** In the codes in which a relapse is sent. */
function relapseComponents({ cd19, site }: EndpointResult): readonly ObservationComponent[] {
  const sites = site?.split('+').map((part) => SITES[part] ?? part) ?? [];
  return [
    ...sites.map((code) => nativeComponent('relapse-site', concept('cartograph-site', code))),
    ...(cd19 === undefined
      ? []
      : [nativeComponent('cd19-class', concept('cartograph-cd19-class', CD19_CLASSES[cd19]))]),
  ];
}

function component(code: string, value: Partial<ObservationComponent>): ObservationComponent {
  return { code: concept('cartograph-result-component', code), ...value };
}

function nativeComponent(code: string, valueCodeableConcept: CodeableConcept): ObservationComponent {
  return { code: concept('cartograph-component', code), valueCodeableConcept };
}

function quantity(value: number, unit: string): Partial<ObservationComponent> {
  return { valueQuantity: { value, unit, system: UCUM, code: unit } };
}

function concept(system: string, code: string): CodeableConcept {
  return { coding: [{ system: codeSystemUrl(system), code }] };
}
