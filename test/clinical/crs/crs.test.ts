import fc from 'fast-check';
import { frameCourse } from '../../../src/clinical/course/course-frame.ts';
import { type Crs, deriveCrs } from '../../../src/clinical/crs/crs.ts';
import type { ParameterOverrides } from '../../../src/clinical/parameters/clinical-parameters.ts';
import type { CohortRecord, Observations } from '../../../src/cohort/cohort-record.generated.ts';
import { courseOn, diedOn, infusedOn, recordOf } from '../../support/record-builder.ts';
import {
  drug,
  INFUSION,
  oxygen,
  reported,
  sign,
  systolic,
  temperature,
  when,
} from '../../support/toxicity-facts.ts';

const CS1: Partial<Observations> = {
  vitalSigns: [
    temperature(when(3, '08:00'), 38.6),
    temperature(when(3, '20:00'), 39),
    temperature(when(4, '02:00'), 39.2),
    temperature(when(5, '09:00'), 36.9),
    temperature(when(6, '09:00'), 36.8),
    temperature(when(7, '09:00'), 36.7),
  ],
  oxygenSupport: [
    oxygen(when(3, '08:00'), 'NONE'),
    oxygen(when(3, '20:00'), 'NASAL_CANNULA', 2),
    oxygen(when(4, '02:00'), 'NONE'),
    oxygen(when(5, '09:00'), 'NONE'),
    oxygen(when(6, '09:00'), 'NONE'),
    oxygen(when(7, '09:00'), 'NONE'),
  ],
  clinicalSigns: [
    sign(when(3, '08:00'), 'HYPOTENSION', false),
    sign(when(3, '20:00'), 'HYPOTENSION', false),
    sign(when(4, '02:00'), 'HYPOTENSION', true),
    sign(when(5, '09:00'), 'HYPOTENSION', true),
    sign(when(6, '09:00'), 'HYPOTENSION', false),
    sign(when(7, '09:00'), 'HYPOTENSION', false),
  ],
  supportiveDrugs: [
    drug(when(4, '02:00'), 'norepinephrine', when(5, '09:01')),
    drug(when(4, '06:00'), 'tocilizumab'),
  ],
};

function withFever(day: number, time: string): Partial<Observations> {
  return {
    ...CS1,
    vitalSigns: [...(CS1.vitalSigns ?? []), temperature(when(day, time), 38.4)],
    oxygenSupport: [...(CS1.oxygenSupport ?? []), oxygen(when(day, time), 'NONE')],
    clinicalSigns: [...(CS1.clinicalSigns ?? []), sign(when(day, time), 'HYPOTENSION', false)],
  };
}

function recorded(observations: Partial<Observations>): CohortRecord {
  return recordOf({ courses: infusedOn(INFUSION), observations });
}

function crsOf(record: CohortRecord, course = 1, overrides: ParameterOverrides = {}): Crs {
  const frame = frameCourse(record, course);
  if (frame === undefined) throw new Error('the infusion is dated');
  return deriveCrs(frame, overrides);
}

const dailyOf = (crs: Crs) => crs.days.map(({ day, grade }) => [day, grade]);

describe('CS1, a severe course', () => {
  const crs = crsOf(recorded(CS1));

  it('daily grades, onset, end and peak', () => {
    expect(dailyOf(crs)).toEqual([
      [3, 2],
      [4, 3],
      [5, 3],
      [6, 0],
      [7, 0],
    ]);
    expect(crs).toMatchObject({
      definition: 'CRS_ASTCT_2019',
      occurred: 'MET',
      peak: 3,
      peakStatus: 'EXACT',
      basis: 'COMPUTED',
      peakDay: 4,
      onset: '2024-03-07',
      onsetDay: 3,
      endDay: 5,
      durationDays: 3,
      severe: 'MET',
      onsetEarly: 'NOT_MET',
      vasopressor: { status: 'MET' },
      tocilizumab: { status: 'MET' },
      intensiveCare: { status: 'UNKNOWN' },
      openAdjudications: [],
    });
    expect(crs.episodes).toMatchObject([{ resolved: true, attribution: 'ATTRIBUTED' }]);
  });

  it('the evidence names fever, vasopressor and what came last', () => {
    expect(crs.evidence.map(({ reference }) => reference)).toEqual(
      expect.arrayContaining([
        'Observation/temperature-2024-03-07-08:00',
        'MedicationAdministration/norepinephrine-2024-03-08-02:00',
      ]),
    );
  });

  it('CS2: fever again after 70 hours is the same episode', () => {
    const again = crsOf(recorded(withFever(8, '07:00')));
    expect(again.episodes).toHaveLength(1);
    expect(again).toMatchObject({ endDay: 8, durationDays: 6, peak: 3 });
  });

  it.each([
    ['CS3, 94 hours', 9, '07:00', 2],
    ['71 h 59 min', 8, '08:59', 1],
    ['72 hours', 8, '09:00', 2],
  ])('%s', (_, day, time, episodes) => {
    const again = crsOf(recorded(withFever(day, time)));
    expect(again.episodes).toHaveLength(episodes);
    expect(again.peak).toBe(3);
    expect(again.episodes.at(-1)?.peak).toBe(episodes === 2 ? 1 : 3);
  });

  it('another gap by parameter', () => {
    const again = crsOf(recorded(withFever(8, '07:00')), 1, { episodeGapHours: 48 });
    expect(again.episodes).toHaveLength(2);
    expect(again.parameters).toMatchObject({ episodeGapHours: 48 });
  });
});

