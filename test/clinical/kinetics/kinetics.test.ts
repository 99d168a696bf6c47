import { frameCourse } from '../../../src/clinical/course/course-frame.ts';
import { deriveKinetics, type Kinetics } from '../../../src/clinical/kinetics/kinetics.ts';
import {
  type AucMethod,
  integrate,
  type KineticsSample,
  readProfile,
} from '../../../src/clinical/kinetics/kinetics-curve.ts';
import type { ParameterOverrides } from '../../../src/clinical/parameters/clinical-parameters.ts';
import type { Transgene } from '../../../src/cohort/cohort-record.generated.ts';
import { readVectors } from '../../support/clinical-vectors.ts';
import { courseOn, infusedOn, recordOf } from '../../support/record-builder.ts';
import { INFUSION, transgene, when } from '../../support/toxicity-facts.ts';

interface KineticsVectors {
  readonly lloq: number;
  readonly cases: readonly {
    readonly id: string;
    readonly desc: string;
    readonly samples: readonly (readonly [number, number | null])[];
    readonly expected: Readonly<
      Record<
        AucMethod,
        {
          readonly cmax: number | null;
          readonly tmax: number | null;
          readonly tlast: number | null;
          readonly auc: number | null;
          readonly segments?: readonly (readonly [number, number, number])[];
          readonly flags: readonly string[];
          readonly monitoringStopDay?: number;
        }
      >
    >;
  }[];
}

const vectors = readVectors<KineticsVectors>('pk');

const PARAMETERS = {
  aucToDay: 28,
  embeddedBlq: 'drop',
  aucType: 'ALL',
  stopAfterBlq: 2,
  aucMinimumSamples: 3,
} as const;

function sample(day: number, value: number | null): KineticsSample {
  const quantifiable = value !== null && value >= vectors.lloq;
  return { day, value: quantifiable ? value : undefined, lloq: vectors.lloq };
}

describe('worked examples', () => {
  const cases = vectors.cases.flatMap((vector) =>
    (['linear', 'linup_logdown'] as const).map((method) => [vector.id, method, vector] as const),
  );

  it.each(cases)('%s %s', (_, method, vector) => {
    const expected = vector.expected[method];
    const profile = readProfile(
      vector.samples.map(([day, value]) => sample(day, value)),
      PARAMETERS,
    );
    const area = integrate(profile, method, PARAMETERS);
    expect({
      cmax: profile.cmax ?? null,
      tmax: profile.tmax ?? null,
      tlast: profile.tlast ?? null,
      flags: [...profile.flags, ...area.flags],
      monitoringStopDay: profile.monitoringStopDay,
    }).toEqual({
      cmax: expected.cmax,
      tmax: expected.tmax,
      tlast: expected.tlast,
      flags: expected.flags,
      monitoringStopDay: expected.monitoringStopDay,
    });
    if (expected.auc === null) expect(area.auc).toBeUndefined();
    else expect(area.auc).toBeCloseTo(expected.auc, 2);
    for (const [index, [from, to, size]] of (expected.segments ?? []).entries()) {
      expect(area.segments[index]?.slice(0, 2)).toEqual([from, to]);
      expect(area.segments[index]?.[2]).toBeCloseTo(size, 1);
    }
  });
});

function kineticsOf(facts: readonly Transgene[], overrides: ParameterOverrides = {}): Kinetics {
  const frame = frameCourse(
    recordOf({ courses: infusedOn(INFUSION), observations: { transgene: facts }, lastContact: '2025-12-31' }),
    1,
  );
  if (frame === undefined) throw new Error('the infusion is dated');
  return deriveKinetics(frame, 'BLOOD', overrides);
}

const series = (...levels: readonly (readonly [number, number])[]): readonly Transgene[] =>
  levels.map(([day, copies]) => transgene(when(day), copies));

