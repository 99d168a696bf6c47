import { deriveIecHs, type IecHs } from '../../../src/clinical/hyperinflammation/iec-hs.ts';
import type { Observations } from '../../../src/cohort/cohort-record.generated.ts';
import { frameOf } from '../../support/frame-of.ts';
import { drug, lab, oxygen, sign, when } from '../../support/toxicity-facts.ts';

describe('IEC-HS', () => {
  const FERRITIN = lab(when(8, '06:00'), 'ferritin', 801, { upperLimit: 400 });
  const iecHs = (
    laboratory: Observations['laboratory'],
    more: Partial<Observations> = {},
    crs: Parameters<typeof deriveIecHs>[1] = { occurred: 'MET', onsetDay: 3 },
  ): IecHs => deriveIecHs(frameOf({ observations: { laboratory: laboratory ?? [], ...more } }), crs);
  const fibrinogen = (day: number, value = 149, time = '06:00') => lab(when(day, time), 'fibrinogen', value);

  it('high ferritin and one common finding within 72 hours', () => {
    expect(iecHs([FERRITIN, fibrinogen(11)])).toMatchObject({ possible: 'MET', day: 11, date: '2024-03-15' });
    expect(iecHs([FERRITIN, fibrinogen(11, 149, '06:01')]).possible).not.toBe('MET');
  });

  it.each<[string, Parameters<typeof iecHs>[0], string]>([
    ['ferritin at twice the limit', [{ ...FERRITIN, value: 800 }, fibrinogen(8)], 'NOT_MET'],
    ['ferritin without a limit or baseline', [lab(when(8), 'ferritin', 9000), fibrinogen(8)], 'UNKNOWN'],
    [
      'twice the baseline',
      [lab(when(-2), 'ferritin', 500), lab(when(8), 'ferritin', 1001), fibrinogen(8)],
      'MET',
    ],
    [
      'rising rapidly',
      [lab(when(8, '06:00'), 'ferritin', 700), lab(when(9, '06:00'), 'ferritin', 1400), fibrinogen(9)],
      'MET',
    ],
    ['fibrinogen at 150', [FERRITIN, fibrinogen(8, 150)], 'UNKNOWN'],
    ['fibrinogen below its own limit', [FERRITIN, { ...fibrinogen(8, 180), lowerLimit: 190 }], 'MET'],
    ['ALT above five times the limit', [FERRITIN, lab(when(8), 'alt', 201, { upperLimit: 40 })], 'MET'],
    ['ALT at five times the limit', [FERRITIN, lab(when(8), 'alt', 200, { upperLimit: 40 })], 'UNKNOWN'],
    [
      'ALT not above five times an abnormal baseline',
      [FERRITIN, lab(when(-1), 'alt', 80, { upperLimit: 40 }), lab(when(8), 'alt', 400, { upperLimit: 40 })],
      'UNKNOWN',
    ],
    ['before CRS began', [{ ...FERRITIN, ...when(2, '06:00') }, fibrinogen(2)], 'UNKNOWN'],
    ['no ferritin', [fibrinogen(8)], 'UNKNOWN'],
  ])('%s', (_, laboratory, expected) => {
    expect(iecHs(laboratory).possible).toBe(expected);
  });

  it('all common findings excluded', () => {
    const laboratory = [
      FERRITIN,
      fibrinogen(8, 300),
      lab(when(8), 'alt', 30, { upperLimit: 40 }),
      lab(when(8), 'ast', 30, { upperLimit: 40 }),
      lab(when(8), 'anc', 3000),
    ];
    const clinicalSigns = [sign(when(8), 'HAEMOPHAGOCYTOSIS', false)];
    expect(iecHs(laboratory, { clinicalSigns }).possible).toBe('NOT_MET');
  });

  it('cytopenia alone is a weak sign', () => {
    expect(iecHs([FERRITIN, lab(when(8), 'platelets', 20)])).toMatchObject({
      possible: 'MET',
      flags: ['CYTOPENIA_ALONE'],
    });
  });

  it('what was done shows a lowest grade', () => {
    const laboratory = [FERRITIN, fibrinogen(8)];
    expect(iecHs(laboratory).proposedMinimumGrade).toBeUndefined();
    expect(iecHs(laboratory, { supportiveDrugs: [drug(when(9), 'anakinra')] }).proposedMinimumGrade).toEqual({
      grade: 2,
      reasons: ['anakinra'],
    });
    expect(
      iecHs(laboratory, {
        oxygenSupport: [oxygen(when(10), 'MECHANICAL_VENTILATION')],
        clinicalSigns: [sign(when(10), 'PULMONARY_SIGNS', true)],
      }).proposedMinimumGrade,
    ).toEqual({ grade: 4, reasons: ['ventilation'] });
  });
});
