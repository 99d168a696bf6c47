import { referenceKeyOf, resourceKeyOf } from '../../../src/fhir/fhirpath/resource-key.ts';

it.each([
  [{ resourceType: 'Patient', id: 'p1' }, 'Patient/p1'],
  [{ resourceType: 'Patient' }, undefined],
  [{ id: 'p1' }, undefined],
  ['Patient', undefined],
  [undefined, undefined],
])('key of the resource %j', (resource, expected) => {
  expect(resourceKeyOf(resource)).toBe(expected);
});

it.each([
  [{ reference: 'Patient/p1' }, undefined, 'Patient/p1'],
  [{ reference: 'Patient/p1' }, 'Patient', 'Patient/p1'],
  [{ reference: 'Patient/p1' }, 'Group', undefined],
  [{ reference: 'Patient/p1/_history/3' }, 'Patient', 'Patient/p1'],
  [{ reference: 'https://ehr.example.org/r4/Patient/p1' }, 'Patient', 'Patient/p1'],
  [{ reference: 'https://ehr.example.org/r4/Patient/p1/_history/2' }, undefined, 'Patient/p1'],
  [
    { reference: 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0' },
    'Patient',
    'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0',
  ],
  [{ reference: 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0', type: 'Group' }, 'Patient', undefined],
  [{ reference: '#m1' }, 'Medication', '#m1'],
  [{ reference: '#m1', type: 'Medication' }, 'Medication', '#m1'],
  [{ identifier: { value: '1' } }, 'Patient', undefined],
  [{ reference: '' }, undefined, undefined],
  [{ reference: 7 }, undefined, undefined],
  [undefined, undefined, undefined],
])('key of the reference %j as %s', (reference, type, expected) => {
  expect(referenceKeyOf(reference, type)).toBe(expected);
});
