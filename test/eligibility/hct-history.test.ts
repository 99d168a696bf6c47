import fc from 'fast-check';
import type { CohortRecord } from '../../src/cohort/cohort-record.generated.ts';
import { addDays, type PartialDate } from '../../src/core/partial-date.ts';
import { assessHctConsolidation } from '../../src/eligibility/assess-hct-consolidation.ts';
import { deriveHctHistory } from '../../src/eligibility/hct-history.ts';
import { assertionOf, hctRecord, NOTHING_MET, onDay } from '../support/hct-record.ts';
import { bCellsOn, courseOn, diedOn, hctOn, mrdOn, recordOf, statusOn } from '../support/record-builder.ts';

const steps = (record: CohortRecord, to: PartialDate) =>
  deriveHctHistory(record, { to }).changes.map(({ day, status, cause }) => [day, status, cause]);

describe('deriveHctHistory', () => {
  it('tells the day, the change and the fact behind it', () => {
    const record = hctRecord({
      ...NOTHING_MET,
      evalDay: 0,
      bca: [
        [28, 'A'],
        [90, 'A'],
        [120, 'R'],
      ],
    });
    const { changes } = deriveHctHistory(record, { from: onDay(89), to: onDay(130) });
    expect(changes).toHaveLength(3);
    expect(changes[2]).toMatchObject({
      date: '2024-06-29',
      day: 120,
      status: 'RECOMMENDED',
      cause: 'FACT',
      changes: [
        { what: 'status', from: 'NO_CRITERION_MET', to: 'RECOMMENDED' },
        { what: 'statusIfEligible', from: 'NO_CRITERION_MET', to: 'RECOMMENDED' },
        { what: 'R.b', from: 'NOT_MET', to: 'MET' },
      ],
      facts: [{ ref: 'Observation/b-cells-12-2024-06-29' }],
      summary: 'Recommended: B-cell aplasia lost, first seen on day 120, within six months (M6_D183).',
    });
  });

  it('a result that becomes too old changes the answer by itself, and so does the end of the window', () => {
    const record = hctRecord({ ...NOTHING_MET, evalDay: 0, bca: [[90, 'A']] });
    expect(steps(record, onDay(200)).slice(-3)).toEqual([
      [28, 'INDETERMINATE', 'FACT'],
      [90, 'NO_CRITERION_MET', 'FACT'],
      [136, 'INDETERMINATE', 'TIME'],
    ]);
  });

  it('follows a CD28 product through its window', () => {
    const record = hctRecord({ ...NOTHING_MET, evalDay: 0, product: 'brexu-cel' });
    const timed = deriveHctHistory(record, { to: onDay(100) }).changes.filter(({ changes }) =>
      changes.some(({ what }) => what === 'timing'),
    );
    expect(timed.map(({ day, timing }) => [day, timing])).toEqual([
      [0, 'BEFORE_WINDOW'],
      [28, 'IN_WINDOW_4_8_WK'],
      [57, 'AFTER_WINDOW'],
    ]);
  });

  it.each([
    ['nobody', recordOf({}), []],
    ['no CAR-T', recordOf({ statuses: [statusOn('2024-01-01', 'CR')] }), [[undefined, 'NOT_APPLICABLE']]],
    [
      'a death',
      recordOf({ courses: [courseOn(1, '2024-03-01', 'tisagenlecleucel')], death: diedOn('2024-03-05') }),
      [
        [0, 'INDETERMINATE'],
        [undefined, 'NOT_APPLICABLE'],
      ],
    ],
  ])('%s', (_, record, expected) => {
    expect(deriveHctHistory(record).changes.map(({ day, status }) => [day, status])).toEqual(expected);
  });

  it('is empty where the range is', () => {
    const record = hctRecord(NOTHING_MET);
    expect(deriveHctHistory(record, { from: '2024-05-02', to: '2024-05-01' }).changes).toEqual([]);
  });

  /** A sample of some day in March counts by the day of the MRD result, and becomes stale 45 days after that. */
  const SAMPLE_CLAMPED_TO_ANOTHER_FACT = {
    bCells: [['2024-03', 0.1] as [string, 0.1]],
    mrd: [['2024-03-02', 'POSITIVE'] as [string, 'POSITIVE']],
    statuses: [],
    fit: [],
    hct: null,
    second: null,
    death: null,
  };

  it('is what an assessment of every single day gives', () => {
    const day = fc.integer({ min: 1, max: 260 });
    const date = fc.oneof(
      { weight: 4, arbitrary: day.map(onDay) },
      day.map((given) => onDay(given).slice(0, 7)),
    );
    const records = fc.record({
      bCells: fc.array(fc.tuple(date, fc.constantFrom(0.1, 12)), { maxLength: 4 }),
      mrd: fc.array(fc.tuple(date, fc.constantFrom('POSITIVE' as const, 'NEGATIVE' as const)), {
        maxLength: 2,
      }),
      statuses: fc.array(fc.tuple(date, fc.constantFrom('CR' as const, 'RELAPSE' as const, 'NR' as const)), {
        maxLength: 3,
      }),
      fit: fc.array(fc.tuple(day.map(onDay), fc.constantFrom('YES', 'NO')), { maxLength: 2 }),
      hct: fc.option(date),
      second: fc.option(day.map(onDay)),
      death: fc.option(date),
    });
    fc.assert(
      fc.property(records, (drawn) => {
        const courses = ['2024-03-01', ...(drawn.second === null ? [] : [drawn.second])];
        const record = recordOf({
          courses: courses.map((on, index) => courseOn(index + 1, on, 'brexucabtagene-autoleucel')),
          bCells: drawn.bCells.map(([on, value]) => bCellsOn(on, value)),
          mrd: drawn.mrd.map(([on, call]) => mrdOn(on, call)),
          statuses: drawn.statuses.map(([on, status]) => statusOn(on, status)),
          hcts: drawn.hct === null ? [] : [hctOn(drawn.hct)],
          observations: {
            assertions: drawn.fit.map(([on, answer]) => assertionOf('FIT_FOR_HCT', answer, on)),
          },
          ...(drawn.death === null ? {} : { death: diedOn(drawn.death) }),
        });
        const shown = (on: PartialDate) => {
          const { status, timing, criteria } = assessHctConsolidation(record, on);
          return JSON.stringify([status, timing, criteria.map(({ result }) => result)]);
        };
        const changed: string[] = [];
        for (let on = addDays('2024-03-01', 1); on <= onDay(330); on = addDays(on, 1)) {
          if (shown(on) !== shown(addDays(on, -1))) changed.push(on);
        }
        const told = deriveHctHistory(record, { to: onDay(330) }).changes.map((change) => change.date);
        expect(told).toEqual(expect.arrayContaining(changed));
      }),
      { numRuns: 25, examples: [[SAMPLE_CLAMPED_TO_ANOTHER_FACT]] },
    );
  }, 60_000);
});
