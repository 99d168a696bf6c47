import type { Assertion, CohortRecord } from '../../src/cohort/cohort-record.generated.ts';
import { contradictions } from '../../src/mapping/contradictions.ts';
import { from, hctOn, infusedOn, type RecordParts, recordOf, therapyOn } from '../support/record-builder.ts';

const stated = (question: Assertion['question'], answer: string, date?: string): Assertion => ({
  question,
  answer,
  ...(date === undefined ? {} : { date }),
  sources: from(`Observation/${question}`),
});

function referencesOf(
  parts: RecordParts,
  ...assertions: readonly Assertion[]
): readonly (string | undefined)[] {
  return contradictions(recordOf({ ...parts, observations: { assertions } })).map(
    ({ reference }) => reference,
  );
}

const NEVER_HCT = stated('PRIOR_ALLOGENEIC_HCT', 'NO', '2024-01-01');
const NEVER_BLINA = stated('BLINATUMOMAB_EXPOSURE', 'NO', '2024-01-01');

it.each<[string, RecordParts, Assertion, boolean]>([
  ['an earlier HCT', { hcts: [hctOn('2023-01-01')] }, NEVER_HCT, true],
  ['an HCT of that day', { hcts: [hctOn('2024-01-01')] }, NEVER_HCT, true],
  ['an HCT of the day after', { hcts: [hctOn('2024-01-02')] }, NEVER_HCT, false],
  ['an HCT of the same month, whose day nobody told', { hcts: [hctOn('2024-01')] }, NEVER_HCT, true],
  ['an HCT of the month after', { hcts: [hctOn('2024-02')] }, NEVER_HCT, false],
  ['an undated "never"', { hcts: [hctOn('2024-06-01')] }, stated('PRIOR_ALLOGENEIC_HCT', 'NO'), true],
  ['"yes"', { hcts: [hctOn('2023-01-01')] }, stated('PRIOR_ALLOGENEIC_HCT', 'YES', '2024-01-01'), false],
  ['an autologous HCT', { hcts: [hctOn('2023-01-01', { kind: 'AUTOLOGOUS' })] }, NEVER_HCT, false],
  [
    'an HCT after the infusion is not prior',
    { courses: infusedOn('2023-06-01'), hcts: [hctOn('2023-07-01')] },
    NEVER_HCT,
    false,
  ],
  [
    'an HCT of the day of the infusion is not prior',
    { courses: infusedOn('2023-06-01'), hcts: [hctOn('2023-06-01')] },
    NEVER_HCT,
    false,
  ],
  [
    'an HCT before the infusion',
    { courses: infusedOn('2023-06-01'), hcts: [hctOn('2023-05-31')] },
    NEVER_HCT,
    true,
  ],
  ['blinatumomab', { therapies: [therapyOn('2023-06-01', 'BLINATUMOMAB')] }, NEVER_BLINA, true],
  ['another drug', { therapies: [therapyOn('2023-06-01', 'INOTUZUMAB')] }, NEVER_BLINA, false],
  ['another question', { hcts: [hctOn('2023-01-01')] }, NEVER_BLINA, false],
])('%s: %p', (_, parts, assertion, expected) => {
  expect(referencesOf(parts, assertion)).toEqual(expected ? [`Observation/${assertion.question}`] : []);
});

it.each([
  ['KMT2A_REARRANGEMENT', true, true],
  ['KMT2A_REARRANGEMENT', false, false],
  ['BCR_ABL1', true, false],
] as const)('never adverse, and %s %p: %p', (marker, present, expected) => {
  const record: CohortRecord = {
    ...recordOf({ observations: { assertions: [stated('ADVERSE_CYTOGENETICS', 'NO')] } }),
    disease: { diagnoses: [], cytogenetics: [{ marker, present, sources: from('Observation/marker') }] },
  };
  expect(contradictions(record)).toHaveLength(expected ? 1 : 0);
});

it('names the statement and the fact', () => {
  const [finding] = contradictions(
    recordOf({ hcts: [hctOn('2023-01-01')], observations: { assertions: [NEVER_HCT] } }),
  );
  expect(finding).toEqual({
    code: 'assertion-contradicted',
    severity: 'warning',
    message: 'The statement says never, Procedure/hct-2023-01-01 says otherwise; the recorded fact stands.',
    reference: 'Observation/PRIOR_ALLOGENEIC_HCT',
    expression: 'value',
    site: 'a',
  });
});
