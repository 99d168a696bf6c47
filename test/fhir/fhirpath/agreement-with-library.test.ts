import fc from 'fast-check';
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import { compileFhirPath } from '../../../src/fhir/fhirpath/compile-fhirpath.ts';
import { toItems } from '../../../src/fhir/fhirpath/value.ts';

/**
 * Random expressions over random small Observations: what we compile gives what fhirpath.js gives. Where it departs
 * from the specification the grammar keeps away: criteria that are no booleans, and arithmetic noise.
 */

const word = fc.constantFrom('a', 'b', 'final', 'A', '');
const nonEmptyWord = fc.constantFrom('a', 'b', 'final', 'A');
/** Dates without times: to one with a time the library applies the machine's time zone. */
const day = fc.constantFrom('2020', '2020-02', '2020-02-29', '2021-01-01');
const instant = fc.constantFrom(
  '2020-02-29T10:00:00Z',
  '2020-02-29T12:00:00+02:00',
  '2020-02-29T10:00:00.5Z',
  '2020-03-01T01:00:00+14:00',
);
const number = fc.constantFrom(0, 1, 2, 1.5, -3);

const coding = fc.record(
  { system: nonEmptyWord, code: nonEmptyWord, display: nonEmptyWord },
  { requiredKeys: [] },
);
const concept = fc.record(
  { coding: fc.array(coding, { minLength: 1, maxLength: 3 }), text: nonEmptyWord },
  { requiredKeys: [] },
);
const quantity = fc.record({ value: number, unit: nonEmptyWord }, { requiredKeys: [] });
const choice = fc.oneof(
  fc.record({ valueQuantity: quantity }),
  fc.record({ valueString: nonEmptyWord }),
  fc.record({ valueInteger: fc.constantFrom(1, 2) }),
  fc.record({ valueBoolean: fc.boolean() }),
  fc.record({ valueDateTime: day }),
  fc.record({ valueCodeableConcept: concept }),
  fc.constant({}),
);
const component = fc
  .tuple(fc.record({ code: concept }, { requiredKeys: [] }), choice)
  .map(([shape, value]) => ({ ...shape, ...value }));
const observation = fc
  .tuple(
    fc.record(
      {
        id: nonEmptyWord,
        status: nonEmptyWord,
        code: concept,
        category: fc.array(concept, { minLength: 1, maxLength: 2 }),
        issued: instant,
        component: fc.array(component, { minLength: 1, maxLength: 3 }),
      },
      { requiredKeys: ['code', 'component', 'status'] },
    ),
    choice,
    fc.oneof(
      fc.record({ effectiveDateTime: day }),
      fc.record({ effectiveInstant: instant }),
      fc.constant({}),
    ),
  )
  .map(([shape, ...choices]): object => Object.assign({ resourceType: 'Observation' }, shape, ...choices));

interface Grammar {
  readonly text: string;
  readonly bool: string;
  readonly date: string;
  readonly moment: string;
  readonly num: string;
  readonly codings: string;
  readonly components: string;
}

