import { courseOn, type RecordParts, therapyOn } from '../../support/record-builder.ts';
import { blasts, derive, level, mrd, on, status } from '../../support/response-case.ts';
import { INFUSION } from '../../support/toxicity-facts.ts';

describe('MRD_BURDEN before and after lymphodepletion', () => {
  const course = {
    ...courseOn(1, INFUSION, 'tisagenlecleucel'),
    lymphodepletion: [
      {
        agent: 'fludarabine',
        date: on(-5),
        sources: [{ reference: 'MedicationAdministration/f', path: 'x', site: 'a' }],
      },
    ],
  };
  it.each<[number, readonly string[]]>([
    [0.9e-4, ['NOT_MET', 'NOT_MET', 'NOT_MET']],
    [1e-4, ['MET', 'NOT_MET', 'NOT_MET']],
    [1e-3, ['MET', 'MET', 'NOT_MET']],
    [1e-2, ['MET', 'MET', 'MET']],
  ])('%d', (value, strata) => {
    const parts = { courses: [course], mrd: [level(-5, value), level(-1, 1e-2)] };
    expect(derive('MRD_BURDEN_PRE_LD', parts).criteria.map((one) => one.status)).toEqual(strata);
    expect(derive('MRD_BURDEN_POST_LD', parts)).toMatchObject({ day: -1, observed: '0.01' });
  });

  it('is not known where it was not measured', () => {
    expect(derive('MRD_BURDEN_POST_LD', { courses: [course], mrd: [level(-5, 1e-3)] })).toMatchObject({
      answer: 'UNKNOWN',
      criteria: [{ status: 'UNKNOWN' }, { status: 'UNKNOWN' }, { status: 'UNKNOWN' }],
      missing: ['mrd'],
    });
  });
});

describe('MRD after the infusion', () => {
  const cr = [status(28, 'CR')];
  it.each<[string, RecordParts, object]>([
    [
      'd100, d112',
      { statuses: cr, mrd: [mrd(28, 'NEGATIVE'), level(100, 2e-4), level(112, 2e-4)] },
      { answer: 'UNKNOWN', flags: ['UNCONFIRMED_POSITIVE'] },
    ],
    [
      'd100, d114',
      { statuses: cr, mrd: [mrd(28, 'NEGATIVE'), level(100, 2e-4), level(114, 2e-4)] },
      { answer: 'MET', day: 100 },
    ],
    [
      'negative between',
      { statuses: cr, mrd: [mrd(28, 'NEGATIVE'), level(100, 2e-4), mrd(114, 'NEGATIVE'), level(130, 2e-4)] },
      { answer: 'UNKNOWN' },
    ],
    [
      'blinatumomab between',
      {
        statuses: cr,
        mrd: [mrd(28, 'NEGATIVE'), level(100, 2e-4), level(120, 2e-4)],
        therapies: [therapyOn(on(105), 'BLINATUMOMAB')],
      },
      { answer: 'UNKNOWN' },
    ],
    [
      'blasts of 6 % at the second',
      {
        statuses: cr,
        mrd: [mrd(28, 'NEGATIVE'), level(100, 2e-4), level(120, 2e-4)],
        blasts: [blasts(120, 6)],
      },
      { answer: 'NOT_MET' },
    ],
    ['never gone', { statuses: cr, mrd: [level(28, 2e-4), level(60, 2e-4)] }, { answer: 'NOT_MET' }],
    ['never looked', { statuses: cr }, { answer: 'UNKNOWN', missing: ['mrd'] }],
  ])('re-emergence, %s', (_, parts, expected) => {
    expect(derive('MRD_REEMERGENCE_PKU', parts)).toMatchObject(expected);
  });

  it('re-emergence by another interval', () => {
    const parts = { statuses: cr, mrd: [mrd(28, 'NEGATIVE'), level(100, 2e-4), level(110, 2e-4)] };
    expect(derive('MRD_REEMERGENCE_PKU', parts, { overrides: { mrdReemergenceDays: 10 } }).answer).toBe(
      'MET',
    );
  });

  it.each<[string, RecordParts, object]>([
    ['positive at 28', { statuses: cr, mrd: [level(28, 2e-4)] }, { answer: 'MET', day: 28 }],
    [
      'the last up to the deadline',
      { statuses: cr, mrd: [level(28, 2e-4), level(42, 2e-4), level(43, 2e-4)] },
      { answer: 'MET', day: 42 },
    ],
    ['negative once', { statuses: cr, mrd: [level(28, 2e-4), mrd(40, 'NEGATIVE')] }, { answer: 'NOT_MET' }],
    [
      'negative after the deadline',
      { statuses: cr, mrd: [level(28, 2e-4), mrd(56, 'NEGATIVE')] },
      { answer: 'MET' },
    ],
    ['no remission', { mrd: [level(28, 2e-4)] }, { answer: 'UNKNOWN', missing: ['remission'] }],
  ])('persistence, %s', (_, parts, expected) => {
    expect(derive('MRD_PERSISTENCE', parts)).toMatchObject(expected);
  });
});
