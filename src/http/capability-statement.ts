import type { CapabilityStatement } from '@medplum/fhirtypes';
import { R4_RESOURCE_TYPES } from '../fhir/r4-elements.generated.ts';
import {
  GROUP_OPERATIONS,
  PATIENT_OPERATIONS,
  RESOURCE_INTERACTIONS,
  SYSTEM_INTERACTIONS,
} from './interactions.ts';

/** What is really there, as of the day the service started. */
export function buildCapabilityStatement(softwareVersion: string, date: string): CapabilityStatement {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date,
    kind: 'instance',
    software: { name: 'Cartograph', version: softwareVersion },
    implementation: { description: 'FHIR adapter for CD19 CAR-T therapy in B-cell ALL' },
    fhirVersion: '4.0.1',
    format: ['json'],
    rest: [
      {
        mode: 'server',
        documentation: 'Conditional requests and references: only identifier=system|value.',
        interaction: SYSTEM_INTERACTIONS.map((code) => ({ code })),
        resource: R4_RESOURCE_TYPES.map((type) => ({
          type: type as 'Patient',
          interaction: RESOURCE_INTERACTIONS.map((code) => ({ code })),
          versioning: 'versioned',
          updateCreate: true,
          conditionalCreate: true,
          conditionalUpdate: true,
          ...operationsOn(type),
        })),
      },
    ],
  };
}

function operationsOn(type: string) {
  const offered = { Patient: PATIENT_OPERATIONS, Group: GROUP_OPERATIONS }[type];
  return offered === undefined
    ? {}
    : { operation: offered.map(({ name, definition }) => ({ name, definition })) };
}