describe('attribution by the day of onset', () => {
  const feverOn = (day: number) => recorded({ vitalSigns: [temperature(when(day, '10:00'), 38.5)] });

  it.each([
    [0, 'MET', 'ATTRIBUTED', []],
    [14, 'MET', 'ATTRIBUTED', []],
    [15, 'UNKNOWN', 'LATE_ADJUDICATE', ['LATE_ONSET']],
    [17, 'UNKNOWN', 'LATE_ADJUDICATE', ['LATE_ONSET']],
    [30, 'UNKNOWN', 'LATE_ADJUDICATE', ['LATE_ONSET']],
    [31, 'UNKNOWN', 'NOT_ATTRIBUTED', []],
  ])('day %d', (day, occurred, attribution, open) => {
    const crs = crsOf(feverOn(day));
    expect(crs.occurred).toBe(occurred);
    expect(crs.episodes[0]?.attribution).toBe(attribution);
    expect(crs.openAdjudications.map(({ reason }) => reason)).toEqual(open);
  });

  it('CS4 adjudicated: decided as CRS, it counts; decided otherwise, it does not', () => {
    const decided = (attribution: 'CAR_T' | 'OTHER_CAUSE') =>
      crsOf(
        recorded({
          vitalSigns: [temperature(when(17, '10:00'), 38.5)],
          toxicityGrades: [
            reported(when(17), 'CRS', 'ASTCT-2019', undefined, {
              method: 'ADJUDICATED',
              attribution,
              decidedOn: '2024-04-02',
            }),
          ],
        }),
      );
    expect(decided('CAR_T')).toMatchObject({ occurred: 'MET', peak: 1, basis: 'ADJUDICATED' });
    expect(decided('CAR_T').computedPeak).toBeUndefined();
    expect(decided('OTHER_CAUSE')).toMatchObject({ occurred: 'UNKNOWN', openAdjudications: [] });
  });

  it('the window opens again with every infusion', () => {
    const record = recordOf({
      courses: [courseOn(1, INFUSION, 'tisagenlecleucel'), courseOn(2, '2024-06-01', 'tisagenlecleucel')],
      observations: { vitalSigns: [temperature({ date: '2024-06-03' }, 39)] },
    });
    expect(crsOf(record, 1).episodes).toEqual([]);
    expect(crsOf(record, 2)).toMatchObject({ occurred: 'MET', onsetDay: 2 });
  });
});

