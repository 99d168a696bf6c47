import { deriveIcaht, type Icaht } from '../../../src/clinical/blood-counts/icaht.ts';
import { frameOf } from '../../support/frame-of.ts';
import { diedOn, type RecordParts, statusOn, therapyOn } from '../../support/record-builder.ts';
import { drug, lab, when } from '../../support/toxicity-facts.ts';

describe('early ICAHT through records', () => {
  const low = (lastDay: number) =>
    Array.from({ length: lastDay + 1 }, (_, day) => lab(when(day, '06:00'), 'anc', 300));
  const early = (parts: RecordParts, asOf?: string): Icaht => deriveIcaht(frameOf(parts, asOf), 'EARLY');

  it('never recovered by day 30', () => {
    const icaht = early({ observations: { laboratory: low(30) }, lastContact: '2024-12-01' });
    expect(icaht).toMatchObject({ grade: 4, status: 'EXACT', missing: [] });
    expect(icaht.evidence).toHaveLength(31);
  });

  it('early death', () => {
    const icaht = early({ observations: { laboratory: low(11) }, death: diedOn('2024-03-16', 'INFECTION') });
    expect(icaht).toMatchObject({ grade: 4, censored: { day: 12, reason: 'DEATH' } });
  });

  it('a relapse ends the counting', () => {
    const icaht = early({
      observations: { laboratory: low(30) },
      statuses: [statusOn('2024-03-10', 'RELAPSE')],
      lastContact: '2024-12-01',
    });
    expect(icaht).toMatchObject({ grade: 2, censored: { day: 6, reason: 'RELAPSE' } });
  });

  it('another therapy ends the counting', () => {
    const icaht = early({
      observations: { laboratory: low(30) },
      therapies: [therapyOn('2024-03-08', 'BLINATUMOMAB')],
      lastContact: '2024-12-01',
    });
    expect(icaht).toMatchObject({ grade: 1, censored: { day: 4, reason: 'NEW_THERAPY' } });
  });

  it('while the window is open nothing is "never"', () => {
    const icaht = early({ observations: { laboratory: low(10) } }, '2024-03-14');
    expect(icaht).toMatchObject({ grade: 2, flags: ['WINDOW_OPEN'] });
  });

  it('the lowest count of a day, carried to both ends of what was seen; a growth factor beside it', () => {
    const laboratory = [lab(when(5, '06:00'), 'anc', 900), lab(when(5, '18:00'), 'anc', 450)];
    const icaht = early({ observations: { laboratory, supportiveDrugs: [drug(when(6), 'filgrastim')] } });
    expect(icaht).toMatchObject({ detail: { daysBelow500: 7 } });
    expect(icaht.growthFactors).toHaveLength(1);
  });

  it('no count', () => {
    expect(early({})).toMatchObject({ status: 'INDETERMINATE', missing: ['anc'] });
  });
});
