/** Rules of bundles: what has a full URL, which links there are, and what belongs to a document. */
import { loadProfiles } from '../../../src/profiles/load-profiles.ts';
import type { Validator } from '../../../src/profiles/validator.ts';
import { errorsOf } from './errors-of.ts';

let validator: Validator;

beforeAll(async () => {
  validator = await loadProfiles();
});

const patient = (id?: string): object => ({ resourceType: 'Patient', ...(id === undefined ? {} : { id }) });
const entry = (fullUrl: string, resource: object, more: object = {}): object => ({
  fullUrl,
  resource,
  ...more,
});
const at = (id: string): object => entry(`http://a.org/Patient/${id}`, patient(id));
const composition = (more: object = {}): object =>
  entry('http://a.org/Composition/c', {
    resourceType: 'Composition',
    id: 'c',
    status: 'final',
    type: { text: 'x' },
    date: '2024',
    author: [{ reference: 'Patient/1' }],
    title: 'x',
    ...more,
  });
const act = { request: { method: 'POST', url: 'Patient' } };
const next = [{ relation: 'next', url: 'http://a.org' }];
const observed = entry('http://a.org/Observation/o', {
  resourceType: 'Observation',
  id: 'o',
  status: 'final',
  code: { text: 'x' },
  subject: { reference: 'Patient/1' },
});
const unlinked = 'urn:uuid:5c1a1c62-4a50-4b4e-9b2e-0d5a9a1f3c11';

it.each<[string, object, readonly string[]]>([
  ['a collection', { type: 'collection', entry: [at('1')] }, []],
  [
    'a resource without a full URL',
    { type: 'collection', entry: [{ resource: patient('1') }] },
    ['bundle-invalid Bundle.entry[0]'],
  ],
  ['an act without a full URL', { type: 'transaction', entry: [{ resource: patient(), ...act }] }, []],
  [
    'the full URL of another type',
    { type: 'collection', entry: [entry('http://a.org/Group/1', patient('1'))] },
    ['bundle-invalid Bundle.entry[0]'],
  ],
  [
    'the full URL of a server and no id',
    { type: 'collection', entry: [entry('http://a.org/Patient/1', patient())] },
    ['bundle-invalid Bundle.entry[0]'],
  ],
  [
    'a full URL that is no REST URL',
    { type: 'collection', entry: [entry('http://a.org/x', patient('1'))] },
    [],
  ],
  ['an act of a batch', { type: 'batch', entry: [{ resource: patient('1'), ...act }] }, []],
  ['the next page of a search', { type: 'searchset', link: next }, []],
  [
    'the next page of a collection',
    { type: 'collection', link: next, entry: [at('1')] },
    ['bundle-invalid Bundle.link[0]'],
  ],
])('%s', (_name, more, expected) => {
  expect(errorsOf(validator, { resourceType: 'Bundle', ...more })).toEqual(expected);
});

it.each<[string, readonly object[], readonly string[]]>([
  ['what the Composition names', [composition(), at('1')], []],
  ['what names something that the Composition names', [composition(), at('1'), observed], []],
  ['what nothing links', [composition(), at('1'), at('2')], ['bundle-invalid Bundle.entry[2]']],
  [
    'not what the Composition names by URN',
    [composition({ author: [{ reference: unlinked }] })],
    ['reference-not-found Bundle.entry[0].resource'],
  ],
])('a document carries %s', (_name, entries, expected) => {
  const document = {
    resourceType: 'Bundle',
    type: 'document',
    identifier: { system: 'urn:ietf:rfc:3986', value: unlinked },
    timestamp: '2024-01-01T00:00:00Z',
    entry: entries,
  };
  expect(errorsOf(validator, document)).toEqual(expected);
});
