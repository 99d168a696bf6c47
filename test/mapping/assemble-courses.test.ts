import { assembleCourses } from '../../src/mapping/assemble-courses.ts';
import type { Fact, FactValue } from '../../src/mapping/fact.ts';
import { takeLymphodepletion } from '../../src/mapping/take-lymphodepletion.ts';

function infusion(date: string, elements: Record<string, FactValue> = {}, reference = 'Procedure/1'): Fact {
  return {
    kind: 'infusion',
    elements: { date, product: 'tisagenlecleucel', ...elements },
    sources: [{ reference, path: 'Procedure.performed', site: 'a', identifiers: [] }],
  };
}

function drug(agent: string, date: string, intent?: string): Fact {
  return {
    kind: 'therapy',
    elements: { kind: 'CHEMOTHERAPY', agent, date, ...(intent === undefined ? {} : { intent }) },
    sources: [{ reference: 'MedicationAdministration/1', path: 'effective', site: 'a', identifiers: [] }],
  };
}

describe('courses', () => {
  it.each<[string, Fact[], [string, string][]]>([
    [
      'procedure and administration of one day are one infusion',
      [infusion('2021-03-01'), infusion('2021-03-01', {}, 'MedicationAdministration/2')],
      [['2021-03-01', 'tisagenlecleucel']],
    ],
    [
      'an unspecified product joins the specified one of that day',
      [infusion('2021-03-01', { product: 'unknown' }), infusion('2021-03-01')],
      [['2021-03-01', 'tisagenlecleucel']],
    ],
    [
      'no product at all is UNKNOWN',
      [infusion('2021-03-01', { product: 'unknown' })],
      [['2021-03-01', 'UNKNOWN']],
    ],
    [
      'two products of one day are two infusions',
      [infusion('2021-03-01'), infusion('2021-03-01', { product: 'other-cd19' })],
      [
        ['2021-03-01', 'other-cd19'],
        ['2021-03-01', 'tisagenlecleucel'],
      ],
    ],
    [
      'day 7 is a fraction',
      [infusion('2021-03-01'), infusion('2021-03-08')],
      [['2021-03-01', 'tisagenlecleucel']],
    ],
    [
      'day 8 is the next course',
      [infusion('2021-03-01'), infusion('2021-03-09')],
      [
        ['2021-03-01', 'tisagenlecleucel'],
        ['2021-03-09', 'tisagenlecleucel'],
      ],
    ],
    [
      'the seven days count from the first fraction',
      [infusion('2021-03-01'), infusion('2021-03-06'), infusion('2021-03-10')],
      [
        ['2021-03-01', 'tisagenlecleucel'],
        ['2021-03-10', 'tisagenlecleucel'],
      ],
    ],
    [
      'another product is no fraction',
      [infusion('2021-03-01'), infusion('2021-03-03', { product: 'other-cd19' })],
      [
        ['2021-03-01', 'tisagenlecleucel'],
        ['2021-03-03', 'other-cd19'],
      ],
    ],
    [
      'another lot is no fraction',
      [infusion('2021-03-01', { lot: 'A' }), infusion('2021-03-03', { lot: 'B' })],
      [
        ['2021-03-01', 'tisagenlecleucel'],
        ['2021-03-03', 'tisagenlecleucel'],
      ],
    ],
    [
      'one lot missing is a fraction',
      [infusion('2021-03-01', { lot: 'A' }), infusion('2021-03-03')],
      [['2021-03-01', 'tisagenlecleucel']],
    ],
    [
      'a date without a day is an infusion of its own',
      [infusion('2021-03'), infusion('2021-03-03')],
      [
        ['2021-03', 'tisagenlecleucel'],
        ['2021-03-03', 'tisagenlecleucel'],
      ],
    ],
  ])('%s', (_, facts, expected) => {
    for (const order of [facts, facts.toReversed()]) {
      const courses = assembleCourses(order);
      expect(courses.map(({ infusion: { date }, product: { code } }) => [date, code])).toEqual(expected);
      expect(courses.map(({ number }) => number)).toEqual(expected.map((__, index) => index + 1));
    }
  });

  it('adds up fractions and keeps them', () => {
    const [course] = assembleCourses([
      infusion('2021-03-01', { dosePerKg: 0.3, doseAbsolute: 9 }),
      infusion('2021-03-02', { dosePerKg: 0.6 }),
    ]);
    expect(course?.infusion).toMatchObject({ date: '2021-03-01', dosePerKg: 0.9 });
    expect(course?.infusion.doseAbsolute).toBeUndefined();
    expect(course?.infusion.fractions?.map(({ date, dosePerKg }) => [date, dosePerKg])).toEqual([
      ['2021-03-01', 0.3],
      ['2021-03-02', 0.6],
    ]);
  });
});

describe('lymphodepletion', () => {
  const courses = assembleCourses([infusion('2021-03-15')]);

  it.each([
    ['2021-02-28', 'fludarabine', undefined, 0],
    ['2021-03-01', 'fludarabine', undefined, 1],
    ['2021-03-14', 'cyclophosphamide', undefined, 1],
    ['2021-03-15', 'fludarabine', undefined, 0],
    ['2021-03-10', 'cytarabine', undefined, 0],
    ['2021-03-10', 'cytarabine', 'LYMPHODEPLETION', 1],
    ['2021-03-10', 'fludarabine', 'BRIDGING', 0],
    ['2021-03', 'fludarabine', undefined, 0],
  ])('on %s %s with intent %s: %i', (date, agent, intent, count) => {
    const taken = takeLymphodepletion(courses, [drug(agent, date, intent)]);
    expect(taken.courses[0]?.lymphodepletion).toHaveLength(count);
    expect(taken.others).toHaveLength(1 - count);
  });
});