describe('through records', () => {
  it('a level at the limit is quantifiable, one below it is not', () => {
    expect(kineticsOf(series([0, 0], [7, 100], [14, 99])).profile).toMatchObject({ cmax: 100, tlast: 7 });
    expect(kineticsOf(series([0, 0], [7, 99], [14, 99]))).toMatchObject({
      expansion: 'NOT_DETECTED',
      areas: [{ auc: 0 }, { auc: 0 }],
      flags: ['NO_QUANTIFIABLE_VALUE'],
    });
  });

  it('the limit is the assay’s own where it is stated', () => {
    const facts = [transgene(when(7), 60, { lowerLimit: 50 }), ...series([0, 0], [14, 40])];
    expect(kineticsOf(facts).profile).toMatchObject({ cmax: 60 });
  });

  it('comparators', () => {
    const low = transgene(when(14), 100, { comparator: '<' });
    const high = transgene(when(14), 500, { comparator: '<' });
    expect(kineticsOf([...series([0, 0], [7, 900]), low]).profile).toMatchObject({ tlast: 7, lossBy: 14 });
    expect(kineticsOf([...series([0, 0], [7, 900]), high])).toMatchObject({
      flags: expect.arrayContaining(['LEVEL_NOT_PLACEABLE']),
      profile: { tlastCensored: true },
    });
  });

  it('ties of the peak: the first', () => {
    expect(kineticsOf(series([0, 0], [7, 500], [14, 500], [28, 200])).profile.tmax).toBe(7);
  });

  it('without a later result below the limit Tlast is censored', () => {
    expect(kineticsOf(series([0, 0], [7, 500], [28, 200])).profile).toMatchObject({
      tlast: 28,
      tlastCensored: true,
    });
  });

  it('what reappears after the stop is flagged, and used for Cmax alone', () => {
    const kinetics = kineticsOf(series([0, 0], [7, 500], [28, 0], [60, 0], [90, 9000]));
    expect(kinetics.profile).toMatchObject({ cmax: 9000, tlast: 7, monitoringStopDay: 60 });
    expect(kinetics.flags).toEqual(['REAPPEARED']);
  });

  it('no extrapolation past the last sample', () => {
    expect(kineticsOf(series([0, 0], [7, 500], [14, 200]))).toMatchObject({
      areas: [{ auc: 4200, flags: ['LAST_SAMPLE_BEFORE_28_NO_EXTRAPOLATION'] }, {}],
    });
  });

  it.each<[ParameterOverrides['embeddedBlq'], number]>([
    ['drop', 1750 + 350 * 14 + 1400],
    ['zero', 1750 + 1750 + 700 + 1400],
    ['half', 1750 + 1925 + 875 + 1400],
  ])('a result below the limit between others: %s', (embeddedBlq, auc) => {
    const overrides = embeddedBlq === undefined ? {} : { embeddedBlq };
    const kinetics = kineticsOf(series([0, 0], [7, 500], [14, 0], [21, 200], [28, 200]), overrides);
    expect(kinetics.areas[0].auc).toBeCloseTo(auc, 6);
  });

  it('the last falls to the first result below the limit, or ends', () => {
    const facts = series([0, 0], [7, 500], [14, 0]);
    expect(kineticsOf(facts).areas[0].auc).toBe(3500);
    expect(kineticsOf(facts, { aucType: 'LAST' }).areas[0]).toMatchObject({ auc: 1750, flags: [] });
  });

  it.each<[string, readonly Transgene[]]>([
    ['two samples', series([7, 500], [14, 200])],
    ['none after the peak', series([0, 0], [7, 200], [14, 500])],
  ])('too few: %s', (_, facts) => {
    const kinetics = kineticsOf(facts);
    expect(kinetics.areas[0].auc).toBeUndefined();
    expect(kinetics).toMatchObject({
      profile: { cmax: 500 },
      areas: [{ flags: ['INSUFFICIENT'] }, {}],
    });
  });

  it('the level at day 28 and its ratio to the peak', () => {
    expect(kineticsOf(series([0, 0], [7, 1000], [25, 300], [31, 250])).day28).toEqual({
      day: 31,
      value: 250,
      ratioToCmax: 0.25,
    });
    expect(kineticsOf(series([0, 0], [7, 1000], [24, 300], [32, 250])).day28).toBeUndefined();
    expect(kineticsOf(series([0, 0], [7, 1000], [28, 0])).day28).toEqual({ day: 28 });
  });

  it('marrow is another series', () => {
    const facts = [...series([0, 0], [7, 500]), transgene(when(14), 90_000, { specimen: 'MARROW' })];
    expect(kineticsOf(facts).profile.cmax).toBe(500);
  });

  it('no sample', () => {
    expect(kineticsOf([])).toMatchObject({ expansion: 'NOT_ASSESSED', missing: ['transgene'] });
  });

  it('order does not matter', () => {
    const facts = series([0, 0], [7, 500], [14, 700], [28, 200]);
    expect(kineticsOf([...facts].reverse())).toEqual(kineticsOf(facts));
  });
});

