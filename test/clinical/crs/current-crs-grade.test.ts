import { deriveCrs } from '../../../src/clinical/crs/crs.ts';
import { currentCrsGrade } from '../../../src/clinical/crs/current-crs-grade.ts';
import type { Observations } from '../../../src/cohort/cohort-record.generated.ts';
import { frameOf } from '../../support/frame-of.ts';
import { oxygen, reported, sign, temperature, when } from '../../support/toxicity-facts.ts';

const SYSTEM = 'ASTCT-2019';

/** Charted whole: no hypotension, room air. */
const febrile = (day: number): Partial<Observations> => ({
  vitalSigns: [temperature(when(day), 38.5)],
  clinicalSigns: [sign(when(day), 'HYPOTENSION', false)],
  oxygenSupport: [oxygen(when(day), 'NONE')],
});
const warm = (day: number): Partial<Observations> => ({ vitalSigns: [temperature(when(day), 38.5)] });

function current(observations: Partial<Observations>, asOfDay?: number, describesDays = 1) {
  const frame = frameOf({ observations }, asOfDay === undefined ? undefined : when(asOfDay).date);
  const { evidence: _, ...found } = currentCrsGrade(frame, deriveCrs(frame), describesDays) ?? {
    evidence: [],
  };
  return found;
}

const report = (day: number, grade: number, more = {}) => reported(when(day), 'CRS', SYSTEM, grade, more);
const decision = (day: number, grade: number) =>
  report(day, grade, { method: 'ADJUDICATED', decidedOn: when(day).date });

it.each<[string, Partial<Observations>, object]>([
  [
    'what was adjudicated before what is computed',
    { ...febrile(4), toxicityGrades: [decision(4, 3)] },
    { grade: 3, status: 'EXACT', day: 4 },
  ],
  [
    'an exact computed grade before a report',
    { ...febrile(4), toxicityGrades: [report(4, 3)] },
    { grade: 1, status: 'EXACT', day: 4 },
  ],
  [
    'a report before a lower bound',
    { ...warm(4), toxicityGrades: [report(4, 2)] },
    { grade: 2, status: 'EXACT', day: 4 },
  ],
  [
    'a report that equals the lower bound',
    { ...warm(4), toxicityGrades: [report(4, 1)] },
    { grade: 1, status: 'EXACT', day: 4 },
  ],
  [
    'not a report below the lower bound',
    { ...warm(4), toxicityGrades: [report(4, 0)] },
    { grade: 1, status: 'AT_LEAST', day: 4 },
  ],
  [
    'a report below the lower bound of another day',
    { ...warm(4), toxicityGrades: [report(5, 0)] },
    { grade: 0, status: 'EXACT', day: 5 },
  ],
  [
    'the later day before all',
    { ...febrile(4), toxicityGrades: [decision(3, 4)] },
    { grade: 1, status: 'EXACT', day: 4 },
  ],
  [
    'of two reports of one day the higher',
    { toxicityGrades: [report(4, 1), report(4, 2)] },
    { grade: 2, status: 'EXACT', day: 4 },
  ],
  [
    'no report of another cause',
    { ...warm(4), toxicityGrades: [report(5, 3, { attribution: 'OTHER_CAUSE' })] },
    { grade: 1, status: 'AT_LEAST', day: 4 },
  ],
  [
    'no report in another system',
    { ...warm(4), toxicityGrades: [reported(when(5), 'CRS', 'PENN', 3)] },
    { grade: 1, status: 'AT_LEAST', day: 4 },
  ],
  ['nothing graded', {}, {}],
])('%s', (_, observations, expected) => {
  const { isCurrent: __, ...found } = { isCurrent: true, ...current(observations) };
  expect(found).toEqual(expected);
});

it.each([
  [undefined, 1, true],
  [4, 1, true],
  [5, 1, true],
  [6, 1, false],
  [6, 2, true],
  [4, 0, true],
  [5, 0, false],
])('a grade of day 4, asked on day %p, describing %d days: %p', (asOfDay, describesDays, expected) => {
  expect(current(febrile(4), asOfDay, describesDays)).toMatchObject({ day: 4, isCurrent: expected });
});