describe('vasopressors', () => {
  const febrile = [temperature(when(4, '08:00'), 39), temperature(when(4, '11:00'), 39)];
  const peakWith = (
    drugs: Observations['supportiveDrugs'],
    overrides: ParameterOverrides = {},
  ): number | undefined =>
    crsOf(recorded({ vitalSigns: febrile, supportiveDrugs: drugs ?? [] }), 1, overrides).peak;

  it.each<[string, number, Observations['supportiveDrugs']]>([
    [
      'one after the other',
      3,
      [
        drug(when(4, '08:00'), 'norepinephrine', when(4, '10:00')),
        drug(when(4, '10:00'), 'epinephrine', when(4, '11:00')),
      ],
    ],
    [
      'one minute together',
      4,
      [
        drug(when(4, '08:00'), 'norepinephrine', when(4, '10:01')),
        drug(when(4, '10:00'), 'epinephrine', when(4, '11:00')),
      ],
    ],
    [
      'the same drug twice, by two names',
      3,
      [
        drug(when(4, '08:00'), 'norepinephrine', when(4, '10:01')),
        drug(when(4, '09:00'), 'noradrenaline', when(4, '11:00')),
      ],
    ],
    [
      'by days, one of them all day',
      4,
      [drug(when(3), 'norepinephrine', when(5)), drug(when(4), 'dopamine')],
    ],
    ['by days, on one day', 3, [drug(when(4), 'norepinephrine'), drug(when(4), 'dopamine')]],
    ['for another cause', 1, [drug(when(4, '08:00'), 'norepinephrine', undefined, { otherCause: true })]],
  ])('%s', (_, grade, drugs) => {
    expect(peakWith(drugs)).toBe(grade);
  });

  it('one after the other on one day are several by the other rule', () => {
    const drugs = [
      drug(when(4, '08:00'), 'norepinephrine', when(4, '10:00')),
      drug(when(4, '10:00'), 'epinephrine', when(4, '11:00')),
    ];
    expect(peakWith(drugs, { pressorConcurrency: 'SAME_DAY' })).toBe(4);
  });

  it('goes on through a day without vital signs', () => {
    const drugs = [
      drug(when(4, '08:00'), 'norepinephrine', when(7, '08:00')),
      drug(when(4, '09:00'), 'tocilizumab'),
    ];
    const crs = crsOf(recorded({ vitalSigns: febrile, supportiveDrugs: drugs }));
    expect(dailyOf(crs)).toEqual([
      [4, 3],
      [5, 3],
      [6, 3],
      [7, 3],
    ]);
  });
});

describe('pressure and age', () => {
  const aged = (birthDate: string, value: number): Crs =>
    crsOf({
      ...recorded({
        vitalSigns: [temperature(when(3, '08:00'), 39), systolic(when(3, '08:00'), value)],
        oxygenSupport: [oxygen(when(3, '08:00'), 'NONE')],
        supportiveDrugs: [drug(when(3, '08:00'), 'paracetamol')],
      }),
      patient: { birthDate: { value: birthDate, sources: [] } },
    });

  it.each([
    ['2024-02-20', 59, 2],
    ['2024-02-20', 60, 1],
    ['2023-05-01', 69, 2],
    ['2023-05-01', 70, 1],
    ['2019-01-01', 79, 2],
    ['2019-01-01', 80, 1],
    ['2014-01-01', 89, 2],
    ['2014-01-01', 90, 1],
    ['2009-01-01', 89, 2],
    ['2009-01-01', 90, 1],
  ])('born %s, %d mmHg: grade %d', (born, value, grade) => {
    const crs = aged(born, value);
    expect(crs).toMatchObject({ peak: grade, peakStatus: 'EXACT' });
    expect(crs.flags.includes('HYPOTENSION_FROM_SYSTOLIC')).toBe(grade === 2);
  });

  it('without a birth date pressure says nothing', () => {
    const crs = crsOf(recorded({ vitalSigns: [temperature(when(3), 39), systolic(when(3), 60)] }));
    expect(crs).toMatchObject({ peak: 1, peakStatus: 'AT_LEAST', flags: ['AGE_NEEDED_FOR_SYSTOLIC'] });
    expect(crs.missing).toContain('hypotension');
  });
});

describe('onset within 24 hours', () => {
  const onset = (day: number, time: string | undefined, infused: string | undefined): Crs => {
    const [course] = infusedOn(INFUSION);
    if (course === undefined) throw new Error('one course');
    const infusion = { ...course.infusion, ...when(0, infused) };
    return crsOf(
      recordOf({
        courses: [{ ...course, infusion }],
        observations: { vitalSigns: [temperature(when(day, time), 39)] },
      }),
    );
  };

  it.each([
    [1, '09:59', '10:00', 'MET'],
    [1, '10:00', '10:00', 'NOT_MET'],
    [0, undefined, undefined, 'MET'],
    [1, undefined, undefined, 'UNKNOWN'],
    [1, '08:00', undefined, 'UNKNOWN'],
    [2, undefined, undefined, 'NOT_MET'],
  ])('day %d %s after an infusion at %s', (day, time, infused, expected) => {
    expect(onset(day, time, infused).onsetEarly).toBe(expected);
  });

  it('fever on the day of infusion but before it is none of the cells', () => {
    expect(onset(0, '09:00', '10:00').episodes).toEqual([]);
  });
});

