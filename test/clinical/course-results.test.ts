import fc from 'fast-check';
import { deriveCourseResults } from '../../src/clinical/course-results.ts';
import type { CohortRecord, Observations } from '../../src/cohort/cohort-record.generated.ts';
import { bCellsOn, infusedOn, mrdOn, recordOf, statusOn } from '../support/record-builder.ts';
import {
  drug,
  INFUSION,
  lab,
  neuro,
  oxygen,
  reported,
  sign,
  temperature,
  transgene,
  when,
} from '../support/toxicity-facts.ts';

const OBSERVATIONS: Partial<Observations> = {
  vitalSigns: [2, 3, 4, 5, 6].map((day) => temperature(when(day, '08:00'), 40 - day / 2)),
  oxygenSupport: [oxygen(when(3, '09:00'), 'NASAL_CANNULA', 3), oxygen(when(6, '08:00'), 'NONE')],
  clinicalSigns: [sign(when(3, '09:00'), 'HYPOTENSION', true), sign(when(9), 'SPLENOMEGALY', true)],
  neuroAssessments: [neuro(when(5, '10:00'), { ice: 8 }), neuro(when(6, '10:00'), { ice: 10 })],
  supportiveDrugs: [drug(when(3, '12:00'), 'tocilizumab'), drug(when(20), 'immunoglobulin')],
  laboratory: [3, 7, 11, 15, 40, 60].flatMap((day) => [
    lab(when(day, '06:00'), 'anc', day * 40),
    lab(when(day, '06:00'), 'ferritin', 9000 - day * 100, { upperLimit: 300 }),
    lab(when(day, '06:00'), 'fibrinogen', 100 + day * 10),
    lab(when(day, '06:00'), 'igg', 300 + day * 5),
  ]),
  transgene: [0, 7, 14, 28, 60].map((day) => transgene(when(day), day === 0 ? 0 : 70_000 / day)),
  toxicityGrades: [reported(when(3), 'CRS', 'PENN', 3), reported(when(4), 'CRS', 'PENN', 2)],
};

function recordWith(observations: Partial<Observations>): CohortRecord {
  return recordOf({
    courses: infusedOn(INFUSION),
    statuses: [statusOn('2024-04-01', 'CR')],
    mrd: [mrdOn('2024-02-20', 'POSITIVE', { value: 0.01 })],
    bCells: [bCellsOn('2024-04-01', 0.1), bCellsOn('2024-09-01', 4)],
    observations,
    lastContact: '2025-01-01',
  });
}

function shuffled<Fact>(facts: readonly Fact[] | undefined, seeds: readonly number[]): readonly Fact[] {
  return (facts ?? [])
    .map((fact, index) => ({ fact, seed: seeds[index % seeds.length] ?? 0 }))
    .sort((a, b) => a.seed - b.seed)
    .map(({ fact }) => fact);
}

it('the order of facts changes nothing in any result', () => {
  const expected = deriveCourseResults(recordWith(OBSERVATIONS), 1, { asOf: '2025-06-01' });
  expect(expected?.crs.peak).toBe(2);
  const seeds = fc.array(fc.double({ noNaN: true }), { minLength: 7, maxLength: 29 });
  fc.assert(
    fc.property(seeds, (order) => {
      const mixed: Partial<Observations> = {
        vitalSigns: shuffled(OBSERVATIONS.vitalSigns, order),
        oxygenSupport: shuffled(OBSERVATIONS.oxygenSupport, order),
        clinicalSigns: shuffled(OBSERVATIONS.clinicalSigns, order),
        neuroAssessments: shuffled(OBSERVATIONS.neuroAssessments, order),
        supportiveDrugs: shuffled(OBSERVATIONS.supportiveDrugs, order),
        laboratory: shuffled(OBSERVATIONS.laboratory, order),
        transgene: shuffled(OBSERVATIONS.transgene, order),
        toxicityGrades: shuffled(OBSERVATIONS.toxicityGrades, order),
      };
      expect(deriveCourseResults(recordWith(mixed), 1, { asOf: '2025-06-01' })).toEqual(expected);
    }),
    { numRuns: 40 },
  );
});

it('every result names its definition, version and facts', () => {
  const results = deriveCourseResults(recordWith(OBSERVATIONS), 1);
  const all = [
    results?.crs,
    results?.icans,
    results?.cres,
    results?.icaht.early,
    results?.icaht.late,
    ...(results?.cytopenias ?? []),
    results?.iecHs,
    results?.hlh,
    results?.immunoglobulin,
    results?.infections,
    results?.kinetics.blood,
    ...(results?.riskFlags ?? []),
    ...(results?.considerations ?? []),
    results?.reinfusion,
  ];
  for (const result of all) {
    expect(result).toMatchObject({ definition: expect.any(String), version: '1', course: 1 });
  }
  expect(new Set(all.map((result) => result?.definition)).size).toBe(all.length);
});

describe('all results of a course', () => {
  it('name course, definition, version and parameters', () => {
    const results = deriveCourseResults(
      recordOf({ courses: infusedOn(INFUSION), lastContact: '2026-01-01' }),
      1,
      {
        asOf: '2026-02-01',
      },
    );
    for (const result of [
      results?.crs,
      results?.icans,
      results?.icaht.late,
      results?.hlh,
      results?.kinetics.blood,
    ]) {
      expect(result).toMatchObject({ course: 1, version: '1' });
      expect(Object.keys(result?.parameters ?? {}).length).toBeGreaterThan(0);
    }
  });

  it('are not there for an infusion known to the year', () => {
    expect(deriveCourseResults(recordOf({ courses: infusedOn('2024') }), 1)).toBeUndefined();
  });
});
