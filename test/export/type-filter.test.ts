import { parseTypeFilter, splitTypeFilters } from '../../src/export/type-filter.ts';

beforeEach(() => expect.hasAssertions());

it.each([
  [[], []],
  [['Observation?code=a'], ['Observation?code=a']],
  [['Observation?code=a,b'], ['Observation?code=a,b']],
  [
    ['MedicationRequest?status=active,MedicationRequest?status=completed&date=gt2018'],
    ['MedicationRequest?status=active', 'MedicationRequest?status=completed&date=gt2018'],
  ],
  [
    ['Observation?code=a,b, Patient?gender=male', 'Condition?code=c'],
    ['Observation?code=a,b', 'Patient?gender=male', 'Condition?code=c'],
  ],
])('splits %j', (values, expected) => {
  expect(splitTypeFilters(values)).toEqual(expected);
});

const OPTIONS = { expand: () => undefined, now: new Date('2024-05-01T00:00:00Z') };

it('reads a search of several parameters', () => {
  const { type, criteria } = parseTypeFilter('Observation?code=718-7&date=ge2024', OPTIONS);
  expect([type, criteria.length]).toEqual(['Observation', 2]);
});

it.each([
  'Observation',
  'Observation?',
  'Nothing?code=x',
  'Observation?nonsense=x',
  'Observation?_sort=date',
  'Observation?code=x&_sort=date',
  'Observation?code=x&_count=5',
  'Observation?code=x&_summary=count',
  'Observation?code=x&_elements=id',
  'Observation?code=x&_revinclude=Provenance:target',
  'Observation?date=never',
])('refuses %s', (text) => {
  expect(() => parseTypeFilter(text, OPTIONS)).toThrow(
    expect.objectContaining({ code: 'parameter-invalid' }),
  );
});
