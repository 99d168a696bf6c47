/** What the FHIR interface offers: the routes and the CapabilityStatement are made from it. */

import type { CourseOperation } from '../../projection/course-results-parameters.ts';

/** On every resource type of R4. */
export const RESOURCE_INTERACTIONS = [
  'read',
  'vread',
  'update',
  'patch',
  'delete',
  'history-instance',
  'history-type',
  'create',
  'search-type',
] as const;
export const SYSTEM_INTERACTIONS = ['transaction', 'batch', 'history-system', 'search-system'] as const;

export interface PatientOperation {
  /** Without the dollar sign. */
  readonly name: 'time-to-event' | 'hct-consolidation' | CourseOperation;
  readonly definition: string;
  readonly parameters: readonly string[];
}

const DEFINITIONS = 'https://cartograph.example.org/fhir/OperationDefinition/';
/** Of the search parameters that are the guide's own. */
export const SEARCH_DEFINITIONS = 'https://cartograph.example.org/fhir/SearchParameter/';

export const PATIENT_OPERATIONS: readonly PatientOperation[] = [
  {
    name: 'time-to-event',
    definition: `${DEFINITIONS}patient-time-to-event`,
    parameters: ['asOf', 'endpoint'],
  },
  {
    name: 'hct-consolidation',
    definition: `${DEFINITIONS}patient-hct-consolidation`,
    parameters: ['asOf', 'knownAsOf', 'ruleset'],
  },
  ...(['response', 'toxicity', 'b-cell-aplasia', 'car-kinetics', 'risk-factors'] as const).map((name) => ({
    name,
    definition: `${DEFINITIONS}patient-${name}`,
    parameters: ['asOf', 'course', 'definition', 'parameter'],
  })),
];

/** On Patient, beside those that answer with Parameters. */
export const STANDARD_OPERATIONS = [
  { name: 'everything', definition: 'http://hl7.org/fhir/OperationDefinition/Patient-everything' },
  { name: 'cart-summary', definition: `${DEFINITIONS}patient-cart-summary` },
] as const;

/** On the system. */
export const MESSAGE_OPERATION = {
  name: 'process-message',
  definition: `${DEFINITIONS}process-message`,
} as const;

/** On every resource type, and on the system. */
export const VALIDATE_OPERATION = {
  name: 'validate',
  definition: 'http://hl7.org/fhir/OperationDefinition/Resource-validate',
} as const;

/** On Group. */
export const GROUP_OPERATIONS = [
  { name: 'hct-consolidation', definition: `${DEFINITIONS}group-hct-consolidation` },
  { name: 'survival', definition: `${DEFINITIONS}group-survival` },
  { name: 'cumulative-incidence', definition: `${DEFINITIONS}group-cumulative-incidence` },
] as const;

const BULK_DATA = 'http://hl7.org/fhir/uv/bulkdata';

/** Guides whose requirements of a server are met. */
export const INSTANTIATES: readonly string[] = [
  'https://cartograph.example.org/fhir/CapabilityStatement/cartograph-server',
  `${BULK_DATA}/CapabilityStatement/bulk-data`,
];

/** In the background: of the system, of all Patients, and of a Group. */
export const EXPORT_OPERATIONS = {
  system: { name: 'export', definition: `${BULK_DATA}/OperationDefinition/export` },
  patient: { name: 'export', definition: `${BULK_DATA}/OperationDefinition/patient-export` },
  group: { name: 'export', definition: `${BULK_DATA}/OperationDefinition/group-export` },
} as const;

/** In the background, of the system; there where the settings allow something to be imported from. */
export const IMPORT_OPERATION = { name: 'import', definition: `${DEFINITIONS}import` } as const;
