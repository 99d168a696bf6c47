import { type CrsSnapshot, crsSnapshots } from '../../../src/clinical/crs/crs-snapshots.ts';
import type { Observations } from '../../../src/cohort/cohort-record.generated.ts';
import { frameOf } from '../../support/frame-of.ts';
import { courseOn, infusedOn } from '../../support/record-builder.ts';
import { drug, INFUSION, oxygen, sign, systolic, temperature, when } from '../../support/toxicity-facts.ts';

const PARAMETERS = {
  baselineDays: 7,
  vitalsCarryForwardMinutes: 240,
  vitalsTogetherMinutes: 60,
  pressorConcurrency: 'OVERLAP',
} as const;
const COURSES = [...infusedOn(INFUSION), courseOn(2, when(60).date, 'tisagenlecleucel')];

function snapshots(observations: Partial<Observations>): readonly CrsSnapshot[] {
  return [...crsSnapshots(frameOf({ courses: COURSES, observations }), PARAMETERS)];
}

const last = (observations: Partial<Observations>) => snapshots(observations).at(-1);
const momentsOf = (observations: Partial<Observations>) =>
  snapshots(observations).map(({ moment }) => [moment.day, moment.at - moment.day * 1440, moment.timed]);

describe('moments', () => {
  it('one for what was charted at one time, in order of time', () => {
    expect(
      momentsOf({
        vitalSigns: [
          temperature(when(4, '08:00'), 39),
          systolic(when(4, '08:00'), 90),
          temperature(when(3, '10:00'), 38),
        ],
        oxygenSupport: [oxygen(when(4, '08:00'), 'NONE')],
        clinicalSigns: [sign(when(4), 'HYPOTENSION', false)],
      }),
    ).toEqual([
      [3, 600, true],
      [4, 480, true],
      [4, 1439, false],
    ]);
  });

  it('a time at the end of a day stands beside the day without a time', () => {
    expect(momentsOf({ vitalSigns: [temperature(when(3), 38), temperature(when(3, '23:59'), 39)] })).toEqual([
      [3, 1439, true],
      [3, 1439, false],
    ]);
  });

  it('of a vasopressor its start, the days between and its last minute', () => {
    expect(
      momentsOf({ supportiveDrugs: [drug(when(3, '08:00'), 'norepinephrine', when(5, '10:00'))] }),
    ).toEqual([
      [3, 480, true],
      [4, 1439, false],
      [5, 599, true],
    ]);
    expect(momentsOf({ supportiveDrugs: [drug(when(3, '08:00'), 'norepinephrine')] })).toEqual([
      [3, 480, true],
    ]);
  });

  it('only of the course', () => {
    const days = [-1, 0, 59, 60].map((day) => temperature(when(day), 39));
    expect(momentsOf({ vitalSigns: days }).map(([day]) => day)).toEqual([0, 59]);
  });
});

describe('vasopressors', () => {
  const running = (...supportiveDrugs: NonNullable<Observations['supportiveDrugs']>) =>
    last({ vitalSigns: [temperature(when(4, '08:00'), 39)], supportiveDrugs })?.inputs.vasopressors;

  it('known to be none where any supportive drug of the course is recorded, else not known', () => {
    expect(running(drug(when(3), 'paracetamol'))).toEqual([]);
    expect(running()).toBeUndefined();
    expect(running(drug(when(-3), 'paracetamol'))).toBeUndefined();
  });

  it('of another cause do not count', () => {
    expect(running(drug(when(4, '07:00'), 'norepinephrine', when(4, '09:00'), { otherCause: true }))).toEqual(
      [],
    );
  });

  it('that ended before the infusion, or began after the course, are not of it', () => {
    const before = drug(when(-3, '08:00'), 'norepinephrine', when(-1, '08:00'));
    const after = drug(when(60, '08:00'), 'norepinephrine', when(61, '08:00'));
    expect(momentsOf({ supportiveDrugs: [before, after] })).toEqual([]);
  });

  it('that began before the infusion and go on count from it on', () => {
    const moments = momentsOf({
      supportiveDrugs: [drug(when(-1, '08:00'), 'norepinephrine', when(1, '08:00'))],
    });
    expect(moments).toEqual([
      [0, 1439, false],
      [1, 479, true],
    ]);
  });
});

