import { brief, on, resultOf } from '../support/endpoint-case.ts';
import { blastsOn, mrdOn, type RecordParts, statusOn, therapyOn } from '../support/record-builder.ts';

const CR28 = statusOn(on(28), 'CR');

describe('persistence of MRD (4.4, 4.7)', () => {
  const positive = (day: number) => mrdOn(on(day), 'POSITIVE');
  const negative = (day: number) => mrdOn(on(day), 'NEGATIVE');
  it.each<[string, RecordParts, string]>([
    [
      'dated at the last one by the deadline',
      { statuses: [CR28], mrd: [positive(14), positive(28), positive(42)] },
      'EVENT MRD_PERSISTENCE 42',
    ],
    [
      'one after the deadline does not date it',
      { statuses: [CR28], mrd: [positive(28), positive(43)] },
      'EVENT MRD_PERSISTENCE 28',
    ],
    [
      'negative on the deadline',
      { statuses: [CR28], mrd: [positive(28), negative(42)] },
      'CENSORED LAST_CONTACT 1000',
    ],
    [
      'negative after it',
      { statuses: [CR28], mrd: [positive(28), negative(43)] },
      'EVENT MRD_PERSISTENCE 28',
    ],
    [
      'negative before',
      { statuses: [CR28], mrd: [negative(14), positive(28)] },
      'CENSORED LAST_CONTACT 1000',
    ],
    [
      'first positive after the deadline',
      { statuses: [CR28], mrd: [positive(43)] },
      'CENSORED LAST_CONTACT 1000',
    ],
    ['no remission', { mrd: [positive(28)] }, 'CENSORED LAST_CONTACT 1000'],
    [
      'remission stated later than the marrow was drawn',
      { statuses: [statusOn(on(30), 'CR')], mrd: [positive(28)] },
      'EVENT MRD_PERSISTENCE 30',
    ],
    [
      'positive and negative on one day',
      { statuses: [CR28], mrd: [positive(28), mrdOn(on(28), 'NEGATIVE', { method: 'NGS' })] },
      'EVENT MRD_PERSISTENCE 28',
    ],
    [
      'a negative of an insensitive assay',
      { statuses: [CR28], mrd: [positive(28), mrdOn(on(35), 'NEGATIVE', { sensitivity: 1e-3 })] },
      'EVENT MRD_PERSISTENCE 28',
    ],
    [
      'a negative of blood',
      { statuses: [CR28], mrd: [positive(28), mrdOn(on(35), 'NEGATIVE', { specimen: 'BLOOD' })] },
      'EVENT MRD_PERSISTENCE 28',
    ],
    [
      'only baseline MRD',
      { statuses: [CR28], mrd: [positive(-3), positive(0)] },
      'CENSORED LAST_CONTACT 1000',
    ],
  ])('%s', (_, parts, expected) => {
    expect(brief(resultOf('EFS_STRINGENT', parts))).toBe(expected);
  });

  it('is provisional while the deadline has not passed', () => {
    const result = resultOf('EFS_STRINGENT', { statuses: [CR28], mrd: [positive(28)] }, on(35));
    expect(result).toMatchObject({ type: 'MRD_PERSISTENCE', flags: ['PROVISIONAL'] });
  });
});

describe('re-emergence of MRD (4.2, 4.7)', () => {
  const positive = (day: number) => mrdOn(on(day), 'POSITIVE', { value: 2e-4 });
  const start = { statuses: [CR28], mrd: [mrdOn(on(28), 'NEGATIVE')] };
  it.each<[string, RecordParts, string]>([
    [
      '12 days apart',
      { ...start, mrd: [...start.mrd, positive(100), positive(112)] },
      'CENSORED LAST_CONTACT 1000',
    ],
    [
      '13 days apart',
      { ...start, mrd: [...start.mrd, positive(100), positive(113)] },
      'CENSORED LAST_CONTACT 1000',
    ],
    [
      '14 days apart',
      { ...start, mrd: [...start.mrd, positive(100), positive(114)] },
      'EVENT MRD_RELAPSE 100',
    ],
    [
      'not consecutive',
      { ...start, mrd: [...start.mrd, positive(100), mrdOn(on(114), 'NEGATIVE'), positive(130)] },
      'CENSORED LAST_CONTACT 1000',
    ],
    [
      'three in a run, the third far enough',
      { ...start, mrd: [...start.mrd, positive(100), positive(108), positive(115)] },
      'EVENT MRD_RELAPSE 100',
    ],
    [
      'recorded by the clinician',
      { ...start, statuses: [CR28, statusOn(on(90), 'RELAPSE', { level: 'MOLECULAR' })] },
      'EVENT MRD_RELAPSE 90',
    ],
    [
      'morphologic relapse with the second',
      {
        ...start,
        statuses: [CR28, statusOn(on(120), 'RELAPSE')],
        mrd: [...start.mrd, positive(100), positive(120)],
      },
      'EVENT RELAPSE 120',
    ],
    [
      'blinatumomab between',
      {
        ...start,
        mrd: [...start.mrd, positive(100), positive(120)],
        therapies: [therapyOn(on(105), 'BLINATUMOMAB', { intent: 'BRIDGING' })],
      },
      'CENSORED LAST_CONTACT 1000',
    ],
    [
      'blinatumomab on the day of the second',
      {
        ...start,
        mrd: [...start.mrd, positive(100), positive(120)],
        therapies: [therapyOn(on(120), 'BLINATUMOMAB')],
      },
      'EVENT MRD_RELAPSE 100',
    ],
  ])('%s', (_, parts, expected) => {
    expect(brief(resultOf('EFS_STRINGENT', parts))).toBe(expected);
  });

  it.each([
    ['NEGATIVE', 'EVENT'],
    ['POSITIVE', 'COMPETING'],
    ['DIM', 'COMPETING'],
    ['MIXED', 'COMPETING'],
    ['UNKNOWN', 'COMPETING'],
  ] as const)('a %s molecular relapse is %s of the CD19-negative composite', (cd19, status) => {
    const statuses = [CR28, statusOn(on(90), 'RELAPSE', { level: 'MOLECULAR', cd19 })];
    expect(resultOf('NR_CD19NEG_COMPOSITE', { statuses })).toMatchObject({ status, type: 'MRD_RELAPSE' });
  });
});

describe('blasts of 5 % or more beside re-emerging MRD (4.2)', () => {
  const mrd = [mrdOn(on(28), 'NEGATIVE'), mrdOn(on(100), 'POSITIVE'), mrdOn(on(120), 'POSITIVE')];
  it.each<[string, RecordParts, string]>([
    [
      'before the remission',
      { statuses: [CR28], blasts: [blastsOn(on(13), 10)], mrd },
      'EVENT MRD_RELAPSE 100',
    ],
    [
      'with the second positive',
      { statuses: [CR28], blasts: [blastsOn(on(120), 6)], mrd },
      'EVENT RELAPSE 120',
    ],
  ])('%s', (_, parts, expected) => {
    expect(brief(resultOf('EFS_STRINGENT', parts))).toBe(expected);
  });
});
