import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { checkEntry, checkStructure } from '../../src/fhir/check-structure.ts';

beforeEach(() => expect.hasAssertions());

describe('dates of FHIR', () => {
  const check = (resource: object): number => checkStructure(resource).length;
  it.each([
    ['2020', true],
    ['2020-02', true],
    ['2020-02-29', true],
    ['2100-02-29', false],
    ['2000-02-29', true],
    ['2021-04-31', false],
    ['2021-00', false],
    ['2021-13', false],
    ['2021-01-00', false],
    ['0000', false],
    ['0001-01-01', true],
    ['21-01-01', false],
    ['2021-1-1', false],
    ['2021/01/01', false],
    ['', false],
    [' 2021', false],
    ['2021-01-01T00:00:00Z', false],
  ])('a date: %s is one: %s', (birthDate, valid) => {
    expect(check({ resourceType: 'Patient', birthDate })).toBe(valid ? 0 : 1);
  });

  it.each([
    ['2021-01-01', true],
    ['2021-01-01T00:00:00Z', true],
    ['2021-01-01T23:59:60.123456+14:00', true],
    ['2021-01-01T24:00:00Z', false],
    ['2021-01-01T10:00Z', false],
    ['2021-01-01T10:00:00', false],
    ['2021-01-01T10:00:00+15:00', false],
    ['2021-01-01T10:60:00Z', false],
    ['2021-02-29T10:00:00Z', false],
    ['2021-01T10:00:00Z', false],
    ['2021-01-01 10:00:00Z', false],
    ['yesterday', false],
  ])('a dateTime: %s is one: %s', (effectiveDateTime, valid) => {
    expect(check({ resourceType: 'Observation', effectiveDateTime })).toBe(valid ? 0 : 1);
  });

  it.each([
    ['2021-01-01T10:00:00Z', true],
    ['2021-01-01', false],
  ])('an instant: %s is one: %s', (issued, valid) => {
    expect(check({ resourceType: 'Observation', issued })).toBe(valid ? 0 : 1);
  });
});

it.each<[string, unknown, readonly string[]]>([
  [
    'a number as text',
    { resourceType: 'Observation', valueQuantity: { value: '1' } },
    ['Observation.valueQuantity.value'],
  ],
  [
    'a fraction for a count',
    { resourceType: 'Patient', multipleBirthInteger: 1.5 },
    ['Patient.multipleBirthInteger'],
  ],
  [
    'zero for a positive number',
    { resourceType: 'Patient', telecom: [{ rank: 0 }] },
    ['Patient.telecom[0].rank'],
  ],
  ['a text for an object', { resourceType: 'Observation', subject: 'Patient/1' }, ['Observation.subject']],
  ['an array in an array', { resourceType: 'Patient', name: [[]] }, ['Patient.name[0]']],
  [
    'nothing within an element',
    { resourceType: 'Patient', name: [{ family: null }] },
    ['Patient.name[0].family'],
  ],
  [
    'a gap without its other half',
    { resourceType: 'Patient', name: [{ given: ['A', null] }] },
    ['Patient.name[0].given[1]'],
  ],
  [
    'a gap with its other half',
    { resourceType: 'Patient', name: [{ given: [null], _given: [{ id: 'a' }] }] },
    [],
  ],
  [
    'a fault in what is contained',
    { resourceType: 'Observation', contained: [{ resourceType: 'Patient', birthDate: 'x' }] },
    ['Observation.contained[0].birthDate'],
  ],
  [
    'an unknown type in what is contained',
    { resourceType: 'Observation', contained: [{ resourceType: 'X' }] },
    ['Observation.contained[0].resourceType'],
  ],
  [
    'a fault in an extension',
    { resourceType: 'Patient', extension: [{ url: 'u', valueDate: 'x' }] },
    ['Patient.extension[0].valueDate'],
  ],
  [
    'a fault in a nested element',
    { resourceType: 'Observation', component: [{ referenceRange: [{ text: 1 }] }] },
    ['Observation.component[0].referenceRange[0].text'],
  ],
  [
    'an element that R4 does not know',
    { resourceType: 'Patient', shoeSize: [[1]], hat: { size: 1 } },
    ['Patient.shoeSize[0]'],
  ],
  [
    'a number beyond all bounds',
    JSON.parse('{"resourceType": "Observation", "valueQuantity": {"value": 1e999}}'),
    ['Observation.valueQuantity.value'],
  ],
  ['a sound resource', { resourceType: 'Patient', id: 'A-1.b', active: false, birthDate: '2020' }, []],
])('finds %s', (_title, resource, places) => {
  expect(checkStructure(resource).map(({ expression }) => expression)).toEqual(places);
});

it('names an entry by its place in the bundle', () => {
  const [finding] = checkEntry(
    { resource: { resourceType: 'Patient', birthDate: '31.12.2020' } },
    'Bundle.entry[4]',
  );
  expect(finding).toEqual({
    code: 'date-unparseable',
    severity: 'error',
    message: 'Bundle.entry[4].resource.birthDate: found 31.12.2020, expected YYYY, YYYY-MM or YYYY-MM-DD',
    expression: 'Bundle.entry[4].resource.birthDate',
    found: '31.12.2020',
    expected: 'YYYY, YYYY-MM or YYYY-MM-DD',
  });
});

it('ends with a hundred findings', () => {
  const name = Array.from({ length: 500 }, () => null);
  expect(checkStructure({ resourceType: 'Patient', name })).toHaveLength(100);
});

const EXAMPLES = 'node_modules/hl7.fhir.r4.examples';
(existsSync(EXAMPLES) ? it : it.skip)(
  "accepts FHIR's own examples but the one whose id is too long",
  () => {
    const refused = readdirSync(EXAMPLES)
      .filter(
        (name) =>
          /^[A-Z].*\.json$/.test(name) && !/^(?:StructureDefinition|SearchParameter-[a-z])/.test(name),
      )
      .filter((name) => checkStructure(JSON.parse(readFileSync(`${EXAMPLES}/${name}`, 'utf8'))).length > 0);
    expect(refused).toEqual([]);
  },
  60_000,
);
