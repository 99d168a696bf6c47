import { deriveCytopenias } from '../../../src/clinical/blood-counts/cytopenia.ts';
import { deriveIcaht, type Icaht } from '../../../src/clinical/blood-counts/icaht.ts';
import { frameCourse } from '../../../src/clinical/course/course-frame.ts';
import { deriveIecHs, type IecHs } from '../../../src/clinical/hyperinflammation/iec-hs.ts';
import { deriveImmunoglobulin, type Immunoglobulin } from '../../../src/clinical/immunity/immunoglobulin.ts';
import { deriveInfections } from '../../../src/clinical/immunity/infections.ts';
import type { Infection, Observations } from '../../../src/cohort/cohort-record.generated.ts';
import {
  diedOn,
  from,
  infusedOn,
  type RecordParts,
  recordOf,
  statusOn,
  therapyOn,
} from '../../support/record-builder.ts';
import { drug, INFUSION, lab, oxygen, sign, when } from '../../support/toxicity-facts.ts';

function frameOf(parts: RecordParts, asOf?: string) {
  const frame = frameCourse(recordOf({ courses: infusedOn(INFUSION), ...parts }), 1, asOf);
  if (frame === undefined) throw new Error('the infusion is dated');
  return frame;
}

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

describe('cytopenia by CTCAE: strictly below, at any time', () => {
  const statusOf = (analyte: string, value: number, day = 5) =>
    Object.fromEntries(
      deriveCytopenias(frameOf({ observations: { laboratory: [lab(when(day), analyte, value)] } })).map(
        ({ definition, status }) => [definition, status],
      ),
    );

  it.each([
    ['anc', 499, 'CTCAE5_NEUTROPENIA_G4', 'MET'],
    ['anc', 500, 'CTCAE5_NEUTROPENIA_G4', 'NOT_MET'],
    ['platelets', 49, 'CTCAE5_THROMBOCYTOPENIA_G3', 'MET'],
    ['platelets', 50, 'CTCAE5_THROMBOCYTOPENIA_G3', 'NOT_MET'],
    ['platelets', 24, 'CTCAE5_THROMBOCYTOPENIA_G4', 'MET'],
    ['platelets', 25, 'CTCAE5_THROMBOCYTOPENIA_G4', 'NOT_MET'],
    ['haemoglobin', 7.9, 'CTCAE5_ANAEMIA_G3', 'MET'],
    ['haemoglobin', 8, 'CTCAE5_ANAEMIA_G3', 'NOT_MET'],
  ])('%s %d', (analyte, value, id, expected) => {
    expect(statusOf(analyte, value)[id]).toBe(expected);
  });

  it('day 28 is the last', () => {
    expect(statusOf('anc', 100, 28)['CTCAE5_NEUTROPENIA_G4']).toBe('MET');
    expect(statusOf('anc', 100, 29)['CTCAE5_NEUTROPENIA_G4']).toBe('UNKNOWN');
  });
});

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

describe('immunoglobulin', () => {
  const igg = (value: number, more = {}): Immunoglobulin =>
    deriveImmunoglobulin(frameOf({ observations: { laboratory: [lab(when(60), 'igg', value, more)] } }));

  it.each([
    [399, {}, 'MET'],
    [400, {}, 'NOT_MET'],
    [390, {}, 'MET'],
    [200, { comparator: '<' }, 'MET'],
    [500, { comparator: '<' }, 'UNKNOWN'],
  ])('%d %j', (value, more, expected) => {
    expect(igg(value, more).hypogammaglobulinaemia).toBe(expected);
  });

  it.each([
    [30, 'MET'],
    [29, 'NOT_MET'],
  ])('immunoglobulin on day %d, a sample on day 60', (day, expected) => {
    const result = deriveImmunoglobulin(
      frameOf({
        observations: {
          laboratory: [lab(when(60), 'igg', 600)],
          supportiveDrugs: [drug(when(day), 'immunoglobulin')],
        },
      }),
    );
    expect(result.samples[0]?.notNative).toBe(expected);
  });

  const infection = (day: number, more: Partial<Infection> = {}): Infection => ({
    ...when(day),
    sources: from(`Condition/infection-${day}`),
    treated: true,
    ...more,
  });

  it.each<[string, readonly Infection[], string]>([
    ['two within six months', [infection(30), infection(200)], 'MET'],
    ['two, further apart', [infection(10), infection(210)], 'UNKNOWN'],
    ['one that led to admission', [infection(30, { hospitalised: true })], 'MET'],
    ['one', [infection(30)], 'UNKNOWN'],
  ])('on replacement with infections: %s', (_, infections, expected) => {
    const result = deriveImmunoglobulin(
      frameOf({
        observations: {
          laboratory: [lab(when(220), 'igg', 450)],
          supportiveDrugs: [drug(when(200), 'immunoglobulin')],
          infections,
        },
      }),
    );
    expect(result.considerHigherTarget).toBe(expected);
  });

  it('a level below the limit is no question of a higher target', () => {
    expect(igg(300).considerHigherTarget).toBe('NOT_MET');
  });

  it('early and late infections', () => {
    const infections = deriveInfections(
      frameOf({ observations: { infections: [infection(28), infection(29), infection(-3)] } }),
    );
    expect(infections).toMatchObject({ early: 1, late: 1 });
  });
});
