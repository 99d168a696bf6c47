/** A small world of random Patients and Observations, and random searches over it with what each of them means. */
import fc from 'fast-check';
import {
  type Amount,
  type Coding,
  containsText,
  meetsDate,
  meetsQuantity,
  meetsText,
  meetsToken,
  PREFIXES,
  type Stretch,
  UCUM,
} from './search-model.ts';

const PATIENTS = 12;
const OBSERVATIONS = 60;

export interface Person {
  readonly id: string;
  readonly family: string;
  readonly birthDate: string | undefined;
  readonly gender: string | undefined;
  readonly death: boolean | string | undefined;
}

export interface Finding {
  readonly id: string;
  readonly status: string;
  readonly coding: Coding;
  readonly about: string | undefined;
  readonly when: string | Stretch | undefined;
  readonly amount: Amount | undefined;
}

const FAMILIES = ['Müller', 'Muller', 'MULLER-Lé', 'Berg', 'Åberg', 'van Berg', 'Étienne'];
const GENDERS = ['female', 'male', 'other'];
const STATUSES = ['final', 'amended', 'preliminary'];
const SYSTEMS = ['http://loinc.org', 'urn:local'];
const CODES = ['a', 'A', 'b'];
const DATES = [
  '2024',
  '2024-02',
  '2024-03',
  '2024-02-29',
  '2024-03-01',
  '2024-02-29T23:30:00Z',
  '2024-03-01T00:30:00+01:00',
  '2024-03-01T10:00:00-05:00',
  '2024-12-31T23:59:59Z',
];
const ASKED_DATES = [...DATES, '2023', '2024-03-01T00:00', '2024-02-29T23:30:00', '2024-12-31', '2025-01'];
const NUMBERS = ['5', '5.4', '5.40', '5.35', '5400', '0.0054', '0', '-5', '100'];
const VALUES = [5, 5.4, 5.35, 5.45, 5400, 0.0054, 0, -5, 100, 99.5];

const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 4 });
const of = <T>(list: readonly T[]) => fc.constantFrom(...list);
const unit = of(['ug', 'mg', 'g'] as const);

const person = fc.record({
  family: of(FAMILIES),
  birthDate: some(of(['2010', '2010-02', '2010-02-03', '2011-01-01'])),
  gender: some(of(GENDERS)),
  death: some(fc.oneof(fc.boolean(), of(DATES))),
});
const coding: fc.Arbitrary<Coding> = fc.oneof(
  fc.record({ system: of(SYSTEMS), code: of(CODES) }),
  fc.record({ code: of(CODES) }),
);
const stretch: fc.Arbitrary<Stretch> = fc.oneof(
  fc.record({ start: of(DATES) }),
  fc.record({ end: of(DATES) }),
  fc.record({ start: of(['2023-05', '2024-01-31']), end: of(DATES) }),
);
const finding = fc.record({
  status: of(STATUSES),
  coding,
  about: some(fc.nat({ max: PATIENTS }).map((n) => `p${n}`)),
  when: some(fc.oneof(of(DATES), stretch)),
  amount: some(
    fc.oneof(
      fc.record({ value: of(VALUES), code: unit }),
      fc.record({ value: of(VALUES), code: unit, comparator: of(['<', '>'] as const) }),
    ),
  ),
});

// The world is as random as the searches and, unlike these, stored once.
export const people = fc
  .sample(person, { numRuns: PATIENTS, seed: 8 })
  .map((one, n): Person => ({ id: `p${n}`, ...one }));
export const findings = fc
  .sample(finding, { numRuns: OBSERVATIONS, seed: 9 })
  .map((one, n): Finding => ({ id: `o${n}`, ...one }));

export interface Criterion<T> {
  readonly name: string;
  readonly value: string;
  readonly holds: (one: T) => boolean;
}

/** One or two values, of which one must be met. */
function values<V>(value: fc.Arbitrary<V>): fc.Arbitrary<readonly V[]> {
  return fc.array(value, { minLength: 1, maxLength: 2 });
}

const prefixedDate = fc.record({ prefix: of(PREFIXES), date: of(ASKED_DATES) });
type AskedDate = typeof prefixedDate extends fc.Arbitrary<infer D> ? D : never;

function byDate<T>(name: string, dateOf: (one: T) => string | Stretch | undefined) {
  return values(prefixedDate).map(
    (asked: readonly AskedDate[]): Criterion<T> => ({
      name,
      value: asked.map(({ prefix, date }) => `${prefix}${date}`).join(),
      holds: (one) => asked.some(({ prefix, date }) => meetsDate(prefix, date, dateOf(one))),
    }),
  );
}

function byToken<T>(
  name: string,
  token: fc.Arbitrary<string>,
  codingOf: (one: T) => Coding | undefined,
): fc.Arbitrary<Criterion<T>> {
  return fc.record({ tokens: values(token), isNot: fc.boolean() }).map(({ tokens, isNot }) => ({
    name: isNot ? `${name}:not` : name,
    value: tokens.join(),
    holds: (one) => {
      const found = codingOf(one);
      return tokens.some((token) => found !== undefined && meetsToken(token, found)) !== isNot;
    },
  }));
}

