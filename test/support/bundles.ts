/** Small bundles and resources for tests of the service. */
interface Json {
  readonly resourceType: string;
  readonly id?: string;
  readonly [name: string]: unknown;
}

export const CS = 'https://cartograph.example.org/fhir/CodeSystem/';

export function transaction(...entry: readonly object[]): object {
  return { resourceType: 'Bundle', type: 'transaction', entry };
}

export function batch(...entry: readonly unknown[]): object {
  return { resourceType: 'Bundle', type: 'batch', entry };
}

/** PUT of a resource under its own id. */
export function putEntry(resource: Json): object {
  return { resource, request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` } };
}

export function postEntry(
  resource: Json,
  more: { readonly fullUrl?: string; readonly ifNoneExist?: string } = {},
): object {
  const { fullUrl, ifNoneExist } = more;
  return {
    ...(fullUrl === undefined ? {} : { fullUrl }),
    resource,
    request: {
      method: 'POST',
      url: resource.resourceType,
      ...(ifNoneExist === undefined ? {} : { ifNoneExist }),
    },
  };
}

export function patient(id: string, more: object = {}): Json {
  return { resourceType: 'Patient', id, birthDate: '2015-03-02', gender: 'female', ...more };
}

/** A CAR-T infusion in the native shape. */
export function infusion(id: string, patientId: string, date: string): Json {
  return {
    resourceType: 'Procedure',
    id,
    status: 'completed',
    code: { coding: [{ system: `${CS}cartograph-procedure`, code: 'car-t-infusion' }] },
    subject: { reference: `Patient/${patientId}` },
    performedDateTime: date,
  };
}

/** Last contact in the native shape. */
export function vitalStatus(id: string, subject: object, date: string, code = 'alive'): Json {
  return {
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { coding: [{ system: `${CS}cartograph-observation`, code: 'vital-status' }] },
    subject,
    effectiveDateTime: date,
    valueCodeableConcept: { coding: [{ system: `${CS}cartograph-vital-status`, code }] },
  };
}
