/** `$cart-summary`: a document of one person's course, its results and what stands behind them. */
import type {
  Bundle,
  BundleEntry,
  Composition,
  CompositionSection,
  Device,
  Resource,
} from '@medplum/fhirtypes';
import type { PartialDate } from '../core/partial-date.ts';
import type { HctAssessment } from '../eligibility/hct-assessment.ts';
import type { EndpointResult } from '../endpoints/endpoint-result.ts';
import { derivedId, derivedMeta } from './derived-meta.ts';
import { codeSystemUrl } from './guide-urls.ts';
import { buildGuidanceResponse } from './hct-consolidation-parameters.ts';
import { timeToEventParameters } from './time-to-event-parameters.ts';

const DEFINITION = 'cart-summary';
const VERSION = '1';

export interface CartSummary {
  /** Id of the record. */
  readonly patient: string;
  readonly asOf: PartialDate;
  /** ISO instant at which the document is made. */
  readonly now: string;
  /** Address of the FHIR interface. */
  readonly base: string;
  /** Stored resources: the Patients of the person, then those of the infusions. */
  readonly patients: readonly Resource[];
  readonly infusions: readonly Resource[];
  readonly endpoints: readonly EndpointResult[];
  readonly hct: HctAssessment;
}

export function buildCartSummary(summary: CartSummary): Bundle {
  const { patient, asOf, now, base, patients, infusions, hct } = summary;
  const identity = { patient, definition: DEFINITION, version: VERSION, asOf };
  const id = derivedId(identity);
  const results = resultsOf(summary);
  const guidance = buildGuidanceResponse(hct);
  const device = serviceDevice(id);
  const composition: Composition = {
    resourceType: 'Composition',
    id,
    meta: derivedMeta('cartograph-summary'),
    status: 'final',
    type: { coding: [{ system: 'http://loinc.org', code: '60591-5' }], text: 'CAR-T summary' },
    subject: { reference: `Patient/${patient}` },
    date: now,
    author: [{ reference: `Device/${device.id}` }],
    title: `CAR-T summary as of ${asOf}`,
    section: [
      ...(patients.length > 1 ? [section('patients', 'Records of the patient', patients)] : []),
      section('infusions', 'CAR-T infusions', infusions),
      section('endpoints', 'Endpoints', results),
      section('hct-consolidation', 'Eligibility for consolidative HCT', [guidance]),
    ],
  };
  const resources: readonly Resource[] = [
    composition,
    ...patients,
    ...infusions,
    ...results,
    guidance,
    device,
  ];
  return {
    resourceType: 'Bundle',
    id,
    type: 'document',
    identifier: { system: codeSystemUrl('cartograph-document'), value: id },
    timestamp: now,
    entry: resources.map((resource): BundleEntry => ({ fullUrl: `${base}/${nameOf(resource)}`, resource })),
  };
}

function resultsOf({ patient, endpoints }: CartSummary): readonly Resource[] {
  const { parameter } = timeToEventParameters(patient, endpoints, []);
  return (parameter ?? []).flatMap(({ name, resource }) =>
    name === 'result' && resource !== undefined ? [resource] : [],
  );
}

/** A section without entries says that there is nothing. */
function section(kind: string, title: string, resources: readonly Resource[]): CompositionSection {
  const code = { coding: [{ system: codeSystemUrl('cartograph-result-section'), code: kind }] };
  const entry = resources.map((resource) => ({ reference: nameOf(resource) }));
  if (entry.length > 0) return { title, code, entry };
  const system = 'http://terminology.hl7.org/CodeSystem/list-empty-reason';
  return { title, code, emptyReason: { coding: [{ system, code: 'unavailable' }] } };
}

function serviceDevice(id: string): Device & { readonly id: string } {
  return {
    resourceType: 'Device',
    id: `cartograph-${id}`.slice(0, 64),
    deviceName: [{ name: 'Cartograph', type: 'model-name' }],
  };
}

function nameOf(resource: Resource): string {
  return `${resource.resourceType}/${resource.id ?? ''}`;
}
