import type { HctParameters } from '../../../src/eligibility/hct-parameters.ts';
import { assess, criterion, observing, type RecordChange } from '../../support/assess-hct.ts';
import { onDay } from '../../support/hct-record.ts';
import { blastsOn, mrdOn } from '../../support/record-builder.ts';

describe('C.b', () => {
  it.each<[number, HctParameters['highBurden'], string]>([
    [5, 'GT5', 'NOT_MET'],
    [5.01, 'GT5', 'MET'],
    [5, 'GE5', 'MET'],
    [4.99, 'GE5', 'NOT_MET'],
    [25, 'GT25', 'NOT_MET'],
    [26, 'GT25', 'MET'],
    [40, 'GT40', 'NOT_MET'],
    [41, 'GT40', 'MET'],
    [1, 'GE1', 'MET'],
    [0.99, 'GE1', 'NOT_MET'],
  ])('%d %% by %s is %s', (preLdBlastPct, highBurden, result) => {
    expect(criterion(assess({ preLdBlastPct }, undefined, { highBurden }), 'C.b')?.result).toBe(result);
  });

  it.each([
    ['<5', { percent: 5, comparator: '<' }, 'NOT_MET'],
    ['>5', { percent: 5, comparator: '>' }, 'MET'],
    ['>=5', { percent: 5, comparator: '>=' }, 'UNKNOWN'],
    ['<20', { percent: 20, comparator: '<' }, 'UNKNOWN'],
  ] as const)('%s %%', (_, { percent, comparator }, result) => {
    const change = observing({ marrowBlasts: [blastsOn(onDay(-6), percent, { comparator })] });
    expect(criterion(assess({ preLdBlastPct: null }, change), 'C.b')?.result).toBe(result);
  });

  it.each([
    ['on the first day of lymphodepletion', -5, 'MET'],
    ['after it began', -4, 'UNKNOWN'],
    ['90 days before it', -95, 'MET'],
    ['91 days before it', -96, 'UNKNOWN'],
  ])('marrow %s', (_, day, result) => {
    const change = observing({ marrowBlasts: [blastsOn(onDay(day), 50)] });
    expect(criterion(assess({ preLdBlastPct: null }, change), 'C.b')?.result).toBe(result);
  });

  it('without a recorded lymphodepletion the infusion takes its place', () => {
    const change: RecordChange = (record) => ({
      ...observing({ marrowBlasts: [blastsOn(onDay(0), 50)] })(record),
      courses: record.courses.map((course) => ({ ...course, lymphodepletion: [] })),
    });
    expect(criterion(assess({ preLdBlastPct: null }, change), 'C.b')?.result).toBe('MET');
  });

  it('the latest marrow counts, of one day the highest', () => {
    const change = observing({
      marrowBlasts: [blastsOn(onDay(-30), 80), blastsOn(onDay(-7), 3), blastsOn(onDay(-7), 6)],
    });
    expect(criterion(assess({ preLdBlastPct: null }, change), 'C.b')).toMatchObject({
      result: 'MET',
      value: 6,
    });
  });

  it.each([
    [0.05, 'NOT_MET', 5],
    [0.07, 'MET', 7],
  ])('MRD of %d stands in for blasts', (preLdMrd, result, value) => {
    expect(criterion(assess({ preLdBlastPct: null, preLdMrd }), 'C.b')).toMatchObject({ result, value });
  });

  it('a positive MRD without a number says nothing of the burden', () => {
    const change = observing({ mrd: [mrdOn(onDay(-7), 'POSITIVE')] });
    expect(criterion(assess({ preLdBlastPct: null }, change), 'C.b')?.result).toBe('UNKNOWN');
  });
});