const quoted = word.map((text) => `'${text}'`);
const { text, bool, date, num } = fc.letrec<Grammar>((tie) => ({
  codings: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('code.coding', 'category.coding', 'value.ofType(CodeableConcept).coding'),
    tie('components').map((inner) => `${inner}.code.coding`),
    fc.tuple(tie('codings'), quoted).map(([inner, value]) => `${inner}.where(system = ${value})`),
    fc
      .tuple(tie('codings'), fc.constantFrom('first()', 'last()', 'tail()', 'skip(1)', 'take(1)'))
      .map(([a, b]) => `${a}.${b}`),
    tie('codings').map((inner) => `${inner}[1]`),
  ),
  components: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant('component'),
    tie('components').map((inner) => `${inner}.where(code.coding.exists(code = 'a'))`),
    tie('components').map((inner) => `${inner}.where(value.ofType(integer) > 1)`),
    tie('components').map((inner) => `${inner}.where($index = 1)`),
    tie('components').map((inner) => `${inner}.first()`),
  ),
  text: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('status', 'id', 'code.text', 'value.ofType(string)', "'final'", 'category.text.first()'),
    tie('codings').map((inner) => `${inner}.code.first()`),
    tie('components').map((inner) => `${inner}.value.ofType(string).first()`),
    tie('text').map((inner) => `${inner}.upper()`),
    fc.tuple(tie('text'), tie('text')).map(([a, b]) => `(${a} & ${b})`),
    tie('text').map((inner) => `${inner}.substring(1)`),
    fc.tuple(tie('bool'), tie('text'), tie('text')).map(([c, a, b]) => `iif(${c}, ${a}, ${b})`),
  ),
  num: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('1', '2.5', 'value.ofType(integer)', 'value.ofType(Quantity).value'),
    tie('codings').map((inner) => `${inner}.count()`),
    tie('components').map((inner) => `${inner}.value.ofType(integer).first()`),
    tie('text').map((inner) => `${inner}.length()`),
    fc
      .tuple(tie('num'), fc.constantFrom('+', '-', '*', 'div', 'mod'), tie('num'))
      .map(([a, op, b]) => `(${a} ${op} ${b})`),
  ),
  moment: fc.constantFrom(
    'issued',
    'effective.ofType(instant)',
    '@2020-02-29T10:00:00Z',
    '@2020-02-29T11:00+01:00',
  ),
  date: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('effective.ofType(dateTime)', 'value.ofType(dateTime)', '@2020-02', '@2020-02-29'),
    tie('components').map((inner) => `${inner}.value.ofType(dateTime).first()`),
  ),
  bool: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('true', 'false', '{}', 'value.ofType(boolean)', '(value is Quantity)', 'value.exists()'),
    fc
      .tuple(tie('text'), fc.constantFrom('=', '!=', '<', '>='), tie('text'))
      .map(([a, op, b]) => `(${a} ${op} ${b})`),
    fc
      .tuple(tie('num'), fc.constantFrom('=', '!=', '<', '>='), tie('num'))
      .map(([a, op, b]) => `(${a} ${op} ${b})`),
    fc
      .tuple(tie('date'), fc.constantFrom('=', '!=', '<', '>='), tie('date'))
      .map(([a, op, b]) => `(${a} ${op} ${b})`),
    fc
      .tuple(tie('moment'), fc.constantFrom('=', '!=', '<', '>='), tie('moment'))
      .map(([a, op, b]) => `(${a} ${op} ${b})`),
    fc
      .tuple(tie('bool'), fc.constantFrom('and', 'or', 'xor', 'implies'), tie('bool'))
      .map(([a, op, b]) => `(${a} ${op} ${b})`),
    tie('bool').map((inner) => `${inner}.not()`),
    tie('codings').map((inner) => `${inner}.exists()`),
    tie('codings').map((inner) => `${inner}.empty()`),
    tie('codings').map((inner) => `${inner}.all(code = 'a')`),
    fc.tuple(tie('text'), tie('codings')).map(([a, b]) => `(${a} in ${b}.code)`),
    fc.tuple(tie('codings'), tie('codings')).map(([a, b]) => `(${a}.code = ${b}.code)`),
    fc.tuple(tie('text'), tie('text')).map(([a, b]) => `${a}.startsWith(${b})`),
  ),
}));

const expression = fc.oneof(text, bool, date, num);

it('agrees with fhirpath.js', () => {
  expect.hasAssertions();
  fc.assert(
    fc.property(expression, observation, (source, resource) => {
      const ours = compileFhirPath(source, { focus: ['Observation'] });
      expect(ours.compiled).toBe(true);
      const frame = { resource, context: resource, rowIndex: 0, index: 0 };
      const outcome = attempt(() => toItems(ours.evaluate(resource, frame)));
      const theirs = attempt(() => fhirpath.evaluate(resource, source, {}, r4) as unknown[]);
      expect({ source, outcome }).toEqual({ source, outcome: theirs });
    }),
    { numRuns: 3000 },
  );
});

function attempt(run: () => readonly unknown[]): readonly unknown[] | 'error' {
  try {
    return run();
  } catch {
    return 'error';
  }
}