describe('support for another reason', () => {
  it.each<[string, Partial<Observations>, number]>([
    [
      'C15, airway protection',
      { oxygenSupport: [oxygen(when(3), 'MECHANICAL_VENTILATION', undefined, { otherCause: true })] },
      1,
    ],
    ['C23, home CPAP unchanged', { oxygenSupport: [oxygen(when(-2), 'CPAP'), oxygen(when(3), 'CPAP')] }, 1],
    [
      'home oxygen, more than before',
      { oxygenSupport: [oxygen(when(-2), 'NASAL_CANNULA', 1), oxygen(when(3), 'NASAL_CANNULA', 2)] },
      2,
    ],
    [
      'home oxygen, less than before',
      { oxygenSupport: [oxygen(when(-2), 'NASAL_CANNULA', 3), oxygen(when(3), 'NASAL_CANNULA', 2)] },
      1,
    ],
  ])('%s', (_, observations, grade) => {
    expect(crsOf(recorded({ vitalSigns: [temperature(when(3), 38.4)], ...observations })).peak).toBe(grade);
  });
});

describe('reports beside the computed grade', () => {
  it('another system is never compared or taken over', () => {
    const crs = crsOf(recorded({ ...CS1, toxicityGrades: [reported(when(4), 'CRS', 'PENN', 4)] }));
    expect(crs).toMatchObject({ peak: 3, disagrees: false, reported: [{ system: 'PENN', peak: 4 }] });
  });

  it('the same system, another grade: both are shown', () => {
    const crs = crsOf(recorded({ ...CS1, toxicityGrades: [reported(when(4), 'CRS', 'ASTCT-2019', 2)] }));
    expect(crs).toMatchObject({ peak: 3, computedPeak: 3, disagrees: true, flags: ['REPORTED_DISAGREES'] });
    expect(crs.openAdjudications).toMatchObject([{ reason: 'REPORTED_DISAGREES', day: 4 }]);
  });

  it('a report above a lower bound is the better knowledge', () => {
    const crs = crsOf(
      recorded({
        vitalSigns: [temperature(when(3), 39)],
        toxicityGrades: [reported(when(4), 'CRS', 'ASTCT-2019', 3)],
      }),
    );
    expect(crs).toMatchObject({ peak: 3, basis: 'REPORTED', computedPeak: 1, disagrees: false });
  });

  it('reports alone', () => {
    const grades = [reported(when(2), 'CRS', 'ASTCT-2019', 1), reported(when(3), 'CRS', 'ASTCT-2019', 2)];
    expect(crsOf(recorded({ toxicityGrades: grades }))).toMatchObject({
      occurred: 'MET',
      peak: 2,
      basis: 'REPORTED',
      peakDay: 3,
      onsetDay: 2,
      severe: 'NOT_MET',
    });
    expect(crsOf(recorded({ toxicityGrades: [reported(when(2), 'CRS', 'LEE-2014', 2)] }))).toMatchObject({
      occurred: 'MET',
      peakStatus: 'INDETERMINATE',
      severe: 'UNKNOWN',
    });
  });

  it('a decision about a day counts, the computed grade stays visible', () => {
    const crs = crsOf(
      recorded({
        ...CS1,
        toxicityGrades: [
          reported(when(4), 'CRS', 'ASTCT-2019', 4, { method: 'ADJUDICATED', decidedOn: '2024-04-01' }),
          reported(when(4), 'CRS', 'ASTCT-2019', 2, { method: 'ADJUDICATED', decidedOn: '2024-03-20' }),
        ],
      }),
    );
    expect(crs).toMatchObject({ peak: 4, basis: 'ADJUDICATED', computedPeak: 3, peakDay: 4 });
  });

  it('a decision splits or joins episodes', () => {
    const split = (day: number, time: string, startsEpisode: boolean): number =>
      crsOf(
        recorded({
          ...withFever(day, time),
          toxicityGrades: [
            reported(when(day), 'CRS', 'ASTCT-2019', undefined, { method: 'ADJUDICATED', startsEpisode }),
          ],
        }),
      ).episodes.length;
    expect(split(8, '07:00', true)).toBe(2);
    expect(split(9, '07:00', false)).toBe(1);
  });
});

