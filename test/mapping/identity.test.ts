import fc from 'fast-check';
import {
  identityFindings,
  identityOf,
  joinPatients,
  type PatientIdentity,
} from '../../src/mapping/identity.ts';

beforeEach(() => expect.hasAssertions());

function one(
  id: string,
  identifiers: readonly string[],
  birthDate?: string,
  links: readonly string[] = [],
): PatientIdentity {
  return { id, identifiers, links, ...(birthDate === undefined ? {} : { birthDate }) };
}

it('reads what may join', () => {
  expect(
    identityOf({
      resourceType: 'Patient',
      id: 'p',
      birthDate: '2015-01',
      identifier: [
        { system: 's', value: 'b' },
        { system: 's', value: 'a', use: 'usual' },
        { system: 's', value: 'a', use: 'official' },
        { system: 's', value: 'c', use: 'temp' },
        { system: 's', value: 'd', use: 'old' },
        { system: 's' },
        { value: 'e' },
      ],
      link: [
        { type: 'seealso', other: { reference: 'https://x.example.org/fhir/Patient/q/_history/1' } },
        { type: 'refer', other: { reference: 'Patient/p' } },
        { type: 'refer', other: { reference: 'RelatedPerson/r' } },
      ],
    }),
  ).toEqual({ id: 'p', identifiers: ['s|a', 's|b'], links: ['q'] });
});

const A = '2015-01-01';
const B = '2015-01-02';

it.each<[string, readonly PatientIdentity[], readonly (readonly string[])[], readonly string[]]>([
  ['nothing shared', [one('b', ['x']), one('a', ['y'])], [['a'], ['b']], []],
  ['an identifier', [one('b', ['x'], A), one('a', ['x'], A)], [['a', 'b']], []],
  ['an identifier, one birth date unknown', [one('b', ['x'], A), one('a', ['x'])], [['a', 'b']], []],
  ['a chain', [one('c', ['y']), one('b', ['x', 'y']), one('a', ['x'])], [['a', 'b', 'c']], []],
  ['an identifier across birth dates', [one('b', ['x'], A), one('a', ['x'], B)], [['a'], ['b']], ['a', 'b']],
  [
    'a third beside two that differ',
    [one('a', ['x'], A), one('b', ['x'], B), one('c', ['x'], A)],
    [['a'], ['b'], ['c']],
    ['a', 'b', 'c'],
  ],
  [
    'another identifier that agrees',
    [one('a', ['x', 'y'], A), one('b', ['x'], B), one('c', ['x', 'y'], A)],
    [['a', 'c'], ['b']],
    ['a', 'b', 'c'],
  ],
  ['a link', [one('b', [], A, ['a']), one('a', [], B)], [['a', 'b']], []],
  [
    'a link and an identifier across birth dates',
    [one('b', ['x'], A, ['a']), one('a', ['x'], B)],
    [['a', 'b']],
    [],
  ],
  ['a link to nobody', [one('a', [], A, ['z'])], [['a']], []],
  [
    'a bridge without a birth date',
    [one('a', ['x'], A), one('b', ['x', 'y']), one('c', ['y'], B)],
    [['a'], ['b'], ['c']],
    ['a', 'b', 'c'],
  ],
  [
    'a bridge, and what agrees beside it',
    [one('a', ['x', 'z'], A), one('b', ['x', 'y']), one('c', ['y'], B), one('d', ['z'], A)],
    [['a', 'd'], ['b'], ['c']],
    ['a', 'b', 'c'],
  ],
])('%s', (_title, patients, persons, conflicting) => {
  expect(joinPatients(patients)).toEqual({ persons, conflicting });
});

it('says the same in any order, and everybody is one person', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  const patient = fc.record({
    identifiers: fc.uniqueArray(fc.constantFrom('x', 'y', 'z')),
    links: fc.uniqueArray(fc.constantFrom(...ids), { maxLength: 1 }),
    birthDate: fc.constantFrom(A, B, undefined),
  });
  fc.assert(
    fc.property(fc.array(patient, { maxLength: 6 }), fc.nat(), (drawn, turn) => {
      const patients = drawn.map(({ identifiers, links, birthDate }, n) =>
        one(ids[n] ?? '', identifiers, birthDate, links),
      );
      const turned = [...patients.slice(turn % 6), ...patients.slice(0, turn % 6)].toReversed();
      const joined = joinPatients(patients);
      expect(joinPatients(turned)).toEqual(joined);
      expect(joined.persons.flat().sort()).toEqual(patients.map(({ id }) => id));
    }),
  );
});

it('puts the finding on every patient of the person that it is about', () => {
  expect(identityFindings(['a', 'c'], ['a', 'b']).map(({ reference }) => reference)).toEqual(['Patient/a']);
});
