import type {
  CapabilityStatement,
  CapabilityStatementRestResource,
  CapabilityStatementRestResourceOperation,
} from '@medplum/fhirtypes';
import { R4_RESOURCE_TYPES } from '../../fhir/r4-elements.generated.ts';
import { PATIENT_COMPARTMENT_URL } from '../../fhir/search/patient-compartment.ts';
import {
  compositesOf,
  type SearchParameter,
  searchParametersOf,
} from '../../fhir/search/search-parameters.ts';
import { MESSAGE_CACHE_DAYS } from '../../store/processed-messages.ts';
import {
  EXPORT_OPERATIONS,
  GROUP_OPERATIONS,
  IMPORT_OPERATION,
  INSTANTIATES,
  MESSAGE_OPERATION,
  PATIENT_OPERATIONS,
  RESOURCE_INTERACTIONS,
  SEARCH_DEFINITIONS,
  STANDARD_OPERATIONS,
  SYSTEM_INTERACTIONS,
  VALIDATE_OPERATION,
} from './interactions.ts';

type SearchParam = NonNullable<CapabilityStatementRestResource['searchParam']>[number];

/** What is really there, as of the day the service started. */
export function buildCapabilityStatement(
  softwareVersion: string,
  date: string,
  offersImport: boolean,
): CapabilityStatement {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date,
    kind: 'instance',
    instantiates: [...INSTANTIATES],
    software: { name: 'Cartograph', version: softwareVersion },
    implementation: { description: 'FHIR adapter for CD19 CAR-T therapy in B-cell ALL' },
    fhirVersion: '4.0.1',
    format: ['json', 'application/fhir+json'],
    patchFormat: ['application/json-patch+json'],
    rest: [
      {
        mode: 'server',
        documentation:
          'Searches: chains and _has over up to three references; the modifiers :missing, :not, :in and :not-in (value sets of the guide), :exact, :contains, :identifier and :Type; sorted by dates, texts, quantities, numbers, _id and _lastUpdated; what else is asked for is left out and told in an OperationOutcome, or refused under handling=strict. Conditional requests and references: by every search parameter of the type; one that is unknown, has no value or selects nothing is refused. What is created under a condition must meet it.',
        interaction: SYSTEM_INTERACTIONS.map((code) => ({ code })),
        resource: R4_RESOURCE_TYPES.map(describeType),
        compartment: [PATIENT_COMPARTMENT_URL],
        operation: [
          VALIDATE_OPERATION,
          MESSAGE_OPERATION,
          EXPORT_OPERATIONS.system,
          ...(offersImport ? [IMPORT_OPERATION] : []),
        ],
      },
    ],
    messaging: [
      {
        reliableCache: MESSAGE_CACHE_DAYS * 24 * 60,
        documentation:
          '$process-message stores what a message of any event brings, as a transaction would: under its id what has one. It is answered at once, and a message sent again is answered as the first time.',
      },
    ],
  };
}

function describeType(type: string): CapabilityStatementRestResource {
  const parameters = [...searchParametersOf(type).values()];
  const references = parameters
    .filter((one) => one.type === 'reference')
    .map(({ code }) => `${type}:${code}`);
  return {
    type: type as 'Patient',
    interaction: RESOURCE_INTERACTIONS.map((code) => ({ code })),
    versioning: 'versioned-update',
    readHistory: true,
    updateCreate: true,
    conditionalCreate: true,
    conditionalRead: 'full-support',
    conditionalUpdate: true,
    conditionalDelete: 'single',
    ...(references.length === 0 ? {} : { searchInclude: ['*', ...references] }),
    searchRevInclude: ['*'],
    searchParam: [
      { name: '_id', type: 'token' },
      { name: '_lastUpdated', type: 'date' },
      ...parameters.map(describeParameter),
      ...compositesOf(type).map(({ code }): SearchParam => ({ name: code, type: 'composite' })),
    ],
    operation: operationsOf(type),
  };
}

function describeParameter({ code, type, ownId }: SearchParameter): SearchParam {
  return {
    name: code,
    type,
    ...(ownId === undefined ? {} : { definition: `${SEARCH_DEFINITIONS}${ownId}` }),
  };
}

function operationsOf(type: string): CapabilityStatementRestResourceOperation[] {
  const offered =
    type === 'Patient'
      ? [...PATIENT_OPERATIONS, ...STANDARD_OPERATIONS, EXPORT_OPERATIONS.patient]
      : type === 'Group'
        ? [...GROUP_OPERATIONS, EXPORT_OPERATIONS.group]
        : [];
  return [...offered, VALIDATE_OPERATION].map(({ name, definition }) => ({ name, definition }));
}
