import type { GuidanceResponse, Parameters } from '@medplum/fhirtypes';
import type { HctAssessment } from '../../src/eligibility/hct-assessment.ts';
import { HCT_DEFAULTS } from '../../src/eligibility/hct-parameters.ts';
import { MISSING } from '../../src/eligibility/hct-ruleset.ts';
import { checkStructure } from '../../src/fhir/check-structure.ts';
import { hctConsolidationParameters } from '../../src/projection/hct-consolidation-parameters.ts';

const SD = 'https://cartograph.example.org/fhir/StructureDefinition';
const datum = { ref: 'Observation/o1', path: 'Observation.value', site: 'x', date: '2025-02-24' };

const assessment: HctAssessment = {
  patient: 'p1',
  evaluatedAt: '2025-03-01',
  course: 1,
  day: 125,
  ruleset: 'westhafen-2025-preproof@1',
  status: 'RECOMMENDED',
  reason: 'Aplasia was lost.',
  statusIfEligible: 'RECOMMENDED',
  branch: 'NO_PRIOR_HCT',
  criteria: [
    {
      id: 'R.b',
      result: 'MET',
      reason: 'aplasia D90, B cells D120',
      data: [datum],
      parameters: { window: 'M6_D183' },
      cite: ['WH L422'],
      missing: [],
      provisional: true,
      reevaluateByDay: 183,
    },
  ],
  missing: [],
  cautions: ['OUTSIDE_CAYA_AGE_RANGE'],
  notes: [],
  evidenceConflict: false,
  boundarySensitive: false,
  boundaryChanges: [],
  reevaluateByDay: 183,
  parameters: HCT_DEFAULTS,
  disclaimer: 'Not a medical device.',
};

function guidance(value: HctAssessment): GuidanceResponse {
  const parameters = hctConsolidationParameters(value, []);
  expect(checkStructure(parameters)).toEqual([]);
  expect(parameters.parameter?.map(({ name }) => name)).toEqual(['result']);
  return parameters.parameter?.[0]?.resource as GuidanceResponse;
}

function answer(value: HctAssessment): NonNullable<Parameters['parameter']> {
  const response = guidance(value);
  const contained = response.contained?.[0] as Parameters;
  expect(response.outputParameters?.reference).toBe(`#${contained.id}`);
  return contained.parameter ?? [];
}

describe('hctConsolidationParameters', () => {
  it('gives a GuidanceResponse that names rule set, person and date', () => {
    expect(guidance(assessment)).toMatchObject({
      resourceType: 'GuidanceResponse',
      meta: { profile: [`${SD}/cartograph-hct-assessment`], tag: [{ code: 'derived' }] },
      moduleCanonical: 'https://cartograph.example.org/fhir/Library/westhafen-2025-preproof|1',
      status: 'success',
      subject: { reference: 'Patient/p1' },
      occurrenceDateTime: '2025-03-01',
      extension: [
        {
          url: `${SD}/evidence`,
          extension: [
            { url: 'resource', valueReference: { reference: 'Observation/o1' } },
            { url: 'path', valueString: 'Observation.value' },
          ],
        },
      ],
    });
    expect(guidance(assessment)).not.toHaveProperty('dataRequirement');
  });

  it('contains the answer, days as dates for a calendar', () => {
    const parameters = answer(assessment);
    expect(parameters).toEqual(
      expect.arrayContaining([
        { name: 'status', valueCode: 'RECOMMENDED' },
        { name: 'statusIfEligible', valueCode: 'RECOMMENDED' },
        { name: 'branch', valueCode: 'NO_PRIOR_HCT' },
        { name: 'day', valueInteger: 125 },
        { name: 'reevaluateBy', valueDate: '2025-04-28' },
        { name: 'caution', valueCode: 'OUTSIDE_CAYA_AGE_RANGE' },
        { name: 'disclaimer', valueString: 'Not a medical device.' },
      ]),
    );
    expect(parameters.find(({ name }) => name === 'criterion')).toMatchObject({
      extension: [{ url: `${SD}/evidence` }],
      part: [
        { name: 'id', valueCode: 'R.b' },
        { name: 'result', valueCode: 'MET' },
        { name: 'provisional', valueBoolean: true },
        { name: 'reevaluateBy', valueDate: '2025-04-28' },
        { name: 'reason', valueString: 'aplasia D90, B cells D120' },
        { name: 'parameter', valueString: 'window=M6_D183' },
        { name: 'citation', valueString: 'WH L422' },
      ],
    });
  });

  it('names the day of the next test, and the answer in words', () => {
    const parameters = answer({ ...assessment, nextBCellTestDueDay: 135 });
    expect(parameters).toEqual(
      expect.arrayContaining([
        { name: 'nextBCellTestBy', valueDate: '2025-03-11' },
        { name: 'summary', valueString: expect.stringMatching(/^Recommended: B-cell aplasia lost/) },
        { name: 'explanation', valueString: expect.stringMatching(/Test B cells again by 2025-03-11/) },
      ]),
    );
  });

  it('shows what a gate rests on', () => {
    const { branch: _, statusIfEligible: _eligible, ...rest } = assessment;
    const death = { ref: 'Patient/p1', path: 'Patient.deceased', site: 'x', date: '2025-02-01' };
    const gated: HctAssessment = {
      ...rest,
      branch: null,
      criteria: [],
      status: 'NOT_APPLICABLE',
      gate: 'G1',
      scopeData: [death],
    };
    expect(guidance(gated).extension).toEqual([
      {
        url: `${SD}/evidence`,
        extension: [
          { url: 'resource', valueReference: { reference: 'Patient/p1' } },
          { url: 'path', valueString: 'Patient.deceased' },
        ],
      },
    ]);
  });

  it('asks for what is missing, each in the profile that can carry it', () => {
    const response = guidance({
      ...assessment,
      status: 'INDETERMINATE',
      possible: ['RECOMMENDED', 'NOT_ELIGIBLE_TO_PROCEED'],
      missing: [MISSING.fitness],
    });
    expect(response.status).toBe('data-required');
    expect(response.dataRequirement).toEqual([
      {
        type: 'Observation',
        profile: [`${SD}/cartograph-hct-decision`],
        codeFilter: [
          {
            path: 'code',
            code: [
              {
                system: 'https://cartograph.example.org/fhir/CodeSystem/cartograph-observation',
                code: 'fit-for-hct',
              },
            ],
          },
        ],
      },
    ]);
  });

  it.each(Object.values(MISSING))('knows what to ask for when "%s" is missing', (wording) => {
    const response = guidance({ ...assessment, status: 'INDETERMINATE', missing: [wording] });
    expect(response.dataRequirement?.length).toBeGreaterThan(0);
  });

  it('answers success without branch or criteria where a gate decided', () => {
    const { branch: _, statusIfEligible: _eligible, ...rest } = assessment;
    const gated: HctAssessment = {
      ...rest,
      branch: null,
      criteria: [],
      status: 'NOT_APPLICABLE',
      gate: 'G1',
    };
    expect(guidance(gated).status).toBe('success');
    expect(answer(gated).map(({ name }) => name)).not.toEqual(expect.arrayContaining(['branch']));
  });
});
