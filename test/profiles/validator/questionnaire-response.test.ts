import { loadProfiles } from '../../../src/profiles/load-profiles.ts';
import type { Validator } from '../../../src/profiles/validator.ts';
import { errorsOf } from './errors-of.ts';

const GENDER = 'http://hl7.org/fhir/administrative-gender';
const ASKED = 'http://example.org/fhir/Questionnaire/asked';

const QUESTIONNAIRE = {
  resourceType: 'Questionnaire',
  id: 'q',
  url: ASKED,
  status: 'active',
  item: [
    { linkId: '1', type: 'string', text: 'one', required: true },
    { linkId: '2', type: 'integer' },
    {
      linkId: '3',
      type: 'group',
      item: [
        {
          linkId: '3.1',
          type: 'choice',
          answerOption: [{ valueCoding: { system: 'urn:s', code: 'a' } }, { valueString: 's' }],
        },
        { linkId: '3.2', type: 'boolean', enableWhen: [{ question: '2', operator: '>', answerInteger: 5 }] },
      ],
    },
    { linkId: '4', type: 'decimal', repeats: true },
    { linkId: '5', type: 'open-choice', answerOption: [{ valueString: 's' }] },
    { linkId: '6', type: 'choice', answerValueSet: 'http://hl7.org/fhir/ValueSet/administrative-gender' },
    { linkId: '7', type: 'choice', answerValueSet: '#v' },
  ],
  contained: [
    {
      resourceType: 'ValueSet',
      id: 'v',
      status: 'active',
      compose: { include: [{ system: 'urn:v', concept: [{ code: 'x' }] }] },
    },
  ],
};

let validator: Validator;

beforeAll(async () => {
  validator = await loadProfiles({ definitions: [QUESTIONNAIRE] });
});

const answered = (linkId: string, ...answer: readonly object[]): object => ({ linkId, answer });
const ONE = answered('1', { valueString: 'x' });
const group = (...item: readonly object[]): object => ({ linkId: '3', item });
const response = (item: readonly object[], more: object = {}): object => ({
  resourceType: 'QuestionnaireResponse',
  questionnaire: ASKED,
  status: 'completed',
  ...(item.length === 0 ? {} : { item }),
  ...more,
});
const AT = 'QuestionnaireResponse';

it.each<[string, readonly object[], readonly string[]]>([
  [
    'every kind of answer',
    [
      ONE,
      answered('2', { valueInteger: 6 }),
      group(answered('3.1', { valueString: 's' }), answered('3.2', { valueBoolean: true })),
    ],
    [],
  ],
  ['nothing', [], [`answer-invalid ${AT}`]],
  ['a required question without answer', [{ linkId: '1' }], [`answer-invalid ${AT}`]],
  ['an unknown link id', [ONE, answered('9', { valueString: 'x' })], [`answer-invalid ${AT}.item[1]`]],
  ['another type', [answered('1', { valueInteger: 1 })], [`answer-invalid ${AT}.item[0].answer[0]`]],
  ['another order', [answered('2', { valueInteger: 1 }), ONE], [`answer-invalid ${AT}`]],
  [
    'two answers where one is allowed',
    [answered('1', { valueString: 'x' }, { valueString: 'y' })],
    [`answer-invalid ${AT}.item[0]`],
  ],
  ['two items where one is allowed', [ONE, ONE], [`answer-invalid ${AT}`]],
  ['two answers where they repeat', [ONE, answered('4', { valueDecimal: 1 }, { valueDecimal: 2 })], []],
  ['an option', [ONE, group(answered('3.1', { valueCoding: { system: 'urn:s', code: 'a' } }))], []],
  [
    'no option',
    [ONE, group(answered('3.1', { valueCoding: { system: 'urn:s', code: 'b' } }))],
    [`answer-invalid ${AT}.item[1].item[0].answer[0]`],
  ],
  ['words beside the options of an open choice', [ONE, answered('5', { valueString: 'other' })], []],
  ['a member of the value set', [ONE, answered('6', { valueCoding: { system: GENDER, code: 'male' } })], []],
  [
    'no member of the value set',
    [ONE, answered('6', { valueCoding: { system: 'urn:s', code: 'male' } })],
    [`code-not-in-value-set ${AT}.item[1].answer[0]`],
  ],
  [
    'a member of a contained value set',
    [ONE, answered('7', { valueCoding: { system: 'urn:v', code: 'x' } })],
    [],
  ],
  [
    'no member of a contained value set',
    [ONE, answered('7', { valueCoding: { system: 'urn:v', code: 'y' } })],
    [`code-not-in-value-set ${AT}.item[1].answer[0]`],
  ],
  [
    'an answer at the limit that does not enable',
    [ONE, answered('2', { valueInteger: 5 }), group(answered('3.2', { valueBoolean: true }))],
    [`answer-invalid ${AT}.item[2].item[0]`],
  ],
  ['an answer of a group', [ONE, answered('3', { valueString: 'x' })], [`answer-invalid ${AT}.item[1]`]],
  ['another text', [{ ...ONE, text: 'two' }], [`answer-invalid ${AT}.item[0]`]],
])('%s', (_name, items, expected) => {
  expect(errorsOf(validator, response(items))).toEqual(expected);
});

it('needs no answer before it is complete', () => {
  expect(errorsOf(validator, response([], { status: 'in-progress' }))).toEqual([]);
});

it('finds its questionnaire contained and in the bundle', () => {
  const local = { ...QUESTIONNAIRE, url: 'http://example.org/fhir/Questionnaire/local' };
  expect(
    errorsOf(
      validator,
      response([], { questionnaire: '#q', contained: [{ ...local, contained: undefined }] }),
    ),
  ).toContain(`answer-invalid ${AT}`);
  const bundle = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: [
      { fullUrl: 'http://a.org/x', resource: local },
      { fullUrl: 'http://a.org/y', resource: response([], { questionnaire: local.url }) },
    ],
  };
  expect(errorsOf(validator, bundle)).toEqual(['answer-invalid Bundle.entry[1].resource']);
});

it('says that a questionnaire is not here', () => {
  const issues = validator.validateResource(response([], { questionnaire: 'http://example.org/none' }));
  expect(issues).toContainEqual(
    expect.objectContaining({ code: 'definition-unknown', severity: 'information' }),
  );
});