describe('nothing found, nothing known, death', () => {
  it('assessed and never febrile', () => {
    const crs = crsOf(recorded({ vitalSigns: [temperature(when(3), 37), temperature(when(4), 37.2)] }));
    expect(crs).toMatchObject({ occurred: 'NOT_MET', peak: 0, severe: 'NOT_MET', onsetEarly: 'NOT_MET' });
  });

  it('not assessed', () => {
    expect(crsOf(recorded({}))).toMatchObject({
      occurred: 'UNKNOWN',
      severe: 'UNKNOWN',
      onsetEarly: 'UNKNOWN',
    });
  });

  it('C20: oxygen without a temperature', () => {
    const crs = crsOf(recorded({ oxygenSupport: [oxygen(when(3), 'NASAL_CANNULA', 2)] }));
    expect(crs).toMatchObject({ occurred: 'UNKNOWN', peakStatus: 'INDETERMINATE' });
    expect(crs.missing).toContain('temperature');
  });

  it('C21: death by CRS', () => {
    const record = recordOf({ courses: infusedOn(INFUSION), death: diedOn('2024-03-10', 'CRS') });
    expect(crsOf(record)).toMatchObject({ peak: 5, basis: 'DEATH', peakDay: 6, severe: 'MET' });
  });

  it('death by something else', () => {
    const record = recordOf({ courses: infusedOn(INFUSION), death: diedOn('2024-03-10', 'INFECTION') });
    expect(crsOf(record).peak).toBeUndefined();
  });

  it('an infusion known to the year has no frame', () => {
    expect(frameCourse(recordOf({ courses: infusedOn('2024') }), 1)).toBeUndefined();
  });

  it('no such course', () => {
    expect(() => frameCourse(recorded({}), 2)).toThrow(RangeError);
  });

  it('a parameter out of its range', () => {
    expect(() => crsOf(recorded({}), 1, { episodeGapHours: 2 })).toThrow(RangeError);
  });

  it('later facts do not exist', () => {
    const frame = frameCourse(recorded(CS1), 1, '2024-03-07');
    expect(frame && deriveCrs(frame)).toMatchObject({ peak: 2, endDay: 3 });
  });
});

describe('as of a day', () => {
  const decided = {
    ...CS1,
    toxicityGrades: [
      reported(when(4), 'CRS', 'ASTCT-2019', 4, { method: 'ADJUDICATED', decidedOn: '2024-04-01' }),
      reported(when(4), 'CRS', 'PENN', 2, { decidedOn: '2024-04-01' }),
    ],
  };
  const asOf = (day: string) => {
    const frame = frameCourse(recorded(decided), 1, day);
    return frame && deriveCrs(frame);
  };

  it('a decision does not exist before it was made; a report does from its own day on', () => {
    expect(asOf('2024-03-31')).toMatchObject({ peak: 3, basis: 'COMPUTED', reported: [{ system: 'PENN' }] });
    expect(asOf('2024-04-01')).toMatchObject({ peak: 4, basis: 'ADJUDICATED' });
  });
});

describe('properties', () => {
  const shuffled = fc.shuffledSubarray(CS1.vitalSigns as unknown[], { minLength: 6 });

  it('order of facts does not matter', () => {
    const expected = crsOf(recorded(CS1));
    fc.assert(
      fc.property(shuffled, fc.boolean(), (vitals, turned) => {
        const observations = {
          ...CS1,
          vitalSigns: vitals as NonNullable<Observations['vitalSigns']>,
          supportiveDrugs: turned ? [...(CS1.supportiveDrugs ?? [])].reverse() : (CS1.supportiveDrugs ?? []),
        };
        expect(crsOf(recorded(observations))).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it('another year of infusion moves the dates and nothing else', () => {
    const moved = (text: string): string => text.replaceAll('2024-03-', '2023-03-');
    const minutes = 366 * 1440;
    const record = JSON.parse(moved(JSON.stringify(recorded(CS1))), (key, value: unknown) =>
      (key === 'epochMinute' || key === 'endEpochMinute') && typeof value === 'number'
        ? value - minutes
        : value,
    ) as CohortRecord;
    const expected = JSON.parse(moved(JSON.stringify(crsOf(recorded(CS1))))) as unknown;
    expect(JSON.parse(JSON.stringify(crsOf(record)))).toEqual(expected);
  });
});
