/** `$cart-summary`: a document of one person's course, its results and what stands behind them. */
import type {
  Bundle,
  BundleEntry,
  Composition,
  CompositionSection,
  Device,
  Resource,
} from '@medplum/fhirtypes';
import type { CourseResults } from '../clinical/course-results.ts';
import type { ParameterOverrides } from '../clinical/parameters/clinical-parameters.ts';
import type { PartialDate } from '../core/partial-date.ts';
import type { HctAssessment } from '../eligibility/hct-assessment.ts';
import type { EndpointResult } from '../endpoints/endpoint-result.ts';
import { writtenParameters } from '../reports/report-parameters.ts';
import { type CourseOperation, courseObservations } from './course-results-parameters.ts';
import { derivedId, derivedMeta } from './derived-meta.ts';
import { codeSystemUrl } from './guide-urls.ts';
import { buildGuidanceResponse } from './hct-consolidation-parameters.ts';
import { timeToEventParameters } from './time-to-event-parameters.ts';

const DEFINITION = 'cart-summary';
const VERSION = '2';

/** Sections of the results of courses, in their order. */
const COURSE_SECTIONS: readonly (readonly [CourseOperation, string])[] = [
  ['toxicity', 'Toxicity'],
  ['response', 'Response'],
  ['b-cell-aplasia', 'B-cell aplasia'],
  ['car-kinetics', 'Kinetics of CAR-T cells'],
  ['risk-factors', 'Risk factors and considerations'],
];

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
  readonly courses: readonly CourseResults[];
  /** What the results of courses were derived with beside the defaults. */
  readonly overrides: ParameterOverrides;
  readonly endpoints: readonly EndpointResult[];
  readonly hct: HctAssessment;
}

export function buildCartSummary(summary: CartSummary): Bundle {
  const { patient, asOf, now, base, patients, infusions, hct, courses, overrides } = summary;
  const changed = writtenParameters(overrides);
  const definition = changed === '' ? DEFINITION : `${DEFINITION}#${changed}`;
  const identity = { patient, definition, version: VERSION, asOf };
  const id = derivedId(identity);
  const results = resultsOf(summary);
  const ofCourses = COURSE_SECTIONS.map(([operation, title]) => ({
    operation,
    title,
    resources: courseObservations(courses, { operation, patient, asOf, overrides }),
  }));
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
      ...ofCourses.map(({ operation, title, resources }) => section(operation, title, resources)),
      section('endpoints', 'Endpoints', results),
      section('hct-consolidation', 'Eligibility for consolidative HCT', [guidance]),
    ],
  };
  const resources: readonly Resource[] = [
    composition,
    ...patients,
    ...infusions,
    ...ofCourses.flatMap(({ resources: own }) => own),
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
