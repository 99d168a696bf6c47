/** Rules of definitional resources. */
import { loadProfiles } from '../../../src/profiles/load-profiles.ts';
import type { Validator } from '../../../src/profiles/validator.ts';
import { errorsOf } from './errors-of.ts';

const GENDER = 'http://hl7.org/fhir/administrative-gender';
const CORE = 'http://hl7.org/fhir/StructureDefinition/';

let validator: Validator;

beforeAll(async () => {
  validator = await loadProfiles();
});

const definition = (resourceType: string, more: object): object => ({
  resourceType,
  url: `http://example.org/fhir/${resourceType}/x`,
  name: 'X',
  status: 'active',
  ...more,
});

const invalid = 'definition-invalid';

it.each<[string, object, readonly string[]]>([
  ['a count that is right', { content: 'complete', count: 1, concept: [{ code: 'a' }] }, []],
  [
    'a count that is wrong',
    { content: 'complete', count: 2, concept: [{ code: 'a' }] },
    [`${invalid} CodeSystem`],
  ],
  [
    'nested concepts count',
    { content: 'complete', count: 2, concept: [{ code: 'a', concept: [{ code: 'b' }] }] },
    [],
  ],
  [
    'content that is not present',
    { content: 'not-present', concept: [{ code: 'a' }] },
    [`${invalid} CodeSystem`],
  ],
  ['a supplement of nothing', { content: 'supplement', concept: [{ code: 'a' }] }, [`${invalid} CodeSystem`]],
  ['a supplement', { content: 'supplement', supplements: GENDER, concept: [{ code: 'male' }] }, []],
  [
    'a whole system that supplements',
    { content: 'complete', supplements: GENDER },
    [`${invalid} CodeSystem`],
  ],
  ['a relative URL', { content: 'complete', url: 'CodeSystem/x' }, [`${invalid} CodeSystem`]],
])('CodeSystem: %s', (_name, more, expected) => {
  expect(errorsOf(validator, definition('CodeSystem', more))).toEqual(expected);
});

it.each<[string, string, readonly string[]]>([
  ['a code system', GENDER, []],
  ['an unknown system', 'http://example.org/none', []],
  [
    'a value set',
    'http://hl7.org/fhir/ValueSet/administrative-gender',
    [`${invalid} ValueSet.compose.include[0]`],
  ],
  ['a relative URL', 'gender', [`${invalid} ValueSet.compose.include[0]`]],
  ['a fragment', '#gender', [`${invalid} ValueSet.compose.include[0]`]],
])('ValueSet: includes %s', (_name, system, expected) => {
  expect(errorsOf(validator, definition('ValueSet', { compose: { include: [{ system }] } }))).toEqual(
    expected,
  );
});

it.each<[string, string, string, object, readonly string[]]>([
  ['codes of its systems', 'male', 'female', {}, []],
  ['no code of the source', 'man', 'female', {}, ['code-unknown ConceptMap.group[0].element[0].code']],
  [
    'no code of the target',
    'male',
    'woman',
    {},
    ['code-unknown ConceptMap.group[0].element[0].target[0].code'],
  ],
  [
    'no code of the value set that is mapped',
    'male',
    'female',
    { sourceCanonical: 'http://hl7.org/fhir/ValueSet/marital-status' },
    ['code-not-in-value-set ConceptMap.group[0].element[0].code'],
  ],
])('ConceptMap: %s', (_name, code, target, more, expected) => {
  const element = [{ code, target: [{ code: target, equivalence: 'equivalent' }] }];
  const map = { ...more, group: [{ source: GENDER, target: GENDER, element }] };
  expect(errorsOf(validator, definition('ConceptMap', map))).toEqual(expected);
});

it.each<[string, string, readonly string[]]>([
  ['an element', 'Patient.name.family', []],
  ['one element of several types', 'Patient.name | Practitioner.name', []],
  ['a condition', "Patient.telecom.where(system = 'phone')", []],
  ['an extension', "Patient.extension('http://example.org/x').value", []],
  ['no element', 'Patient.colour', [`${invalid} SearchParameter.expression`]],
  [
    'no element in a condition',
    "Patient.telecom.where(colour = 'red')",
    [`${invalid} SearchParameter.expression`],
  ],
  ['an element of another resource', 'Observation.code', [`${invalid} SearchParameter.expression`]],
  ['no FHIRPath', 'Patient..name', [`${invalid} SearchParameter.expression`]],
])('SearchParameter: its expression names %s', (_name, expression, expected) => {
  const parameter = { description: 'x', code: 'x', base: ['Patient'], type: 'token', expression };
  expect(errorsOf(validator, definition('SearchParameter', parameter))).toEqual(expected);
});