function byMissing<T>(name: string, partOf: (one: T) => unknown): fc.Arbitrary<Criterion<T>> {
  return fc.boolean().map((isMissing) => ({
    name: `${name}:missing`,
    value: String(isMissing),
    holds: (one) => (partOf(one) === undefined) === isMissing,
  }));
}

const GENDER_SYSTEM = 'http://hl7.org/fhir/administrative-gender';
const STATUS_SYSTEM = 'http://hl7.org/fhir/observation-status';
const codeToken = fc
  .tuple(of(['', '|', ...SYSTEMS.map((system) => `${system}|`)]), of(CODES))
  .map((parts) => parts.join(''));
const implied = (system: string, codes: readonly string[]) =>
  fc.tuple(of(['', `${system}|`, 'urn:other|']), of(codes)).map((parts) => parts.join(''));

const personCriterion: fc.Arbitrary<Criterion<Person>> = fc.oneof(
  fc
    .record({
      texts: values(of([...FAMILIES, 'mul', 'ber', 'E'])),
      modifier: of(['', ':contains', ':exact']),
    })
    .map(({ texts, modifier }) => ({
      name: `family${modifier}`,
      value: texts.join(),
      holds: ({ family }: Person) =>
        texts.some((text) =>
          modifier === ':exact'
            ? family === text
            : modifier === ''
              ? meetsText(text, family)
              : containsText(text, family),
        ),
    })),
  byDate('birthdate', ({ birthDate }: Person) => birthDate),
  byDate('death-date', ({ death }: Person) => (typeof death === 'string' ? death : undefined)),
  byToken('gender', implied(GENDER_SYSTEM, GENDERS), ({ gender }: Person) =>
    gender === undefined ? undefined : { system: GENDER_SYSTEM, code: gender },
  ),
  byToken('deceased', of(['true', 'false']), ({ death }: Person) => ({
    code: String(death !== undefined && death !== false),
  })),
  byMissing('birthdate', ({ birthDate }: Person) => birthDate),
);

const ownCriterion: fc.Arbitrary<Criterion<Finding>> = fc.oneof(
  byToken('code', codeToken, ({ coding }: Finding) => coding),
  byToken('status', implied(STATUS_SYSTEM, STATUSES), ({ status }: Finding) => ({
    system: STATUS_SYSTEM,
    code: status,
  })),
  byDate('date', ({ when }: Finding) => when),
  byMissing('date', ({ when }: Finding) => when),
  byMissing('subject', ({ about }: Finding) => about),
  fc
    .record({ prefix: of(PREFIXES), number: of(NUMBERS), code: some(unit) })
    .map(({ prefix, number, code }) => ({
      name: 'value-quantity',
      value: `${prefix}${number}${code === undefined ? '' : `|${UCUM}|${code}`}`,
      holds: ({ amount }: Finding) => meetsQuantity(prefix, number, code, amount),
    })),
  fc
    .record({ n: fc.nat({ max: PATIENTS }), form: of(['', 'Patient/']), name: of(['subject', 'patient']) })
    .map(({ n, form, name }) => ({
      name,
      value: `${form}p${n}`,
      holds: ({ about }: Finding) => about === `p${n}`,
    })),
);

export const findingCriterion: fc.Arbitrary<Criterion<Finding>> = fc.oneof(
  { weight: 5, arbitrary: ownCriterion },
  {
    weight: 1,
    arbitrary: fc.record({ far: personCriterion, by: of(['patient', 'subject:Patient', 'subject']) }).map(
      ({ far, by }): Criterion<Finding> => ({
        name: `${by}.${far.name}`,
        value: far.value,
        holds: ({ about }) => people.some((one) => one.id === about && far.holds(one)),
      }),
    ),
  },
);

export const anyPersonCriterion: fc.Arbitrary<Criterion<Person>> = fc.oneof(
  { weight: 4, arbitrary: personCriterion },
  {
    weight: 1,
    arbitrary: ownCriterion.map((far) => ({
      name: `_has:Observation:subject:${far.name}`,
      value: far.value,
      holds: ({ id }: Person) => findings.some((one) => one.about === id && far.holds(one)),
    })),
  },
);

export function storedPerson({ id, family, birthDate, gender, death }: Person) {
  return {
    resourceType: 'Patient',
    id,
    name: [{ family }],
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(gender === undefined ? {} : { gender }),
    ...(typeof death === 'boolean' ? { deceasedBoolean: death } : {}),
    ...(typeof death === 'string' ? { deceasedDateTime: death } : {}),
  };
}

export function storedFinding({ id, status, coding, about, when, amount }: Finding) {
  return {
    resourceType: 'Observation',
    id,
    status,
    code: { coding: [coding] },
    ...(about === undefined ? {} : { subject: { reference: `Patient/${about}` } }),
    ...(typeof when === 'string' ? { effectiveDateTime: when } : {}),
    ...(typeof when === 'object' ? { effectivePeriod: when } : {}),
    ...(amount === undefined ? {} : { valueQuantity: { system: UCUM, ...amount } }),
  };
}
