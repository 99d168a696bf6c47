import { frameCourse } from '../../../src/clinical/course/course-frame.ts';
import { considerSpecialPopulations } from '../../../src/clinical/risk/special-populations.ts';
import type { Assertion, CohortRecord } from '../../../src/cohort/cohort-record.generated.ts';
import { from, infusedOn, type RecordParts, recordOf, statusOn } from '../../support/record-builder.ts';
import { INFUSION } from '../../support/toxicity-facts.ts';

function record(parts: RecordParts = {}): CohortRecord {
  return recordOf({ courses: infusedOn(INFUSION), lastContact: '2026-01-01', ...parts });
}

describe('special populations', () => {
  const stated = (...answers: readonly (readonly [Assertion['question'], string])[]) => ({
    observations: {
      assertions: answers.map(([question, answer]) => ({
        question,
        answer,
        sources: from(`Observation/${question}`),
      })),
    },
  });
  const relapse = (date: string) => statusOn(date, 'RELAPSE');
  const marker = (present: boolean): CohortRecord => ({
    ...record(),
    disease: {
      diagnoses: [],
      cytogenetics: [{ marker: 'BCR_ABL1', present, sources: from('Observation/ph') }],
    },
  });

  it.each<[string, string, CohortRecord, string]>([
    [
      'CONSIDER_AT_FIRST_RELAPSE',
      'first, Down syndrome',
      record({ statuses: [relapse('2023-10-01')], ...stated(['DOWN_SYNDROME', 'YES']) }),
      'MET',
    ],
    [
      'CONSIDER_AT_FIRST_RELAPSE',
      'said twice within 30 days',
      record({
        statuses: [relapse('2023-10-01'), relapse('2023-10-31')],
        ...stated(['DOWN_SYNDROME', 'YES']),
      }),
      'MET',
    ],
    [
      'CONSIDER_AT_FIRST_RELAPSE',
      'second',
      record({
        statuses: [relapse('2023-01-01'), relapse('2023-10-01')],
        ...stated(['DOWN_SYNDROME', 'YES']),
      }),
      'NOT_MET',
    ],
    ['CONSIDER_AT_FIRST_RELAPSE', 'none on record', record(stated(['DOWN_SYNDROME', 'YES'])), 'UNKNOWN'],
    [
      'CONSIDER_AT_FIRST_RELAPSE',
      'first, no such condition',
      record({
        statuses: [relapse('2023-10-01')],
        ...stated(['DOWN_SYNDROME', 'NO'], ['CHROMOSOMAL_INSTABILITY', 'NO']),
      }),
      'NOT_MET',
    ],
    ['DOWN_SYNDROME_NOTE', 'stated', record(stated(['DOWN_SYNDROME', 'YES'])), 'MET'],
    ['DOWN_SYNDROME_NOTE', 'not stated', record(), 'UNKNOWN'],
    [
      'CONSIDER_IN_INSTABILITY_WITH_MIXED_CHIMERISM',
      'chimerism is not on record',
      record(stated(['CHROMOSOMAL_INSTABILITY', 'YES'])),
      'UNKNOWN',
    ],
    [
      'CONSIDER_IN_INSTABILITY_WITH_MIXED_CHIMERISM',
      'no instability',
      record(stated(['CHROMOSOMAL_INSTABILITY', 'NO'])),
      'NOT_MET',
    ],
    ['CONSIDER_TKI_MAINTENANCE', 'Ph-positive', marker(true), 'MET'],
    ['CONSIDER_TKI_MAINTENANCE', 'Ph-negative', marker(false), 'NOT_MET'],
    ['CONSIDER_TKI_MAINTENANCE', 'not looked for', record(), 'UNKNOWN'],
  ])('%s, %s', (definition, _, of, expected) => {
    const frame = frameCourse(of, 1);
    const found = frame && considerSpecialPopulations(frame).find((one) => one.definition === definition);
    expect(found?.status).toBe(expected);
  });
});
