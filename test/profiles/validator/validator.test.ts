import { loadProfiles } from '../../../src/profiles/load-profiles.ts';
import type { Validator } from '../../../src/profiles/validator.ts';
import { examples } from '../guide-files.ts';
import { fuzzValidator } from './fuzz.ts';

const CORE = 'http://hl7.org/fhir/StructureDefinition/';
const LAB = 'http://example.org/fhir/StructureDefinition/lab';

/** Slices components by code: one required, one with a nested type slice, closed. */
const PROFILE = {
  resourceType: 'StructureDefinition',
  url: LAB,
  name: 'Lab',
  status: 'draft',
  kind: 'resource',
  abstract: false,
  type: 'Observation',
  baseDefinition: `${CORE}Observation`,
  derivation: 'constraint',
  differential: {
    element: [
      { path: 'Observation.code', patternCodeableConcept: { coding: [{ system: 'urn:s', code: 'lab' }] } },
      {
        path: 'Observation.component',
        slicing: { discriminator: [{ type: 'pattern', path: 'code' }], ordered: true, rules: 'closed' },
      },
      { path: 'Observation.component', sliceName: 'a', min: 1, max: '1' },
      {
        path: 'Observation.component.code',
        patternCodeableConcept: { coding: [{ system: 'urn:s', code: 'a' }] },
      },
      { path: 'Observation.component.value[x]', type: [{ code: 'Quantity' }], min: 1 },
      { path: 'Observation.component', sliceName: 'b', max: '1' },
      {
        path: 'Observation.component.code',
        patternCodeableConcept: { coding: [{ system: 'urn:s', code: 'b' }] },
      },
      {
        path: 'Observation.component.valueQuantity',
        maxValueQuantity: { value: 1, system: 'http://unitsofmeasure.org', code: 'kg' },
      },
    ],
  },
};

const NOWHERE = 'http://example.org/fhir/ValueSet/nowhere';
const BOUND = 'http://example.org/fhir/StructureDefinition/bound';
const BOUND_PROFILE = {
  ...PROFILE,
  url: BOUND,
  differential: {
    element: ['bodySite', 'method'].map((name) => ({
      path: `Observation.${name}`,
      binding: { strength: 'required', valueSet: NOWHERE },
    })),
  },
};

const coded = (code: string): object => ({ coding: [{ system: 'urn:s', code }] });
const quantity = (value: number, code = '1'): object => ({
  value,
  system: 'http://unitsofmeasure.org',
  code,
});
const A = { code: coded('a'), valueQuantity: quantity(1) };
const observation = (more: object): object => ({
  resourceType: 'Observation',
  status: 'final',
  code: coded('lab'),
  ...more,
});

let validator: Validator;

beforeAll(async () => {
  validator = await loadProfiles({ definitions: [PROFILE, BOUND_PROFILE] });
});

function errorsOf(resource: unknown, profiles: readonly string[] = []): readonly string[] {
  return validator
    .validateResource(resource, { profiles })
    .filter(({ severity }) => severity === 'error')
    .map(({ code, expression }) => `${code} ${expression}`);
}

describe('the base', () => {
  it.each<[string, unknown, readonly string[]]>([
    ['a valid one', observation({}), []],
    [
      'two elements of the same id',
      observation({ category: [{ id: 'a', text: 'x' }], method: { id: 'a', text: 'y' } }),
      ['element-invalid Observation.method.id'],
    ],
    [
      'a URI as identifier that is none',
      observation({ identifier: [{ system: 'urn:ietf:rfc:3986', value: '17' }] }),
      ['primitive-invalid Observation.identifier[0]'],
    ],
    ['no object', 'x', ['not-fhir Resource']],
    ['no type', {}, ['not-fhir Resource']],
    ['an unknown type', { resourceType: 'Nonsense' }, ['resource-type-unknown Resource']],
    ['an unknown property', observation({ colour: 'red' }), ['element-unknown Observation']],
    [
      'a required element missing',
      { resourceType: 'Observation', status: 'final' },
      ['element-missing Observation'],
    ],
    [
      'one of a choice too many',
      observation({ valueString: 'a', valueBoolean: true }),
      ['element-excess Observation'],
    ],
    [
      'a day that no calendar has',
      observation({ effectiveDateTime: '2023-02-29' }),
      ['date-unparseable Observation.effective.ofType(dateTime)'],
    ],
    [
      'a time without a zone',
      observation({ effectiveDateTime: '2023-02-28T10:00:00' }),
      ['date-unparseable Observation.effective.ofType(dateTime)'],
    ],
    [
      'an item instead of an array',
      observation({ category: coded('x') }),
      ['element-invalid Observation.category'],
    ],
    ['an empty array', observation({ category: [] }), ['element-invalid Observation.category']],
    [
      'a code outside a required value set',
      observation({ status: 'done' }),
      ['code-not-in-value-set Observation.status'],
    ],
    [
      'a unit that is none',
      observation({ valueQuantity: quantity(1, 'furlong') }),
      ['unit-invalid Observation.value.ofType(Quantity).code'],
    ],
    [
      'a target of another type',
      observation({ subject: { reference: 'Medication/1' } }),
      ['reference-target-invalid Observation.subject'],
    ],
    [
      'a contained resource that is not there',
      observation({ subject: { reference: '#p' } }),
      ['reference-not-found Observation.subject', 'invariant-failed Observation.subject'],
    ],
    [
      'an invariant',
      observation({
        component: [{ code: coded('a'), valueString: 'x', dataAbsentReason: coded('y') }],
        valueString: 'x',
        dataAbsentReason: coded('unknown'),
      }),
      ['invariant-failed Observation'],
    ],
    ['the object beside a primitive', observation({ _status: 1 }), ['element-invalid Observation.status']],
    [
      'a script in the narrative',
      observation({
        text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"><script/></div>' },
      }),
      ['narrative-invalid Observation.text.div'],
    ],
  ])('%s', (_name, resource, expected) => {
    expect([...errorsOf(resource)].sort()).toEqual([...expected].sort());
  });

  it('says once that a value set cannot be decided', () => {
    const bodySite = coded('x');
    const issues = validator.validateResource(observation({ bodySite, method: bodySite }), {
      profiles: [BOUND],
    });
    expect(issues.filter(({ code }) => code !== 'invariant-failed')).toMatchObject([
      { code: 'value-set-undecidable', severity: 'information', expected: NOWHERE },
    ]);
  });

  it('never quotes what may identify a person', () => {
    const issues = validator.validateResource({
      resourceType: 'Patient',
      name: [{ family: '<b>Secretive</b>' }],
    });
    expect(JSON.stringify(issues)).not.toContain('Secretive');
    expect(issues.map(({ code }) => code)).toContain('text-unsafe');
  });
});