it('Questionnaire: an item is not enabled by one inside it; invariants hold at any depth', () => {
  const inner = { linkId: '2', type: 'string' };
  const enableWhen = [{ question: '2', operator: 'exists', answerBoolean: true }];
  const item = [{ linkId: '1', type: 'group', enableWhen, item: [inner] }];
  expect(errorsOf(validator, definition('Questionnaire', { item }))).toEqual([
    `${invalid} Questionnaire.item[0].enableWhen[0]`,
  ]);
  const deep = [
    { linkId: '1', type: 'group', item: [{ linkId: '2', type: 'display', text: 'x', required: true }] },
  ];
  expect(errorsOf(validator, definition('Questionnaire', { item: deep }))).toEqual([
    'invariant-failed Questionnaire.item[0].item[0]',
  ]);
});

const profile = (elements: readonly object[], more: object = {}): object =>
  definition('StructureDefinition', {
    kind: 'resource',
    abstract: false,
    type: 'Patient',
    baseDefinition: `${CORE}Patient`,
    derivation: 'constraint',
    differential: { element: [{ id: 'Patient', path: 'Patient' }, ...elements] },
    ...more,
  });
const element = (path: string, more: object = {}): object => ({ id: path, path, ...more });
const AT = 'StructureDefinition';
const first = [`${invalid} ${AT}.differential.element[1]`];
const slicing = { discriminator: [{ type: 'value', path: 'use' }], rules: 'open' };

it.each<[string, readonly object[], readonly string[]]>([
  ['a narrower number', [element('Patient.name', { min: 1, max: '1' })], []],
  ['a greater maximum', [element('Patient.gender', { max: '*' })], first],
  ['a smaller minimum', [element('Patient.communication.language', { min: 0 })], first],
  ['one of the types', [element('Patient.deceased[x]', { type: [{ code: 'boolean' }] })], []],
  ['another type', [element('Patient.name', { type: [{ code: 'string' }] })], first],
  ['a fixed value of the type', [element('Patient.gender', { fixedCode: 'male' })], []],
  ['a fixed value of another type', [element('Patient.gender', { fixedString: 'male' })], first],
  [
    'a profile of another type',
    [element('Patient.name', { type: [{ code: 'HumanName', profile: [`${CORE}SimpleQuantity`] }] })],
    first,
  ],
  [
    'another target',
    [
      element('Patient.managingOrganization', {
        type: [{ code: 'Reference', targetProfile: [`${CORE}Patient`] }],
      }),
    ],
    first,
  ],
  [
    'a binding to a code system',
    [element('Patient.maritalStatus', { binding: { strength: 'required', valueSet: GENDER } })],
    first,
  ],
  [
    'a slice of what is sliced',
    [element('Patient.name', { slicing }), { id: 'Patient.name:a', path: 'Patient.name', sliceName: 'a' }],
    [],
  ],
  ['a slice of what is not sliced', [{ id: 'Patient.name:a', path: 'Patient.name', sliceName: 'a' }], first],
  [
    'a slice of what does not repeat',
    [{ id: 'Patient.gender:a', path: 'Patient.gender', sliceName: 'a' }],
    first,
  ],
  [
    'another order',
    [element('Patient.gender'), element('Patient.name')],
    [`${invalid} ${AT}.differential.element[2]`],
  ],
  [
    'one key for two expressions',
    [
      element('Patient.name', {
        constraint: [{ key: 'x-1', severity: 'error', human: 'x', expression: 'family.exists()' }],
      }),
      element('Patient.gender', {
        constraint: [{ key: 'x-1', severity: 'error', human: 'x', expression: 'exists()' }],
      }),
    ],
    [`${invalid} ${AT}.differential.element[2]`],
  ],
])('StructureDefinition: %s', (_name, elements, expected) => {
  expect(errorsOf(validator, profile(elements))).toEqual(expected);
});

it.each<[string, object]>([
  ['the base of another type', { baseDefinition: `${CORE}Observation` }],
  ['another kind', { kind: 'complex-type' }],
  ['no derivation', { derivation: undefined }],
  ['the context of an extension', { context: [{ type: 'element', expression: 'Patient' }] }],
])('StructureDefinition: %s', (_name, more) => {
  expect(errorsOf(validator, profile([], more))).toContain(`${invalid} ${AT}`);
});

it.each<[string, string | undefined, readonly string[]]>([
  ['its own URL', 'http://example.org/fhir/StructureDefinition/x', []],
  ['another URL', 'http://example.org/fhir/StructureDefinition/y', [`${invalid} ${AT}`]],
  ['no URL', undefined, [`${invalid} ${AT}`]],
])('an extension fixes %s', (_name, fixedUri, expected) => {
  const extension = definition('StructureDefinition', {
    kind: 'complex-type',
    abstract: false,
    context: [{ type: 'element', expression: 'Patient' }],
    type: 'Extension',
    baseDefinition: `${CORE}Extension`,
    derivation: 'constraint',
    differential: {
      element: [{ id: 'Extension', path: 'Extension' }, element('Extension.url', { fixedUri })],
    },
  });
  expect(errorsOf(validator, JSON.parse(JSON.stringify(extension)))).toEqual(expected);
});
