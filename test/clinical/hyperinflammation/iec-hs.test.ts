import { deriveIecHs, type IecHs } from '../../../src/clinical/hyperinflammation/iec-hs.ts';
import type { Observations } from '../../../src/cohort/cohort-record.generated.ts';
import { frameOf } from '../../support/frame-of.ts';
import { courseOn, diedOn, infusedOn } from '../../support/record-builder.ts';
import { drug, INFUSION, lab, oxygen, sign, temperature, when } from '../../support/toxicity-facts.ts';

describe('IEC-HS', () => {
  const FERRITIN = lab(when(8, '06:00'), 'ferritin', 801, { upperLimit: 400 });
  const iecHs = (
    laboratory: Observations['laboratory'],
    more: Partial<Observations> = {},
    crs: Parameters<typeof deriveIecHs>[1] = { occurred: 'MET', onsetDay: 3, parameters: {} },
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

  const limited = (day: number, time: string, value: number, more = {}) =>
    lab(when(day, time), 'ferritin', value, more);

  it.each<[string, Parameters<typeof iecHs>[0], string]>([
    ['doubled after exactly 24 hours', [limited(8, '06:00', 700), limited(9, '06:00', 1400)], 'MET'],
    ['doubled a minute later', [limited(8, '06:00', 700), limited(9, '06:01', 1400)], 'UNKNOWN'],
    ['less than doubled', [limited(8, '06:00', 700), limited(9, '06:00', 1399)], 'UNKNOWN'],
    [
      'doubled to less than a number',
      [limited(8, '06:00', 700), limited(9, '06:00', 1400, { comparator: '<' })],
      'UNKNOWN',
    ],
    [
      'doubled to more than a number',
      [limited(8, '06:00', 700), limited(9, '06:00', 1400, { comparator: '>' })],
      'MET',
    ],
    [
      'from more than a number',
      [limited(8, '06:00', 700, { comparator: '>' }), limited(9, '06:00', 1400)],
      'UNKNOWN',
    ],
    [
      'doubled since the last but one',
      [limited(8, '06:00', 700), limited(8, '18:00', 1000), limited(9, '06:00', 1400)],
      'MET',
    ],
    ['at twice the baseline', [lab(when(-2), 'ferritin', 500), lab(when(8), 'ferritin', 1000)], 'NOT_MET'],
    [
      'the baseline is the last before the cells',
      [lab(when(-9), 'ferritin', 100), lab(when(-2), 'ferritin', 500), lab(when(8), 'ferritin', 900)],
      'NOT_MET',
    ],
    [
      'a value of day 0 without a time is a baseline',
      [lab(when(0), 'ferritin', 500), lab(when(8), 'ferritin', 1001)],
      'MET',
    ],
    [
      'above the limit, not above the baseline',
      [lab(when(-2), 'ferritin', 2000), lab(when(8), 'ferritin', 801, { upperLimit: 400 })],
      'MET',
    ],
  ])('ferritin %s', (_, laboratory, expected) => {
    expect(iecHs([...(laboratory ?? []), fibrinogen(9)]).required.status).toBe(expected);
  });

  it('the pair that is complete first gives the day', () => {
    const laboratory = [
      FERRITIN,
      { ...FERRITIN, ...when(9, '06:00') },
      fibrinogen(11),
      lab(when(9, '07:00'), 'platelets', 20),
    ];
    expect(iecHs(laboratory)).toMatchObject({ day: 9, flags: [] });
  });

  it('a common finding far from a high ferritin is none, whatever else is low', () => {
    const found = iecHs([FERRITIN, fibrinogen(20)]);
    expect(found).toMatchObject({
      possible: 'UNKNOWN',
      missing: ['transaminases', 'fibrinogen', 'haemophagocytosis', 'cytopenia'],
    });
    expect(found.day).toBeUndefined();
    expect(found.further).toEqual([]);
  });

  it.each([
    [100, 'MET'],
    [101, 'UNKNOWN'],
  ])('on day %d, the last being 100: %s', (day, expected) => {
    expect(iecHs([{ ...FERRITIN, ...when(day, '06:00') }, fibrinogen(day)]).possible).toBe(expected);
  });

  it('haemophagocytosis of another cause is excluded', () => {
    const clinicalSigns = (otherCause: boolean) => [sign(when(8), 'HAEMOPHAGOCYTOSIS', true, { otherCause })];
    const of = (otherCause: boolean) => iecHs([FERRITIN], { clinicalSigns: clinicalSigns(otherCause) });
    expect(of(false).possible).toBe('MET');
    expect(of(true).common.find(({ id }) => id === 'haemophagocytosis')?.status).toBe('NOT_MET');
  });

  it.each([
    ['UNKNOWN', ['crs-onset']],
    ['MET', []],
  ] as const)('CRS %s: %j is missing', (occurred, missing) => {
    const clinicalSigns = [sign(when(8), 'HAEMOPHAGOCYTOSIS', false)];
    const laboratory = [
      FERRITIN,
      fibrinogen(8),
      lab(when(8), 'alt', 30, { upperLimit: 40 }),
      lab(when(8), 'ast', 30, { upperLimit: 40 }),
      lab(when(8), 'anc', 3000),
    ];
    expect(iecHs(laboratory, { clinicalSigns }, { occurred, parameters: {} }).missing).toEqual(missing);
  });

  describe('findings that may be there too, within three days of the first', () => {
    const further = (more: Partial<Observations>, laboratory: NonNullable<Observations['laboratory']> = []) =>
      Object.fromEntries(
        iecHs([FERRITIN, fibrinogen(8), ...laboratory], more).further.map(({ id, status }) => [id, status]),
      );

    it.each<[string, string, number, object, string]>([
      ['ldh', 'ldh', 251, { upperLimit: 250 }, 'MET'],
      ['ldh', 'ldh', 250, { upperLimit: 250 }, 'NOT_MET'],
      ['ldh', 'ldh', 900, {}, 'UNKNOWN'],
      ['coagulation', 'inr', 1.3, { upperLimit: 1.2 }, 'MET'],
      ['coagulation', 'aptt', 41, { upperLimit: 40 }, 'MET'],
      ['direct-bilirubin', 'direct-bilirubin', 0.5, { upperLimit: 0.3 }, 'MET'],
      ['triglycerides', 'triglycerides', 266, {}, 'MET'],
      ['triglycerides', 'triglycerides', 265, {}, 'NOT_MET'],
    ])('%s by %s %d %j: %s', (id, analyte, value, limits, expected) => {
      expect(further({}, [lab(when(9), analyte, value, limits)])[id]).toBe(expected);
    });

    it.each([
      [38, 'MET'],
      [37.9, 'NOT_MET'],
    ])('fever at %d', (value, expected) => {
      expect(further({ vitalSigns: [temperature(when(9), value)] })['fever']).toBe(expected);
    });

    it.each([
      ['SPLENOMEGALY', 'splenomegaly', true, 'MET'],
      ['SPLENOMEGALY', 'splenomegaly', false, 'NOT_MET'],
      ['PULMONARY_SIGNS', 'pulmonary-signs', true, 'MET'],
      ['RENAL_INSUFFICIENCY', 'renal-insufficiency', true, 'MET'],
    ] as const)('%s is %s', (name, id, present, expected) => {
      expect(further({ clinicalSigns: [sign(when(9), name, present)] })[id]).toBe(expected);
    });

    it.each([
      [5, 'MET'],
      [4, 'UNKNOWN'],
      [11, 'MET'],
      [12, 'UNKNOWN'],
    ])('fever on day %d, the first day being 8', (day, expected) => {
      expect(further({ vitalSigns: [temperature(when(day), 39)] })['fever']).toBe(expected);
    });
  });

  describe('the lowest grade that interventions show', () => {
    const laboratory = [FERRITIN, fibrinogen(8)];
    const pulmonary = sign(when(10), 'PULMONARY_SIGNS', true);
    const ventilated = oxygen(when(10), 'MECHANICAL_VENTILATION');
    const grade = (more: Partial<Observations>) => iecHs(laboratory, more).proposedMinimumGrade?.grade;

    it.each<[string, Partial<Observations>, number | undefined]>([
      [
        'ventilation with pulmonary signs among others',
        {
          clinicalSigns: [sign(when(9), 'SPLENOMEGALY', true), pulmonary],
          oxygenSupport: [oxygen(when(9), 'NONE'), ventilated],
        },
        4,
      ],
      [
        'ventilation without pulmonary signs',
        { clinicalSigns: [{ ...pulmonary, present: false }], oxygenSupport: [ventilated] },
        undefined,
      ],
      [
        'ventilation of another cause',
        { clinicalSigns: [pulmonary], oxygenSupport: [{ ...ventilated, otherCause: true }] },
        undefined,
      ],
      [
        'pulmonary signs without ventilation',
        { clinicalSigns: [pulmonary], oxygenSupport: [oxygen(when(10), 'CPAP')] },
        undefined,
      ],
      ['a drug on the first day', { supportiveDrugs: [drug(when(8), 'anakinra')] }, 2],
      ['a drug the day before', { supportiveDrugs: [drug(when(7), 'anakinra')] }, undefined],
    ])('%s', (_, more, expected) => {
      expect(grade(more)).toBe(expected);
    });

    it('no drug shows a grade where IEC-HS is not possible', () => {
      expect(
        iecHs([fibrinogen(8)], { supportiveDrugs: [drug(when(9), 'anakinra')] }).proposedMinimumGrade,
      ).toBeUndefined();
    });

    it.each([
      ['by it', 'IEC_HS', '2024-03-20', { grade: 5, reasons: ['death'] }],
      ['by something else', 'INFECTION', '2024-03-20', undefined],
      ['by it on an unknown day', 'IEC_HS', undefined, undefined],
      ['by it in the next course', 'IEC_HS', '2024-06-20', undefined],
    ] as const)('death %s', (_, cause, date, expected) => {
      const courses = [...infusedOn(INFUSION), courseOn(2, '2024-06-01', 'tisagenlecleucel')];
      const found = deriveIecHs(frameOf({ courses, death: diedOn(date, cause) }), {
        occurred: 'MET',
        onsetDay: 3,
        parameters: {},
      });
      expect(found.proposedMinimumGrade).toEqual(expected);
    });
  });
});
