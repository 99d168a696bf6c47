import { frameCourse } from '../../../src/clinical/course/course-frame.ts';
import { deriveReportedGrades } from '../../../src/clinical/toxicity/reported-grades.ts';
import type { ToxicityGrade } from '../../../src/cohort/cohort-record.generated.ts';
import { frameOf } from '../../support/frame-of.ts';
import { courseOn, infusedOn, recordOf } from '../../support/record-builder.ts';
import { INFUSION, reported, when } from '../../support/toxicity-facts.ts';

const ASTCT = 'ASTCT-2019';
const crs = (day: number, grade?: number, more: Partial<ToxicityGrade> = {}) =>
  reported(when(day), 'CRS', ASTCT, grade, more);
const readingOf = (...toxicityGrades: readonly ToxicityGrade[]) =>
  deriveReportedGrades(frameOf({ observations: { toxicityGrades } }), 'CRS');
const systemOf = (...toxicityGrades: readonly ToxicityGrade[]) => readingOf(...toxicityGrades).systems[0];

describe('one grading system over the course', () => {
  it('the highest grade with its first day, first and last day of a grade of 1 or more', () => {
    const { grades, evidence, ...rest } =
      systemOf(crs(9, 0), crs(6, 3), crs(2, 1), crs(5, 3), crs(1, 0)) ?? {};
    expect(rest).toEqual({ system: ASTCT, peak: 3, peakDay: 5, onsetDay: 2, endDay: 6 });
    expect(grades?.map(({ day, grade }) => [day, grade])).toEqual([
      [1, 0],
      [2, 1],
      [5, 3],
      [6, 3],
      [9, 0],
    ]);
    expect(evidence).toHaveLength(5);
  });

  it('grades of one day from low to high, one without a grade first', () => {
    const grades = systemOf(crs(4, 3), crs(4, 1), crs(4))?.grades;
    expect(grades?.map(({ grade }) => grade)).toEqual([undefined, 1, 3]);
  });

  it('grade 0 alone has no onset', () => {
    const { grades: _, evidence: __, ...rest } = systemOf(crs(3, 0)) ?? {};
    expect(rest).toEqual({ system: ASTCT, peak: 0, peakDay: 3 });
  });

  it('recorded without a grade it has days and no peak', () => {
    const { grades: _, evidence: __, ...rest } = systemOf(crs(3), crs(5)) ?? {};
    expect(rest).toEqual({ system: ASTCT, onsetDay: 3, endDay: 5 });
  });

  it.each([
    ['its own last day', 7, 7],
    ['an end before its start', 2, 4],
  ])('with an end: %s', (_, end, endDay) => {
    const found = systemOf(crs(4, 2, { endDate: when(end).date }));
    expect(found).toMatchObject({ onsetDay: 4, endDay });
    expect(found?.grades).toMatchObject([{ day: 4, endDay }]);
  });

  it('what was of another cause is shown and does not count', () => {
    const found = systemOf(crs(2, 4, { attribution: 'OTHER_CAUSE' }), crs(5, 1, { attribution: 'CAR_T' }));
    expect(found).toMatchObject({ peak: 1, peakDay: 5, onsetDay: 5, endDay: 5 });
    expect(found?.grades.map(({ attribution }) => attribution)).toEqual(['OTHER_CAUSE', 'CAR_T']);
  });

  it('without an attribution it counts, and says that it is not known', () => {
    expect(systemOf(crs(5, 2, { phase: 'LATE' }))).toMatchObject({
      peak: 2,
      grades: [{ attribution: 'UNKNOWN', phase: 'LATE' }],
    });
  });
});

it('systems are apart, in the order of their names; other toxicities are not read', () => {
  const { systems } = readingOf(
    reported(when(4), 'CRS', 'PENN', 4),
    crs(4, 2),
    reported(when(4), 'ICANS', 'ASTCT-2019', 3),
    reported(when(4), 'CRS', 'LEE-2014', 3),
  );
  expect(systems.map(({ system, peak }) => [system, peak])).toEqual([
    ['ASTCT-2019', 2],
    ['LEE-2014', 3],
    ['PENN', 4],
  ]);
});

describe('only what happened in the course', () => {
  const [first] = infusedOn(INFUSION);
  if (first === undefined) throw new Error('one course');
  const courses = [
    { ...first, infusion: { ...first.infusion, ...when(0, '10:00') } },
    courseOn(2, when(60).date, 'tisagenlecleucel'),
  ];
  const seen = (at: ReturnType<typeof when>): boolean => {
    const observations = { toxicityGrades: [reported(at, 'CRS', ASTCT, 2)] };
    const frame = frameCourse(recordOf({ courses, observations }), 1);
    return frame !== undefined && deriveReportedGrades(frame, 'CRS').systems.length === 1;
  };

  it.each<[string, ReturnType<typeof when>, boolean]>([
    ['the day before', when(-1), false],
    ['the day of the infusion', when(0), true],
    ['that day before the infusion', when(0, '09:59'), false],
    ['that day after the infusion', when(0, '10:00'), true],
    ['the day before the next infusion', when(59), true],
    ['the day of the next infusion', when(60), false],
    ['the month before, without a day', { date: '2024-02' }, false],
    ['a later month, without a day', { date: '2024-04' }, true],
    ['a month after the next infusion, without a day', { date: '2024-06' }, false],
  ])('%s', (_, at, expected) => {
    expect(seen(at)).toBe(expected);
  });
});

describe('adjudications', () => {
  const decision = (day: number, grade: number | undefined, decidedOn?: string) =>
    crs(day, grade, { method: 'ADJUDICATED', ...(decidedOn === undefined ? {} : { decidedOn }) });
  const orderOf = (...decisions: readonly ToxicityGrade[]) =>
    readingOf(...decisions).adjudications.map(({ day, grade }) => [day, grade]);

  it('are no reports', () => {
    expect(readingOf(decision(4, 2)).systems).toEqual([]);
  });

  it('the latest decision comes first, whatever the order of arrival', () => {
    const older = decision(4, 1, '2024-03-20');
    const newer = decision(4, 3, '2024-04-01');
    expect(orderOf(older, newer)).toEqual([
      [4, 3],
      [4, 1],
    ]);
    expect(orderOf(newer, older)).toEqual(orderOf(older, newer));
  });

  it('of one day of decision the later day, then the higher grade', () => {
    const decidedOn = '2024-04-01';
    expect(
      orderOf(
        decision(4, undefined, decidedOn),
        decision(4, 2, decidedOn),
        decision(6, 1, decidedOn),
        decision(4, 3, decidedOn),
      ),
    ).toEqual([
      [6, 1],
      [4, 3],
      [4, 2],
      [4, undefined],
    ]);
  });

  it('is of the day that it is about where it does not say', () => {
    expect(readingOf(decision(4, 2)).adjudications[0]?.decidedOn).toBe('2024-03-08');
    expect(readingOf(decision(4, 2, '2024-05-01')).adjudications[0]?.decidedOn).toBe('2024-05-01');
  });
});
