import type { CohortRecord } from '../../../src/cohort/cohort-record.generated.ts';
import { assess, criterion, observing, type RecordChange } from '../../support/assess-hct.ts';
import { assertionOf, onDay } from '../../support/hct-record.ts';
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

  it.each<[string, boolean | null, boolean | null, CohortRecord['disease']['cytogenetics'], string]>([
    ['refractory', true, false, [], 'history of refractoriness'],
    ['stated', false, true, [], 'adverse cytogenetics'],
    [
      'a marker is named, once',
      false,
      true,
      [marker('TP53_MUTATION', true), marker('TP53_MUTATION', true)],
      'TP53_MUTATION',
    ],
    [
      'both',
      true,
      null,
      [marker('KMT2A_REARRANGEMENT', true)],
      'history of refractoriness, KMT2A_REARRANGEMENT',
    ],
    [
      'a marker that was excluded is no reason',
      true,
      null,
      [marker('KMT2A_REARRANGEMENT', false)],
      'history of refractoriness',
    ],
    ['neither', false, false, [], 'neither refractory nor adverse cytogenetics'],
    ['open', false, null, [], 'not fully known'],
  ])('the reason: %s', (_, refractory, adverseCyto, cytogenetics, reason) => {
    const found = criterion(assess({ refractory, adverseCyto }, markers(...cytogenetics)), 'C.d');
    expect(found?.reason).toBe(reason);
  });

  it('shows every marker that was looked for, found or not', () => {
    const shown = criterion(
      assess(
        { adverseCyto: null },
        markers(
          marker('TP53_MUTATION', true),
          marker('KMT2A_REARRANGEMENT', false),
          marker('BCR_ABL1', true),
        ),
      ),
      'C.d',
    );
    expect(shown?.data.map(({ value }) => value)).toEqual([
      'REFRACTORINESS NO',
      'TP53_MUTATION present',
      'KMT2A_REARRANGEMENT absent',
    ]);
  });

  it('a marker that was excluded does not contradict a "never"', () => {
    expect(assess({}, markers(marker('KMT2A_REARRANGEMENT', false))).cautions).toEqual([]);
  });

  it.each(['REFRACTORINESS', 'ADVERSE_CYTOGENETICS'] as const)(
    '%s stated both ways on one day',
    (question) => {
      const both = observing({ assertions: [assertionOf(question, 'YES', onDay(100))] });
      expect(assess({}, both).cautions).toEqual(['CONTRADICTORY_ASSERTIONS']);
    },
  );
});