describe('what holds of several values of one time', () => {
  const at = when(4, '08:00');

  it.each<[string, readonly [number, boolean?][], number, boolean]>([
    [
      'the higher temperature',
      [
        [38, false],
        [39, false],
      ],
      39,
      false,
    ],
    [
      'whatever their order',
      [
        [39, false],
        [38, false],
      ],
      39,
      false,
    ],
    [
      'one without another cause before a higher one with it',
      [
        [40, true],
        [38.5, false],
      ],
      38.5,
      false,
    ],
    [
      'so, whatever their order',
      [
        [38.5, false],
        [40, true],
      ],
      38.5,
      false,
    ],
    [
      'of two of another cause the higher',
      [
        [39, true],
        [40, true],
      ],
      40,
      true,
    ],
  ])('%s', (_, values, expected, other) => {
    const vitalSigns = values.map(([value, otherCause]) =>
      temperature(at, value, otherCause === true ? { otherCause } : {}),
    );
    expect(last({ vitalSigns })?.inputs).toMatchObject({ temperature: expected, feverOtherCause: other });
  });

  it.each<[string, readonly [boolean, boolean?][], boolean]>([
    ['absent', [[false]], false],
    ['present', [[true]], true],
    ['present of another cause', [[true, true]], false],
    ['present beside absent', [[false], [true]], true],
    ['absent beside present of another cause', [[false], [true, true]], false],
  ])('hypotension %s', (_, values, expected) => {
    const clinicalSigns = values.map(([present, otherCause]) =>
      sign(at, 'HYPOTENSION', present, otherCause === true ? { otherCause } : {}),
    );
    expect(last({ clinicalSigns })?.inputs.hypotension).toBe(expected);
  });

  it.each<[string, readonly Parameters<typeof oxygen>[1][], string]>([
    ['more support', ['NASAL_CANNULA', 'CPAP'], 'CPAP'],
    ['whatever their order', ['CPAP', 'NASAL_CANNULA'], 'CPAP'],
  ])('oxygen: %s', (_, devices, expected) => {
    const oxygenSupport = devices.map((device) => oxygen(at, device));
    expect(last({ oxygenSupport })?.inputs.oxygen?.device).toBe(expected);
  });

  it('of one device the higher flow', () => {
    const flows = (...values: readonly (number | undefined)[]) =>
      last({ oxygenSupport: values.map((flow) => oxygen(at, 'NASAL_CANNULA', flow)) })?.inputs.oxygen?.flow;
    expect(flows(2, 4)).toBe(4);
    expect(flows(4, 2)).toBe(4);
    expect(flows(undefined, 2)).toBe(2);
  });

  it('support for the toxicity before more support of another cause', () => {
    const oxygenSupport = [
      oxygen(at, 'MECHANICAL_VENTILATION', undefined, { otherCause: true }),
      oxygen(at, 'NASAL_CANNULA', 2),
    ];
    expect(last({ oxygenSupport })?.inputs.oxygen?.device).toBe('NASAL_CANNULA');
    expect(last({ oxygenSupport: [...oxygenSupport].reverse() })?.inputs.oxygen?.device).toBe(
      'NASAL_CANNULA',
    );
  });
});

describe('a value describes what follows it for four hours, and what comes an hour before it', () => {
  const seen = (charted: string, graded: string) =>
    snapshots({
      vitalSigns: [temperature(when(4, charted), 39)],
      clinicalSigns: [sign(when(4, graded), 'HYPOTENSION', true)],
    }).find(
      ({ moment }) => moment.at === 4 * 1440 + Number(graded.slice(0, 2)) * 60 + Number(graded.slice(3)),
    )?.inputs.temperature;

  it.each([
    ['08:00', '12:00', 39],
    ['08:00', '12:01', undefined],
    ['08:00', '07:00', 39],
    ['08:00', '06:59', undefined],
  ])('charted at %s, at %s: %p', (charted, graded, expected) => {
    expect(seen(charted, graded)).toBe(expected);
  });
});

describe('systolic pressure of another cause', () => {
  it('is no hypotension, at any age', () => {
    const vitalSigns = [{ ...systolic(when(4, '08:00'), 50), otherCause: true }];
    expect(last({ vitalSigns })).toMatchObject({ inputs: { hypotension: false }, flags: [] });
  });
});

describe('support that was there before the infusion', () => {
  type Support = readonly [device: Parameters<typeof oxygen>[1], flow?: number];
  it.each<[string, number, Support, Support, boolean]>([
    ['the same', -2, ['NASAL_CANNULA', 2], ['NASAL_CANNULA', 2], true],
    ['less', -2, ['NASAL_CANNULA', 2], ['NASAL_CANNULA', 1], true],
    ['more', -2, ['NASAL_CANNULA', 2], ['NASAL_CANNULA', 3], false],
    ['another device', -2, ['CPAP'], ['BIPAP'], false],
    ['no flow told, neither then nor now', -2, ['CPAP'], ['CPAP'], true],
    ['no flow told then', -2, ['NASAL_CANNULA'], ['NASAL_CANNULA', 2], false],
    ['no flow told now', -2, ['NASAL_CANNULA', 2], ['NASAL_CANNULA'], false],
    ['a week before', -7, ['CPAP'], ['CPAP'], true],
    ['longer ago', -8, ['CPAP'], ['CPAP'], false],
    ['none', -2, ['NONE'], ['NONE'], false],
  ])('%s', (_, day, before, now, unchanged) => {
    const oxygenSupport = [oxygen(when(day), before[0], before[1]), oxygen(when(4), now[0], now[1])];
    const found = last({ oxygenSupport });
    expect(found?.flags).toEqual(unchanged ? ['BASELINE_SUPPORT_UNCHANGED'] : []);
    expect(found?.inputs.oxygen?.otherCause === true).toBe(unchanged);
  });

  it('the last before the infusion is the baseline', () => {
    const oxygenSupport = [oxygen(when(-3), 'CPAP'), oxygen(when(-1), 'NONE'), oxygen(when(4), 'CPAP')];
    expect(last({ oxygenSupport })?.flags).toEqual([]);
  });
});
