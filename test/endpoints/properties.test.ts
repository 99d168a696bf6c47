import fc from 'fast-check';
import type { CohortRecord, DiseaseStatus, Therapy } from '../../src/cohort/cohort-record.generated.ts';
import { daysBetween } from '../../src/core/partial-date.ts';
import { deriveEndpoints } from '../../src/endpoints/derive-endpoint.ts';
import { ENDPOINT_DEFINITIONS } from '../../src/endpoints/endpoint-definitions.ts';
import type { EndpointResult } from '../../src/endpoints/endpoint-result.ts';
import { CUTOFF, on } from '../support/endpoint-case.ts';
import {
  bCellsOn,
  blastsOn,
  diedOn,
  hctOn,
  infusedOn,
  malignancyOn,
  mrdOn,
  type RecordParts,
  recordOf,
  statusOn,
  therapyOn,
} from '../support/record-builder.ts';

const CUTOFF_DAY = 1276;
const LATEST_DEADLINE = 92;

type Parts = { -readonly [Key in keyof RecordParts]-?: NonNullable<RecordParts[Key]> };
type Lists = Pick<
  Parts,
  'hcts' | 'therapies' | 'statuses' | 'blasts' | 'mrd' | 'bCells' | 'secondMalignancies'
>;

const STATUSES: readonly DiseaseStatus['status'][] = [
  'CR',
  'CRI',
  'REMISSION',
  'NR',
  'PROGRESSIVE',
  'RELAPSE',
  'NOT_EVALUABLE',
];
const KINDS: readonly Therapy['kind'][] = [
  'BLINATUMOMAB',
  'TYROSINE_KINASE_INHIBITOR',
  'CHEMOTHERAPY',
  'DLI',
];

/** A handful of facts between two days. */
function factsBetween(min: number, max: number): fc.Arbitrary<Lists> {
  const day = fc.oneof(fc.integer({ min, max }), fc.integer({ min, max: Math.min(max, min + 100) })).map(on);
  return fc.record({
    hcts: fc.array(
      day.map((date) => hctOn(date)),
      { maxLength: 2 },
    ),
    therapies: fc.array(
      fc.tuple(day, fc.constantFrom(...KINDS)).map(([date, kind]) => therapyOn(date, kind)),
      { maxLength: 2 },
    ),
    statuses: fc.array(
      fc
        .tuple(day, fc.constantFrom(...STATUSES), fc.boolean(), fc.constantFrom('POSITIVE', 'NEGATIVE'))
        .map(([date, status, molecular, cd19]) =>
          statusOn(date, status, { cd19, ...(molecular ? { level: 'MOLECULAR' } : {}) }),
        ),
      { maxLength: 5 },
    ),
    blasts: fc.array(
      fc.tuple(day, fc.constantFrom(0, 4, 5, 40)).map(([date, percent]) => blastsOn(date, percent)),
      { maxLength: 3 },
    ),
    mrd: fc.array(
      fc
        .tuple(day, fc.constantFrom('POSITIVE', 'NEGATIVE', 'INDETERMINATE'))
        .map(([date, call]) => mrdOn(date, call)),
      { maxLength: 5 },
    ),
    bCells: fc.array(
      fc.tuple(day, fc.constantFrom(0.1, 5)).map(([date, value]) => bCellsOn(date, value)),
      { maxLength: 5 },
    ),
    secondMalignancies: fc.array(day.map(malignancyOn), { maxLength: 1 }),
  });
}

const patient: fc.Arbitrary<RecordParts> = fc
  .record({
    facts: factsBetween(-30, 1400),
    reinfusion: fc.option(fc.integer({ min: 1, max: 1400 })),
    death: fc.option(fc.integer({ min: 0, max: 1500 })),
    lastContact: fc.integer({ min: 0, max: 1500 }),
  })
  .map(({ facts, reinfusion, death, lastContact }) => ({
    ...facts,
    courses: reinfusion === null ? infusedOn(on(0)) : infusedOn(on(0), on(reinfusion)),
    ...(death === null ? {} : { death: diedOn(on(death), 'LEUKEMIA') }),
    lastContact: on(lastContact),
  }));

function withMore(parts: RecordParts, more: Lists): RecordParts {
  return {
    ...parts,
    hcts: [...(parts.hcts ?? []), ...more.hcts],
    therapies: [...(parts.therapies ?? []), ...more.therapies],
    statuses: [...(parts.statuses ?? []), ...more.statuses],
    blasts: [...(parts.blasts ?? []), ...more.blasts],
    mrd: [...(parts.mrd ?? []), ...more.mrd],
    bCells: [...(parts.bCells ?? []), ...more.bCells],
    secondMalignancies: [...(parts.secondMalignancies ?? []), ...more.secondMalignancies],
  };
}

function outcome({ status, type, date, days, cd19, site, reason }: EndpointResult) {
  return { status, type, date, days, cd19, site, reason };
}

