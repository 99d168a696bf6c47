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
import { infusedOn, recordOf } from '../../support/record-builder.ts';
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
