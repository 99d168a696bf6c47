import type { Resource } from '@medplum/fhirtypes';
import { parseCondition } from '../../src/fhir/condition.ts';
import { identifiersOf, parseReference, referencesOf, replaceReferences } from '../../src/fhir/references.ts';

beforeEach(() => expect.hasAssertions());

it.each<[string, object]>([
  ['Patient/1', { form: 'literal', type: 'Patient', id: '1', base: '' }],
  ['Patient/1/_history/2', { form: 'literal', type: 'Patient', id: '1', base: '' }],
  [
    'http://x.example.org/fhir/Patient/1',
    { form: 'literal', type: 'Patient', id: '1', base: 'http://x.example.org/fhir/' },
  ],
  [
    'https://x.example.org/Patient/1/_history/a',
    { form: 'literal', type: 'Patient', id: '1', base: 'https://x.example.org/' },
  ],
  ['Patient?identifier=a|b', { form: 'conditional', type: 'Patient', query: 'identifier=a|b' }],
  ['urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0', { form: 'urn' }],
  ['URN:OID:1.2.3', { form: 'urn' }],
  ['#med', { form: 'contained' }],
  ['patient/1', { form: 'other' }],
  ['Patient/', { form: 'other' }],
  ['Patient/a b', { form: 'other' }],
  ['Folder/Patient/1', { form: 'other' }],
  ['Hospital?identifier=a|b', { form: 'other' }],
  ['', { form: 'other' }],
])('%s', (text, form) => {
  expect(parseReference(text)).toEqual(form);
});

it('finds every reference, and which says whom the resource is about', () => {
  const resource = {
    resourceType: 'Procedure',
    subject: { reference: 'Patient/1' },
    performer: [{ actor: { identifier: { system: 's', value: 'v' }, type: 'Practitioner' } }],
    contained: [{ resourceType: 'Condition', subject: { reference: 'Patient/2' } }],
    extension: [{ url: 'u', valueReference: { reference: 'Device/3' } }],
  } as unknown as Resource;
  expect(referencesOf(resource)).toEqual([
    { reference: 'Patient/1', isSubject: true },
    { identifier: { system: 's', value: 'v' }, type: 'Practitioner', isSubject: false },
    { reference: 'Patient/2', isSubject: false },
    { reference: 'Device/3', isSubject: false },
  ]);
});

it('does not take the identifier of a contained resource for a reference', () => {
  const contained = [{ resourceType: 'Patient', identifier: { system: 's', value: 'v' } }];
  expect(referencesOf({ resourceType: 'Basic', contained } as unknown as Resource)).toEqual([]);
});

it('reads identifiers one or many', () => {
  const many = {
    resourceType: 'Patient',
    identifier: [{ system: 's', value: 'v' }, { value: 'w' }, { system: 's' }],
  };
  const one = { resourceType: 'Composition', identifier: { system: 's', value: 'v' } };
  expect(identifiersOf(many as unknown as Resource)).toEqual([
    { system: 's', value: 'v' },
    { system: '', value: 'w' },
  ]);
  expect(identifiersOf(one as unknown as Resource)).toEqual([{ system: 's', value: 'v' }]);
});

it('replaces in a copy, and says where', () => {
  const before = { a: [{ reference: 'x' }], reference: { reference: 'y' } };
  const places: string[] = [];
  const after = replaceReferences(before, 'R', (text, path) => {
    places.push(path);
    return text.toUpperCase();
  });
  expect(after).toEqual({ a: [{ reference: 'X' }], reference: { reference: 'Y' } });
  expect(before.a).toEqual([{ reference: 'x' }]);
  expect(places).toEqual(['R.a[0].reference', 'R.reference.reference']);
});

const CONTEXT = { expand: () => undefined, now: new Date(0) };

it.each([
  ['identifier=urn:s|v', 'urn:s', 'v'],
  ['?identifier=urn:s|v', 'urn:s', 'v'],
  ['Patient?identifier=urn:s%7Cv%20w', 'urn:s', 'v w'],
  ['identifier=urn:s|a\\|b\\,c\\\\d', 'urn:s', 'a|b,c\\d'],
  ['identifier=v', undefined, 'v'],
  ['identifier=|v', '', 'v'],
])('reads %s', (query, system, value) => {
  expect(parseCondition('Patient', query, 'x', CONTEXT)).toEqual({
    kind: 'identifier',
    type: 'Patient',
    name: `Patient?identifier=${system === undefined ? '' : `${system}|`}${value}`,
    system,
    value,
  });
});

it.each([
  ['identifier=v,w', ['v', 'w']],
  ['identifier=|v,w', ['v', 'w']],
  ['identifier=s|v,w', ['v', 'w']],
  ['identifier=s|v&identifier=s|w', ['v']],
  ['birthdate=2020&identifier=s|v', ['v']],
  ['identifier=s|', undefined],
  ['identifier=s|,v', undefined],
  ['identifier:not=s|v', undefined],
  ['name=x', undefined],
  ['_id=1', undefined],
])('%s asks for the identifiers %j', (query, identifiers) => {
  expect(parseCondition('Patient', query, 'x', CONTEXT)).toMatchObject({ kind: 'search', identifiers });
});

it('names alike what is written in another order or with other escapes', () => {
  const [one, two, other] = ['name=x&gender=male', 'gender=male&name=%78&name=x', 'name=x'].map(
    (query) => parseCondition('Patient', query, 'x', CONTEXT).name,
  );
  expect(two).toBe(one);
  expect(other).not.toBe(one);
});

it.each([
  '',
  'identifier=s|v|w',
  'identifier:of-type=s|v',
  'identifier=',
  'identifier=v&_count=1',
  'colour=red',
])('refuses %j', (query) => {
  expect(() => parseCondition('Patient', query, 'x', CONTEXT)).toThrow(
    expect.objectContaining({ code: 'condition-unsupported' }),
  );
});