describe('endpoints of random patients', () => {
  it('everybody has a result for every definition, and the result is of one shape', () => {
    fc.assert(
      fc.property(patient, (parts) => {
        const results = deriveEndpoints(recordOf(parts), CUTOFF);
        expect(results.map(({ endpoint }) => endpoint)).toEqual(ENDPOINT_DEFINITIONS.map(({ id }) => id));
        for (const result of results) {
          const isTimed = ['EVENT', 'COMPETING', 'CENSORED'].includes(result.status);
          expect([result.type, result.date, result.days, result.months].every((x) => x !== undefined)).toBe(
            isTimed,
          );
          expect(result.reason === undefined).toBe(isTimed);
          if (result.days !== undefined) expect(result.days).toBeGreaterThanOrEqual(0);
          if (result.date !== undefined) expect(result.date <= CUTOFF).toBe(true);
          expect(result.evidence.length).toBeGreaterThan(result.reason === 'no course 2' ? -1 : 0);
        }
      }),
    );
  });

  it('the order of facts does not matter', () => {
    const shuffled = patient.chain((parts) =>
      fc.record({
        parts: fc.constant(parts),
        again: fc.record({
          ...shuffles(parts),
        }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ parts, again }) => {
        expect(deriveEndpoints(recordOf({ ...parts, ...again }), CUTOFF)).toEqual(
          deriveEndpoints(recordOf(parts), CUTOFF),
        );
      }),
    );
  });

  it('facts after the cut-off change nothing for a patient who is known to have lived to see it', () => {
    const later = factsBetween(CUTOFF_DAY + 1, CUTOFF_DAY + 500);
    fc.assert(
      fc.property(patient, later, (parts, more) => {
        const alive = { ...parts, lastContact: on(CUTOFF_DAY + 501) };
        expect(deriveEndpoints(recordOf(withMore(alive, more)), CUTOFF).map(outcome)).toEqual(
          deriveEndpoints(recordOf(alive), CUTOFF).map(outcome),
        );
      }),
    );
  });

  it('what comes after the result and the deadline does not change it', () => {
    fc.assert(
      fc.property(patient, fc.nat(), fc.integer({ min: 1, max: 200 }), (parts, pick, gap) => {
        const before = deriveEndpoints(recordOf(parts), CUTOFF);
        const index = pick % before.length;
        const [result, definition] = [before[index], ENDPOINT_DEFINITIONS[index]];
        if (result?.date === undefined || result.status === 'CENSORED') return;
        // A re-emergence of MRD is confirmed by what follows, so a later sample may date one earlier; and no
        // response that is dated back to the origin was found later.
        if (definition === undefined || definition.mrdRelapse === 'EVENT') return;
        if (definition.noResponse === 'AT_ORIGIN') return;
        // A relapse is described by what is recorded of it up to 30 days later.
        const from = Math.max(daysBetween(on(0), result.date), LATEST_DEADLINE) + 30 + gap;
        const [more] = fc.sample(factsBetween(from, from + 300), { numRuns: 1, seed: pick });
        if (more === undefined) return;
        const [after] = deriveEndpoints(recordOf(withMore(parts, more)), CUTOFF, [definition]);
        expect(after && outcome(after)).toEqual(outcome(result));
      }),
      { numRuns: 300 },
    );
  });

  it('an earlier cut-off sees the same event or none', () => {
    fc.assert(
      fc.property(patient, fc.integer({ min: LATEST_DEADLINE, max: CUTOFF_DAY }), (parts, day) => {
        const record = recordOf({ ...parts, lastContact: on(1500) });
        const final = deriveEndpoints(record, CUTOFF, withoutMrd());
        const early = deriveEndpoints(record, on(day), withoutMrd());
        for (const [index, result] of early.entries()) {
          const end = final[index];
          if (result.status === 'EVENT' || result.status === 'COMPETING') {
            expect([result.status, result.type, result.date]).toEqual([end?.status, end?.type, end?.date]);
          }
        }
      }),
    );
  });

  it('a record is not changed', () => {
    fc.assert(
      fc.property(patient, (parts) => {
        const record = deepFreeze(recordOf(parts));
        expect(() => deriveEndpoints(record, CUTOFF)).not.toThrow();
      }),
    );
  });
});

/** Loss of aplasia may be undone by a relapse some days later, an MRD relapse confirmed. */
function withoutMrd() {
  return ENDPOINT_DEFINITIONS.filter(
    (definition) =>
      definition.mrdRelapse === 'IGNORE' && definition.bcaLoss === 'IGNORE' && definition.indexCourse === 1,
  );
}

function shuffles(parts: RecordParts) {
  const shuffle = <T>(list: readonly T[] | undefined) =>
    fc.shuffledSubarray([...(list ?? [])], { minLength: (list ?? []).length });
  return {
    hcts: shuffle(parts.hcts),
    therapies: shuffle(parts.therapies),
    statuses: shuffle(parts.statuses),
    blasts: shuffle(parts.blasts),
    mrd: shuffle(parts.mrd),
    bCells: shuffle(parts.bCells),
    courses: shuffle(parts.courses),
  };
}

function deepFreeze<T extends CohortRecord>(record: T): T {
  const freeze = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
    Object.freeze(value);
    for (const part of Object.values(value)) freeze(part);
  };
  freeze(record);
  return record;
}
