import type { CohortRecord } from '../../../src/cohort/cohort-record.generated.ts';
import { assess, criterion, type RecordChange } from '../../support/assess-hct.ts';
import { from } from '../../support/record-builder.ts';

describe('C.d', () => {
  const marker = (
    name: 'KMT2A_REARRANGEMENT' | 'TP53_MUTATION' | 'BCR_ABL1' | 'OTHER_ADVERSE',
    present: boolean,
  ) => ({
    marker: name,
    present,
    sources: from(`Observation/${name}`),
  });
  const markers = (...cytogenetics: CohortRecord['disease']['cytogenetics']): RecordChange => {
    return (record) => ({ ...record, disease: { ...record.disease, cytogenetics } });
  };

  it.each<[boolean | null, boolean | null, string]>([
    [false, false, 'NOT_MET'],
    [true, null, 'MET'],
    [null, true, 'MET'],
    [false, null, 'UNKNOWN'],
    [null, false, 'UNKNOWN'],
    [null, null, 'UNKNOWN'],
  ])('refractory %s, adverse %s', (refractory, adverseCyto, result) => {
    expect(criterion(assess({ refractory, adverseCyto }), 'C.d')?.result).toBe(result);
  });

  it.each([
    ['KMT2A found', [marker('KMT2A_REARRANGEMENT', true)], 'MET'],
    ['TP53 found', [marker('TP53_MUTATION', true)], 'MET'],
    ['BCR::ABL1 alone', [marker('BCR_ABL1', true)], 'UNKNOWN'],
    ['KMT2A alone excluded', [marker('KMT2A_REARRANGEMENT', false)], 'UNKNOWN'],
    [
      'all excluded',
      [marker('KMT2A_REARRANGEMENT', false), marker('TP53_MUTATION', false), marker('OTHER_ADVERSE', false)],
      'NOT_MET',
    ],
  ] as const)('%s', (_, cytogenetics, result) => {
    expect(criterion(assess({ adverseCyto: null }, markers(...cytogenetics)), 'C.d')?.result).toBe(result);
  });

  it('a marker that was found decides against a "never"', () => {
    const assessment = assess({}, markers(marker('KMT2A_REARRANGEMENT', true)));
    expect(criterion(assessment, 'C.d')?.result).toBe('MET');
    expect(assessment.cautions).toEqual(['ASSERTION_CONTRADICTED_BY_FACT']);
  });
});