describe('a profile known by its differential', () => {
  it.each<[string, object, readonly string[]]>([
    ['what it asks for', { component: [A] }, []],
    ['the required slice missing', {}, ['element-missing Observation']],
    ['the slice twice', { component: [A, A] }, ['element-excess Observation']],
    [
      'a type that the slice does not leave',
      { component: [{ code: coded('a'), valueString: 'x' }] },
      ['type-not-allowed Observation.component[0].value.ofType(string)'],
    ],
    [
      'no slice at all',
      { component: [A, { code: coded('c') }] },
      ['slice-unmatched Observation.component[1]'],
    ],
    [
      'slices out of order',
      { component: [{ code: coded('b') }, A] },
      ['slice-order Observation.component[1]'],
    ],
    [
      'a limit in another unit',
      { component: [A, { code: coded('b'), valueQuantity: quantity(1500, 'g') }] },
      ['value-out-of-limits Observation.component[1].value.ofType(Quantity)'],
    ],
    ['another code', { code: coded('other'), component: [A] }, ['pattern-mismatch Observation.code']],
  ])('%s', (_name, more, expected) => {
    expect(errorsOf(observation(more), [LAB])).toEqual(expected);
  });

  it('is an error to ask for when it is not loaded, a warning to claim', () => {
    const unknown = 'http://example.org/none';
    expect(errorsOf(observation({}), [unknown])).toEqual(['profile-unknown Observation']);
    expect(errorsOf(observation({ meta: { profile: [unknown] } }))).toEqual([]);
  });
});

describe('a bundle', () => {
  const entry = (fullUrl: string, resource: object): object => ({ fullUrl, resource });

  it.each<[string, object, readonly string[]]>([
    [
      'a relative full URL',
      { type: 'collection', entry: [entry('Patient/1', { resourceType: 'Patient', id: '1' })] },
      ['bundle-invalid Bundle.entry[0]'],
    ],
    [
      'a target of another type, found by full URL',
      {
        type: 'collection',
        entry: [
          entry(
            'urn:uuid:5c1a1c62-4a50-4b4e-9b2e-0d5a9a1f3c11',
            observation({ subject: { reference: 'urn:uuid:5c1a1c62-4a50-4b4e-9b2e-0d5a9a1f3c12' } }),
          ),
          entry('urn:uuid:5c1a1c62-4a50-4b4e-9b2e-0d5a9a1f3c12', { resourceType: 'Medication' }),
        ],
      },
      ['reference-target-invalid Bundle.entry[0].resource.subject'],
    ],
  ])('%s', (_name, more, expected) => {
    expect(errorsOf({ resourceType: 'Bundle', ...more })).toEqual(expected);
  });
});

describe("the guide's examples", () => {
  it.each(examples.map((example) => [`${example.resourceType} ${example.id}`, example] as const))(
    '%s is valid',
    (_name, example) => {
      expect(errorsOf(example)).toEqual([]);
    },
  );

  it('let no mutation through that breaks a rule', () => {
    const { missed, crashes } = fuzzValidator(validator, examples, 4000, 42);
    expect({ missed, crashes }).toEqual({ missed: [], crashes: [] });
  });
});
