import type { Caller } from '../../src/auth/caller.ts';
import { openDoor } from '../../src/auth/open-door.ts';
import { refuseAccess } from '../../src/auth/refuse-access.ts';
import { accessOf } from '../../src/http/edge/door.ts';

const READER: Caller = {
  name: 'reader',
  site: 'a',
  scopes: [{ type: 'Patient', actions: ['read'] }],
  patient: undefined,
};

beforeEach(() => expect.hasAssertions());

it.each([
  ['GET', '/fhir/R4/Patient/1', 'read', 'Patient'],
  ['GET', '/fhir/R4/Patient?name=x', 'read', 'Patient'],
  ['POST', '/fhir/R4/Patient/_search', 'read', 'Patient'],
  ['GET', '/fhir/R4/Patient/1/Observation?code=x', 'read', 'Observation'],
  ['POST', '/fhir/R4/Patient/1/Observation/_search', 'read', 'Observation'],
  ['GET', '/fhir/R4/Patient/1/_history/2', 'read', 'Patient'],
  ['POST', '/fhir/R4/Patient', 'write', 'Patient'],
  ['DELETE', '/fhir/R4/Patient/1', 'write', 'Patient'],
  ['POST', '/fhir/R4', 'write', undefined],
  ['GET', '/fhir/R4?_type=Patient', 'read', undefined],
  ['POST', '/fhir/R4/_search', 'read', undefined],
  ['POST', '/fhir/R4/', 'write', undefined],
  ['POST', '/fhir/R4/Patient/1/$everything', 'read', undefined],
  ['GET', '/fhir/R4/Group/car-t/$survival', 'read', undefined],
  ['POST', '/fhir/R4/$process-message', 'write', undefined],
  ['GET', '/cohort/patients', 'read', undefined],
])('%s %s is to %s %s', (method, originalUrl, action, type) => {
  expect(accessOf({ method, originalUrl })).toEqual({ action, type });
});

it.each([
  ['GET', '/fhir/R4/$export'],
  ['POST', '/fhir/R4/Patient/$export'],
  ['GET', '/fhir/R4/Group/g/$export?_type=Patient'],
  ['DELETE', '/fhir/R4/_bulk/1'],
  ['GET', '/fhir/R4/_bulk/1/Patient-1.ndjson'],
])('%s %s is narrowed to the scopes by what answers it', (method, originalUrl) => {
  const access = accessOf({ method, originalUrl });
  expect(access).toEqual({ action: 'read', type: undefined, isNarrowed: true });
  expect(() => refuseAccess(READER, access)).not.toThrow();
  expect(() => refuseAccess({ ...READER, scopes: [] }, access)).toThrow('may not');
});

it.each([
  ['read', 'Patient', true],
  ['write', 'Patient', false],
  ['read', 'Observation', false],
  ['read', undefined, false],
] as const)('a reader of Patients may %s %s: %s', (action, type, isAllowed) => {
  const attempt = () => refuseAccess(READER, { action, type });
  if (isAllowed) expect(attempt).not.toThrow();
  else expect(attempt).toThrow('may not');
});

it('refuses a caller of one compartment, whatever its scopes', () => {
  const caller = { ...READER, patient: 'p1' };
  expect(() => refuseAccess(caller, { action: 'read', type: 'Patient' })).toThrow('may not');
});

it('lets everybody on loopback do everything', async () => {
  const caller = await openDoor('here')({ authorization: undefined });
  expect(() => refuseAccess(caller, { action: 'write', type: undefined })).not.toThrow();
  expect(caller.site).toBe('here');
});
