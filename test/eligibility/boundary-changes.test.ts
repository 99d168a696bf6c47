import { assess, observing } from '../support/assess-hct.ts';
import { onDay } from '../support/hct-record.ts';
import { bCellsOn } from '../support/record-builder.ts';

describe('bounds of the rules', () => {
  it('a B-cell count exactly at 10 is recovery by the strict and aplasia by the lenient definition', () => {
    const change = observing({ bCells: [bCellsOn(onDay(95), 10, { measure: 'PER_MICROLITRE' })] });
    const assessment = assess({}, change);
    expect(assessment.status).toBe('RECOMMENDED');
    expect(assessment.boundarySensitive).toBe(true);
    expect(assessment.boundaryChanges).toEqual([
      {
        parameter: 'bcaDefinition',
        value: 'BCA_WH_LENIENT',
        status: 'NO_CRITERION_MET',
        criteria: [{ id: 'R.b', result: 'NOT_MET' }],
      },
    ]);
  });

  it('a loss first seen on day 182 depends on the window', () => {
    const assessment = assess({
      evalDay: 200,
      bca: [
        [170, 'A'],
        [182, 'R'],
      ],
    });
    expect(assessment.status).toBe('RECOMMENDED');
    expect(assessment.boundaryChanges).toEqual([
      {
        parameter: 'window',
        value: 'M6_D180',
        status: 'NO_CRITERION_MET',
        criteria: [{ id: 'R.b', result: 'NOT_MET' }],
      },
    ]);
  });

  it('blasts of exactly 5 % depend on the threshold', () => {
    const assessment = assess({ preLdBlastPct: 5 });
    expect(assessment.boundaryChanges).toEqual([
      {
        parameter: 'highBurden',
        value: 'GE5',
        status: 'MAY_BE_CONSIDERED',
        criteria: [{ id: 'C.b', result: 'MET' }],
      },
    ]);
  });

  it('nothing near a bound', () => {
    expect(assess({})).toMatchObject({ boundarySensitive: false, boundaryChanges: [] });
  });
});
