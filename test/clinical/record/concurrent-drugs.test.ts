import fc from 'fast-check';
import { concurrentDrugs } from '../../../src/clinical/record/concurrent-drugs.ts';
import type { DrugInterval } from '../../../src/clinical/record/drug-intervals.ts';
import { drug, when } from '../../support/toxicity-facts.ts';

const DAY = 1440;
const AGENTS = ['norepinephrine', 'epinephrine', 'vasopressin'] as const;

/** Exact, from one minute of day 0 on. */
function interval(agent: string, at: number, minutes: number): DrugInterval {
  const endAt = at + minutes;
  const days = { day: Math.floor(at / DAY), endDay: Math.floor((endAt - 1) / DAY) };
  return { agent, at, endAt, ...days, timed: true, exact: true, drug: drug(when(0), agent) };
}

it('at a minute run those, and only those, that hold it', () => {
  const given = fc.array(
    fc.tuple(
      fc.constantFrom(...AGENTS),
      fc.integer({ min: 0, max: 3 * DAY }),
      fc.integer({ min: 1, max: 2 * DAY }),
    ),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(given, fc.integer({ min: 0, max: 5 * DAY }), (list, at) => {
      const intervals = list.map(([agent, from, minutes]) => interval(agent, from, minutes));
      const moment = { day: Math.floor(at / DAY), at, timed: true };
      const { agents, undecided } = concurrentDrugs(intervals, 'OVERLAP')(moment);
      const running = AGENTS.filter((name) =>
        intervals.some((one) => one.agent === name && one.at <= at && at < one.endAt),
      );
      expect({ agents, undecided }).toEqual({ agents: running.toSorted(), undecided: false });
    }),
  );
});

it('by the day all that touch it run together', () => {
  const intervals = [interval('norepinephrine', 10, 5), interval('epinephrine', 700, 5)];
  const on = concurrentDrugs(intervals, 'SAME_DAY');
  expect(on({ day: 0, at: 900, timed: true }).agents).toEqual(['epinephrine', 'norepinephrine']);
  expect(on({ day: 1, at: 1500, timed: true }).agents).toEqual([]);
});