describe('which samples belong to the course', () => {
  const of = (transgeneFacts: readonly Transgene[]) => {
    const courses = [...infusedOn(INFUSION), courseOn(2, when(60).date, 'tisagenlecleucel')];
    const frame = frameCourse(recordOf({ courses, observations: { transgene: transgeneFacts } }), 1);
    if (frame === undefined) throw new Error('the infusion is dated');
    return deriveKinetics(frame, 'BLOOD', {});
  };
  const daysOf = (kinetics: Kinetics) => kinetics.profile.samples.map(({ day }) => day);
  const referencesOf = ({ evidence }: Kinetics) => evidence.map(({ reference }) => reference);

  it('from the day of the infusion to the day of the next one, whose sample is drawn before it', () => {
    const kinetics = of(series([-1, 500], [0, 0], [7, 300], [60, 200], [61, 9000]));
    expect(daysOf(kinetics)).toEqual([0, 7, 60]);
    expect(kinetics.profile.cmax).toBe(300);
    expect(referencesOf(kinetics)).toEqual([
      'Observation/transgene-2024-03-04-day',
      'Observation/transgene-2024-03-11-day',
      'Observation/transgene-2024-05-03-day',
    ]);
  });

  it('of one day the highest, of any order', () => {
    for (const levels of [
      [300, 900, 200],
      [200, 300, 900],
      [900, 200, 300],
    ]) {
      const kinetics = of(levels.map((copies) => transgene(when(7), copies)));
      expect(kinetics.profile.samples).toEqual([{ day: 7, value: 900, lloq: 100 }]);
    }
  });

  it('in order of time, whatever the order of arrival', () => {
    expect(daysOf(of(series([14, 500], [0, 0], [7, 300])))).toEqual([0, 7, 14]);
  });

  it.each([
    ['BLOOD', true, []],
    ['UNKNOWN', true, ['SPECIMEN_ASSUMED_BLOOD']],
    ['MARROW', false, []],
  ] as const)('specimen %s', (specimen, counts, flags) => {
    const kinetics = of([transgene(when(7), 300, { specimen })]);
    expect(kinetics.expansion).toBe(counts ? 'DETECTED' : 'NOT_ASSESSED');
    expect(kinetics.flags.filter((flag) => flag === 'SPECIMEN_ASSUMED_BLOOD')).toEqual(flags);
    expect(kinetics.missing).toEqual(counts ? [] : ['transgene']);
  });

  it('a level before the cells is no expansion', () => {
    expect(of(series([0, 0]))).toMatchObject({ expansion: 'NOT_ASSESSED', missing: ['transgene'] });
  });
});

describe('a level with a comparator beside the limit of quantification of 100', () => {
  it.each<[string, number, number | undefined, readonly string[]]>([
    ['<', 100, undefined, []],
    ['<', 101, undefined, ['LEVEL_NOT_PLACEABLE']],
    ['<=', 99, undefined, []],
    ['<=', 100, undefined, ['LEVEL_NOT_PLACEABLE']],
    ['>', 100, 100, []],
    ['>=', 100, 100, []],
    ['>', 99, undefined, ['LEVEL_NOT_PLACEABLE']],
  ])('%s %d', (comparator, copies, cmax, flags) => {
    const fact = transgene(when(7), copies, { comparator: comparator as '<' });
    const kinetics = kineticsOf([fact, ...series([14, 0])]);
    expect(kinetics.profile.cmax).toBe(cmax);
    expect(kinetics.flags.filter((flag) => flag === 'LEVEL_NOT_PLACEABLE')).toEqual(flags);
  });
});

describe('the level of day 28', () => {
  it.each<[string, readonly (readonly [number, number])[], object | undefined]>([
    [
      'nearest',
      [
        [7, 1000],
        [22, 400],
        [27, 200],
      ],
      { day: 27, value: 200, ratioToCmax: 0.2 },
    ],
    [
      'of two as near the later',
      [
        [7, 1000],
        [27, 200],
        [29, 100],
      ],
      { day: 29, value: 100, ratioToCmax: 0.1 },
    ],
    [
      'below the limit',
      [
        [7, 1000],
        [28, 0],
      ],
      { day: 28 },
    ],
    ['none near it', [[7, 1000]], undefined],
  ])('%s', (_, levels, expected) => {
    expect(kineticsOf(series(...levels)).day28).toEqual(expected);
  });
});

it('the other method of the area stands beside the chosen one', () => {
  const facts = series([0, 0], [7, 1000], [28, 100]);
  const methods = (overrides: ParameterOverrides) =>
    kineticsOf(facts, overrides).areas.map(({ method }) => method);
  expect(methods({ aucMethod: 'linear' })).toEqual(['linear', 'linup_logdown']);
  expect(methods({ aucMethod: 'linup_logdown' })).toEqual(['linup_logdown', 'linear']);
});

it('an area needs enough samples from day 0 to day 28', () => {
  const area = (...levels: readonly (readonly [number, number])[]) =>
    kineticsOf(series(...levels)).areas[0]?.flags;
  expect(area([0, 0], [7, 1000], [28, 100])).toEqual([]);
  expect(area([7, 1000], [28, 100])).toEqual(['INSUFFICIENT']);
  expect(area([7, 1000], [28, 100], [60, 100])).toEqual(['INSUFFICIENT']);
});
