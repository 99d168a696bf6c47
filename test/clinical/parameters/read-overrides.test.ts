import { Ajv2020 } from 'ajv/dist/2020.js';
import {
  CLINICAL_PARAMETERS,
  chooseParameters,
} from '../../../src/clinical/parameters/clinical-parameters.ts';
import {
  PARAMETER_SCHEMA,
  readParameterAssignments,
  readParameterOverrides,
} from '../../../src/clinical/parameters/read-overrides.ts';

const refused = (...findings: readonly object[]) =>
  expect.objectContaining({
    code: 'parameter-invalid',
    findings: findings.map((finding) => expect.objectContaining(finding)),
  });

describe('from JSON', () => {
  it('takes numbers, choices, switches and cut-offs that nobody has chosen yet', () => {
    const given = {
      episodeGapHours: 48,
      hfncRule: 'DEVICE',
      capdGrade1NeedsNewFinding: true,
      lowDoseBelow: 1.5,
      cd3Minimum: null,
    } as const;
    expect(readParameterOverrides(given)).toEqual(given);
    expect(readParameterOverrides({})).toEqual({});
  });

  it.each<[string, unknown, object]>([
    ['unknown name', { episodeGap: 48 }, { found: 'a name that is not known', expected: 'episodeGapHours' }],
    ['nothing like it', { colour: 1 }, { expected: 'a parameter of docs/parameters.md' }],
    ['text for a number', { episodeGapHours: '48' }, { found: '48', expected: '24 to 720 hours' }],
    ['below', { episodeGapHours: 23.9 }, { found: '23.9' }],
    ['above', { episodeGapHours: 720.1 }, { found: '720.1' }],
    ['half a day', { icahtFillDays: 1.5 }, { expected: 'a whole number, 0 to 14 days' }],
    ['no such choice', { hfncRule: 'BOTH' }, { found: 'BOTH', expected: 'FLOW or DEVICE' }],
    ['number for a switch', { capdGrade1NeedsNewFinding: 1 }, { expected: 'true or false' }],
    ['none for a number that has a default', { episodeGapHours: null }, { found: 'null' }],
  ])('%s', (_, content, finding) => {
    expect(() => readParameterOverrides(content)).toThrow(refused(finding));
  });

  it('tells everything that is wrong at once', () => {
    expect(() => readParameterOverrides({ hfncRule: 1, colour: 1, lloq: -1 })).toThrow(
      refused({ expression: 'colour' }, { expression: 'hfncRule' }, { expression: 'lloq' }),
    );
  });

  it.each([[[]], ['text'], [null]])('%j is no set of parameters', (content) => {
    expect(() => readParameterOverrides(content)).toThrow(refused({ expression: 'parameters' }));
  });
});

describe('from the text of a call', () => {
  it('reads each in its own type; a later one goes before', () => {
    expect(
      readParameterAssignments([
        'episodeGapHours=48',
        'hfncRule=DEVICE',
        'capdGrade1NeedsNewFinding=true',
        'mrdFlowPositiveFrom=1e-3',
        'episodeGapHours = 36',
      ]),
    ).toEqual({
      episodeGapHours: 36,
      hfncRule: 'DEVICE',
      capdGrade1NeedsNewFinding: true,
      mrdFlowPositiveFrom: 0.001,
    });
  });

  it.each([
    ['episodeGapHours', { found: 'episodeGapHours', expected: 'name=value' }],
    ['=48', { expected: 'name=value' }],
    ['episodeGapHours=', { found: '', expected: '24 to 720 hours' }],
    ['episodeGapHours=two', { found: 'two' }],
    ['episodeGapHours=48h', { found: '48h' }],
    ['capdGrade1NeedsNewFinding=yes', { found: 'yes', expected: 'true or false' }],
    ['__proto__=1', { found: 'a name that is not known' }],
  ])('refuses %s', (assignment, finding) => {
    expect(() => readParameterAssignments([assignment])).toThrow(refused(finding));
  });
});

it('the schema allows every default and its own limits, as the derivations do', () => {
  const isSound = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(PARAMETER_SCHEMA);
  for (const [name, parameter] of Object.entries(CLINICAL_PARAMETERS)) {
    const values: readonly unknown[] =
      'minimum' in parameter
        ? [parameter.value, parameter.minimum, parameter.maximum]
        : 'choices' in parameter
          ? parameter.choices
          : [true, false];
    for (const value of values) {
      expect([name, value, isSound({ [name]: value })]).toEqual([name, value, true]);
      const names = [name as keyof typeof CLINICAL_PARAMETERS];
      expect(chooseParameters(names, { [name]: value })).toEqual({ [name]: value });
    }
    if (!('minimum' in parameter)) continue;
    for (const value of [parameter.minimum - 1, parameter.maximum + 1]) {
      expect([name, value, isSound({ [name]: value })]).toEqual([name, value, false]);
    }
  }
});
