import { assess, criterion, observing } from '../../support/assess-hct.ts';
import { assertionOf, onDay } from '../../support/hct-record.ts';

describe('C.a', () => {
  it.each([
    [true, true, 'MET', []],
    [true, false, 'NOT_MET', []],
    [false, null, 'NOT_MET', []],
    [null, false, 'NOT_MET', []],
    [true, null, 'UNKNOWN', ['patient/family desire for HCT']],
    [null, true, 'UNKNOWN', ['donor availability']],
    [null, null, 'UNKNOWN', ['donor availability', 'patient/family desire for HCT']],
  ])('donor %s, desire %s', (donor, desire, result, missing) => {
    const assessment = assess({ donor, desire });
    expect(criterion(assessment, 'C.a')).toMatchObject({ result, missing });
    expect(assessment.missing).toEqual(missing);
  });

  it('the latest statement counts, also when it is "not known"', () => {
    const change = observing({ assertions: [assertionOf('DONOR_AVAILABLE', 'NO', onDay(10))] });
    expect(criterion(assess({ donor: true, desire: true }, change), 'C.a')?.result).toBe('MET');
    const withdrawn = observing({ assertions: [assertionOf('HCT_DESIRED', 'UNKNOWN', onDay(100))] });
    expect(criterion(assess({ donor: true, desire: null }, withdrawn), 'C.a')?.result).toBe('UNKNOWN');
  });

  it('an undated statement is the oldest', () => {
    const change = observing({ assertions: [assertionOf('DONOR_AVAILABLE', 'NO')] });
    expect(criterion(assess({ donor: true, desire: true }, change), 'C.a')?.result).toBe('MET');
  });

  it('statements of one day that contradict each other leave it open', () => {
    const change = observing({ assertions: [assertionOf('DONOR_AVAILABLE', 'NO', onDay(100))] });
    const assessment = assess({ donor: true, desire: true }, change);
    expect(criterion(assessment, 'C.a')?.result).toBe('UNKNOWN');
    expect(assessment.cautions).toEqual(['CONTRADICTORY_ASSERTIONS']);
  });

  it('a statement after the evaluation day does not exist', () => {
    const change = observing({ assertions: [assertionOf('DONOR_AVAILABLE', 'NO', onDay(101))] });
    expect(criterion(assess({ donor: true, desire: true }, change), 'C.a')?.result).toBe('MET');
  });
});
