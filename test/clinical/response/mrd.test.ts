import { deriveRecordDates } from '../../../src/clinical/record/record-dates.ts';
import { assessMrd, deriveMrdOccasions, type MrdCategory } from '../../../src/clinical/response/mrd.ts';
import type { Mrd } from '../../../src/cohort/cohort-record.generated.ts';
import { dayNumber } from '../../../src/core/partial-date.ts';
import { from, infusedOn, mrdOn, recordOf } from '../../support/record-builder.ts';

const FACT = { date: '2022-01-29', specimen: 'MARROW', sources: from('Observation/mrd') } as const;

describe('one MRD result (clinical specification 4.2)', () => {
  it.each<[string, Omit<Mrd, 'date' | 'specimen' | 'sources'>, MrdCategory]>([
    ['flow at the threshold', { method: 'FCM', value: 1e-4 }, 'POS'],
    ['flow, 0.01 % as written', { method: 'FCM', value: 0.01 / 100 }, 'POS'],
    ['flow below the threshold', { method: 'FCM', value: 9e-5 }, 'NEG'],
    ['flow below it, called positive', { method: 'FCM', value: 9e-5, call: 'POSITIVE' }, 'POS'],
    ['flow above it, called negative', { method: 'FCM', value: 2e-4, call: 'NEGATIVE' }, 'POS'],
    ['flow "<1e-4"', { method: 'FCM', value: 1e-4, comparator: '<' }, 'NEG'],
    ['flow "<1e-3"', { method: 'FCM', value: 1e-3, comparator: '<' }, 'NEG_INSUFFICIENT'],
    [
      'flow "<1e-3", said to be sensitive',
      { method: 'FCM', value: 1e-3, comparator: '<', sensitivity: 1e-5 },
      'NEG_INSUFFICIENT',
    ],
    ['flow ">1e-2"', { method: 'FCM', value: 1e-2, comparator: '>' }, 'POS'],
    ['flow ">=1e-4"', { method: 'FCM', value: 1e-4, comparator: '>=' }, 'POS'],
    ['flow ">1e-5"', { method: 'FCM', value: 1e-5, comparator: '>' }, 'INDETERMINATE'],
    ['flow nothing found', { method: 'FCM', value: 0 }, 'NEG'],
    ['flow nothing found, insensitive', { method: 'FCM', value: 0, sensitivity: 1e-3 }, 'NEG_INSUFFICIENT'],
    ['negative at the required sensitivity', { method: 'FCM', call: 'NEGATIVE', sensitivity: 1e-4 }, 'NEG'],
    [
      'negative just short of it',
      { method: 'FCM', call: 'NEGATIVE', sensitivity: 1.1e-4 },
      'NEG_INSUFFICIENT',
    ],
    ['negative, sensitivity by method', { method: 'NGS', call: 'NEGATIVE' }, 'NEG'],
    ['negative by an unknown method', { method: 'UNKNOWN', call: 'NEGATIVE' }, 'NEG_INSUFFICIENT'],
    [
      'negative by an unknown, sensitive method',
      { method: 'UNKNOWN', call: 'NEGATIVE', sensitivity: 1e-5 },
      'NEG',
    ],
    ['a trace by an unknown method', { method: 'UNKNOWN', value: 5e-5 }, 'INDETERMINATE'],
    ['"<1e-4" by an unknown method', { method: 'UNKNOWN', value: 1e-4, comparator: '<' }, 'NEG'],
    ['sequencing, any level', { method: 'NGS', value: 1e-7 }, 'POS'],
    ['sequencing ">0"', { method: 'NGS', value: 0, comparator: '>' }, 'POS'],
    ['sequencing "<1e-6"', { method: 'NGS', value: 1e-6, comparator: '<' }, 'NEG'],
    ['sequencing none', { method: 'NGS', value: 0 }, 'NEG'],
    ['fusion gene, any level', { method: 'FUSION_QPCR', value: 1e-6 }, 'POS'],
    ['receptor PCR, quantified', { method: 'RQ_PCR', value: 5e-5 }, 'POS'],
    ['positive, not quantifiable', { method: 'RQ_PCR', call: 'POSITIVE_NOT_QUANTIFIABLE' }, 'POS_NQ'],
    ['indeterminate', { method: 'FCM', call: 'INDETERMINATE' }, 'INDETERMINATE'],
    [
      'indeterminate by the laboratory, below by its number',
      { method: 'FCM', call: 'INDETERMINATE', value: 0 },
      'INDETERMINATE',
    ],
    ['neither number nor call', { method: 'FCM' }, 'INDETERMINATE'],
  ])('%s', (_, mrd, expected) => {
    expect(assessMrd({ ...FACT, ...mrd })).toBe(expected);
  });
});

describe('MRD day by day', () => {
  const occasions = (mrd: readonly Mrd[]) => {
    const record = recordOf({ courses: infusedOn('2022-01-01'), mrd });
    return deriveMrdOccasions(record, dayNumber('2022-01-01'), deriveRecordDates(record)).map(
      ({ day, result, evidence }) => [day, result, evidence.length],
    );
  };

  it.each<[string, readonly Mrd[], readonly (readonly [number, string, number])[]]>([
    [
      'positive by any method is positive',
      [mrdOn('2022-01-29', 'NEGATIVE'), mrdOn('2022-01-29', 'POSITIVE', { method: 'NGS' })],
      [[28, 'POSITIVE', 1]],
    ],
    [
      'two negatives of a day are one',
      [
        mrdOn('2022-01-29', 'NEGATIVE'),
        mrdOn('2022-01-29', 'NEGATIVE', { method: 'NGS', sources: from('Observation/b') }),
      ],
      [[28, 'NEGATIVE', 2]],
    ],
    [
      'blood can show disease',
      [mrdOn('2022-01-29', 'POSITIVE', { specimen: 'BLOOD' })],
      [[28, 'POSITIVE', 1]],
    ],
    ['blood cannot exclude it', [mrdOn('2022-01-29', 'NEGATIVE', { specimen: 'BLOOD' })], []],
    [
      'cerebrospinal fluid says nothing about marrow',
      [mrdOn('2022-01-29', 'POSITIVE', { specimen: 'CSF' })],
      [],
    ],
    [
      'a specimen that is not named is taken for marrow',
      [mrdOn('2022-01-29', 'NEGATIVE', { specimen: 'UNKNOWN' })],
      [[28, 'NEGATIVE', 1]],
    ],
    ['an insensitive negative is none', [mrdOn('2022-01-29', 'NEGATIVE', { sensitivity: 1e-2 })], []],
    ['the day of infusion is before', [mrdOn('2022-01-01', 'POSITIVE')], []],
    [
      'sorted',
      [mrdOn('2022-03-01', 'POSITIVE'), mrdOn('2022-01-29', 'NEGATIVE')],
      [
        [28, 'NEGATIVE', 1],
        [59, 'POSITIVE', 1],
      ],
    ],
  ])('%s', (_, mrd, expected) => {
    expect(occasions(mrd)).toEqual(expected);
  });
});
