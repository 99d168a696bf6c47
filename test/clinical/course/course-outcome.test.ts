import { deriveCourseOutcome } from '../../../src/clinical/course/course-outcome.ts';
import { cd19Courses } from '../../../src/clinical/course/courses.ts';
import { on } from '../../support/endpoint-case.ts';
import {
  blastsOn,
  courseOn,
  infusedOn,
  mrdOn,
  type RecordParts,
  recordOf,
  statusOn,
  therapyOn,
} from '../../support/record-builder.ts';

const outcomeOf = (parts: RecordParts, course = 1) =>
  deriveCourseOutcome(recordOf({ courses: infusedOn(on(0), on(300)), ...parts }), course);

describe('what became of the leukaemia after an infusion', () => {
  it('is told in order of time, whatever the order of the facts', () => {
    const outcome = outcomeOf({
      statuses: [
        statusOn(on(400), 'RELAPSE', { cd19: 'NEGATIVE', sites: ['CNS'] }),
        statusOn(on(328), 'CR'),
        statusOn(on(28), 'CRI'),
        statusOn(on(200), 'RELAPSE'),
        statusOn(on(-20), 'RELAPSE'),
      ],
    });
    expect(outcome).toMatchObject({ course: 1, infusionDate: '2022-01-01', infusionDateImputed: false });
    expect(outcome.responses.map(({ day, status }) => [day, status])).toEqual([
      [28, 'CRI'],
      [200, 'RELAPSE'],
      [328, 'CR'],
      [400, 'RELAPSE'],
    ]);
    expect(outcome.firstRemission).toMatchObject({ day: 28, status: 'CRI', date: '2022-01-29' });
    expect(outcome.relapses.map(({ day, cd19, site }) => [day, cd19, site])).toEqual([
      [200, 'UNKNOWN', undefined],
      [400, 'NEG', 'CNS'],
    ]);
    expect(outcome).not.toHaveProperty('noResponse');
  });

  it('counts each infusion’s days from itself', () => {
    const outcome = outcomeOf({ statuses: [statusOn(on(28), 'CR'), statusOn(on(328), 'NR')] }, 2);
    expect(outcome.noResponse).toMatchObject({ day: 28, date: on(328), basis: 'RECORDED', late: false });
    expect(outcome).not.toHaveProperty('firstRemission');
  });

  it.each<[string, RecordParts, Record<string, unknown>]>([
    ['recorded', { statuses: [statusOn(on(20), 'NR')] }, { day: 20, basis: 'RECORDED', late: false }],
    ['by blasts', { blasts: [blastsOn(on(20), 30)] }, { day: 20, basis: 'MARROW_BLASTS' }],
    [
      'by therapy',
      { therapies: [therapyOn(on(20), 'CHEMOTHERAPY', { reason: 'LACK_OF_EFFICACY' })] },
      { day: 20, basis: 'THERAPY' },
    ],
    ['after the deadline', { statuses: [statusOn(on(50), 'NR')] }, { day: 50, late: true }],
  ])('no response %s', (_, parts, expected) => {
    expect(outcomeOf(parts).noResponse).toMatchObject(expected);
  });

  it('takes the deadline and the earliest day as parameters', () => {
    const record = recordOf({
      courses: infusedOn(on(0)),
      statuses: [statusOn(on(10), 'NR'), statusOn(on(60), 'CR')],
    });
    expect(deriveCourseOutcome(record, 1).noResponse).toBeUndefined();
    expect(deriveCourseOutcome(record, 1, { nrEarliestDay: 10 }).noResponse?.day).toBe(10);
    expect(
      deriveCourseOutcome(record, 1, { nrEarliestDay: 10, responseDeadlineDay: 60 }).noResponse,
    ).toBeUndefined();
  });

  it.each<[string, RecordParts, readonly string[]]>([
    [
      'marrow blasts after remission, counted once',
      { statuses: [statusOn(on(28), 'CR')], blasts: [blastsOn(on(90), 20), blastsOn(on(100), 60)] },
      ['90 MARROW_BLASTS'],
    ],
    [
      'and again after another remission',
      {
        statuses: [statusOn(on(28), 'CR'), statusOn(on(150), 'CR')],
        blasts: [blastsOn(on(90), 20), blastsOn(on(200), 60)],
      },
      ['90 MARROW_BLASTS', '200 MARROW_BLASTS'],
    ],
    [
      'progression after remission',
      { statuses: [statusOn(on(28), 'CR'), statusOn(on(90), 'PROGRESSIVE')] },
      ['90 PROGRESSION'],
    ],
    [
      'the verdict within 30 days is the same relapse',
      { statuses: [statusOn(on(28), 'CR'), statusOn(on(120), 'RELAPSE')], blasts: [blastsOn(on(90), 20)] },
      ['90 MARROW_BLASTS'],
    ],
    [
      'later it stands for itself',
      { statuses: [statusOn(on(28), 'CR'), statusOn(on(121), 'RELAPSE')], blasts: [blastsOn(on(90), 20)] },
      ['90 MARROW_BLASTS', '121 RECORDED'],
    ],
  ])('relapse: %s', (_, parts, expected) => {
    expect(outcomeOf(parts).relapses.map(({ day, basis }) => `${day} ${basis}`)).toEqual(expected);
  });

  it('tells what it used', () => {
    const { relapses } = outcomeOf({
      statuses: [statusOn(on(28), 'CR'), statusOn(on(95), 'RELAPSE', { cd19: 'POSITIVE' })],
      blasts: [blastsOn(on(90), 20)],
    });
    expect(relapses.map(({ evidence }) => evidence.map(({ reference }) => reference))).toEqual([
      [`Observation/blasts-20-${on(90)}`, `Observation/status-RELAPSE-${on(95)}`],
    ]);
  });

  it('keeps relapses at the level of MRD apart', () => {
    const outcome = outcomeOf({
      statuses: [
        statusOn(on(28), 'CR'),
        statusOn(on(80), 'RELAPSE', { level: 'MOLECULAR', cd19: 'POSITIVE' }),
      ],
      mrd: [mrdOn(on(28), 'NEGATIVE'), mrdOn(on(70), 'POSITIVE'), mrdOn(on(84), 'POSITIVE')],
    });
    expect(outcome.relapses).toEqual([]);
    expect(outcome.molecularRelapses.map(({ day, basis, cd19 }) => [day, basis, cd19])).toEqual([
      [70, 'MRD_REEMERGENCE', 'UNKNOWN'],
      [80, 'RECORDED', 'POS'],
    ]);
  });

  it('of an infusion known to the year nothing can be told', () => {
    const record = recordOf({
      courses: [courseOn(1, '2022', 'tisagenlecleucel')],
      statuses: [statusOn('2022-06-01', 'CR')],
    });
    expect(deriveCourseOutcome(record, 1)).toEqual({
      course: 1,
      infusionDateImputed: false,
      responses: [],
      relapses: [],
      molecularRelapses: [],
    });
  });

  it('of a course that is not there is an error', () => {
    expect(() => outcomeOf({}, 3)).toThrow(RangeError);
  });
});

describe('courses that count', () => {
  it('are those against CD19 or an unknown antigen, in order', () => {
    const record = recordOf({
      courses: [
        courseOn(3, on(20), 'unknown'),
        courseOn(1, on(0), 'tisagenlecleucel'),
        courseOn(2, on(10), 'idecabtagene-vicleucel'),
      ],
    });
    expect(cd19Courses(record).map(({ number }) => number)).toEqual([1, 3]);
  });
});
