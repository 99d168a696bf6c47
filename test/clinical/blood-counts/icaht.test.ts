import { deriveIcaht, type Icaht } from '../../../src/clinical/blood-counts/icaht.ts';
import type { Laboratory } from '../../../src/cohort/cohort-record.generated.ts';
import { frameOf } from '../../support/frame-of.ts';
import { diedOn, type RecordParts, statusOn, therapyOn } from '../../support/record-builder.ts';
import { drug, lab, reported, when } from '../../support/toxicity-facts.ts';

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

  /** Charted every day, but for day 5 far above every limit, so that nothing is filled in beside it. */
  const onlyOnDay5 = (value: number, more: Partial<Laboratory> = {}) =>
    Array.from({ length: 31 }, (_, day) =>
      lab(when(day), 'anc', day === 5 ? value : 4000, day === 5 ? more : {}),
    );

  it.each([
    [500, 1],
    [501, 0],
  ])('neutrophils of %d on one day: grade %d', (count, grade) => {
    const found = early({ observations: { laboratory: onlyOnDay5(count) }, lastContact: '2024-12-01' });
    expect(found).toMatchObject({ grade, status: 'EXACT', flags: [] });
  });

  it.each([
    ['<', 500, 1, []],
    ['<=', 500, 1, []],
    ['<', 501, 0, ['COUNT_NOT_PLACEABLE']],
    ['>', 500, 0, []],
    ['>', 499, 0, ['COUNT_NOT_PLACEABLE']],
    ['>=', 501, 0, []],
    ['>=', 500, 0, ['COUNT_NOT_PLACEABLE']],
  ] as const)('neutrophils %s %d on one day: grade %d', (comparator, count, grade, flags) => {
    const found = early({
      observations: { laboratory: onlyOnDay5(count, { comparator }) },
      lastContact: '2024-12-01',
    });
    expect(found).toMatchObject({ grade, flags, status: flags.length === 0 ? 'EXACT' : 'AT_LEAST' });
  });

  it.each<[string, RecordParts, string | undefined, object | undefined]>([
    ['death before last contact', { death: diedOn('2024-03-16') }, undefined, { day: 12, reason: 'DEATH' }],
    ['death on the last day of the window', { death: diedOn('2024-04-03') }, undefined, undefined],
    ['death the day before', { death: diedOn('2024-04-02') }, undefined, { day: 29, reason: 'DEATH' }],
    [
      'last contact',
      { observations: { laboratory: low(12) } },
      undefined,
      { day: 12, reason: 'LAST_FOLLOW_UP' },
    ],
    [
      'progression',
      { statuses: [statusOn('2024-03-10', 'PROGRESSIVE')] },
      undefined,
      { day: 6, reason: 'RELAPSE' },
    ],
    [
      'maintenance does not',
      {
        therapies: [therapyOn('2024-03-10', 'CHEMOTHERAPY', { intent: 'MAINTENANCE' })],
        lastContact: '2024-12-01',
      },
      undefined,
      undefined,
    ],
    [
      'relapse and death of one day: what is final',
      { statuses: [statusOn('2024-03-10', 'RELAPSE')], death: diedOn('2024-03-10') },
      undefined,
      { day: 6, reason: 'DEATH' },
    ],
    ['the day of evaluation', {}, '2024-03-14', { day: 10, reason: 'CUT_OFF' }],
  ])('counting ends with: %s', (_, parts, asOf, censored) => {
    expect(early({ observations: { laboratory: low(30) }, ...parts }, asOf).censored).toEqual(censored);
  });

  it.each([
    ['2024-04-02', ['WINDOW_OPEN']],
    ['2024-04-03', []],
  ])('asked on %s', (asOf, flags) => {
    expect(
      early({ observations: { laboratory: low(29) } }, asOf).flags.filter((flag) => flag === 'WINDOW_OPEN'),
    ).toEqual(flags);
  });

  it('evidence and growth factors are those of the window that was counted', () => {
    const found = early({
      observations: {
        laboratory: [-1, 0, 12, 13, 31].map((day) => lab(when(day), 'anc', 300)),
        supportiveDrugs: [
          drug(when(-1), 'filgrastim'),
          drug(when(0), 'filgrastim'),
          drug(when(30), 'filgrastim'),
          drug(when(31), 'filgrastim'),
          drug(when(5), 'anakinra'),
        ],
      },
      death: diedOn('2024-03-16'),
    });
    expect(found.evidence.map(({ reference }) => reference)).toEqual([
      'Observation/anc-300-2024-03-04-day',
      'Observation/anc-300-2024-03-16-day',
    ]);
    expect(found.growthFactors.map(({ reference }) => reference)).toEqual([
      'MedicationAdministration/filgrastim-2024-03-04-day',
      'MedicationAdministration/filgrastim-2024-04-03-day',
    ]);
  });

  it.each([
    [30, undefined, 1, 0],
    [31, undefined, 0, 1],
    [31, 'EARLY', 1, 0],
    [30, 'LATE', 0, 1],
  ] as const)('a report of day %d, said to be %p', (day, phase, inEarly, inLate) => {
    const toxicityGrades = [
      reported(when(day), 'ICAHT', 'EHA-EBMT', 2, phase === undefined ? {} : { phase }),
    ];
    const frame = frameOf({ observations: { toxicityGrades } });
    expect(deriveIcaht(frame, 'EARLY').reported).toHaveLength(inEarly);
    expect(deriveIcaht(frame, 'LATE').reported).toHaveLength(inLate);
  });
});

describe('platelets of the late phase, by the lowest count', () => {
  const late = (...values: readonly number[]) =>
    deriveIcaht(
      frameOf({
        observations: { laboratory: values.map((value, index) => lab(when(40 + index), 'platelets', value)) },
        lastContact: '2024-12-01',
      }),
      'LATE',
    ).platelets.grade;

  it.each([
    [[200, 150], 0],
    [[200, 100], 0],
    [[200, 99, 150], 1],
    [[200, 50, 150], 1],
    [[200, 49, 150], 2],
    [[200, 20, 150], 2],
    [[200, 19, 150], 3],
  ])('%j: grade %d', (values, grade) => {
    expect(late(...values)).toBe(grade);
  });
});
