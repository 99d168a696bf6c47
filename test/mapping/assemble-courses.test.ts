import { assembleCourses, doseConflicts } from '../../src/mapping/assemble-courses.ts';
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

  it('what names no product belongs to the first product of the day, whatever the order of arrival', () => {
    const facts = [
      infusion('2021-03-01', { product: 'tisagenlecleucel' }),
      infusion('2021-03-01', { product: 'other-cd19' }),
      infusion('2021-03-01', { product: 'unknown', doseAbsolute: 70, lot: 'A' }),
    ];
    for (const order of [facts, facts.toReversed()]) {
      expect(
        assembleCourses(order).map(({ product, infusion: { doseAbsolute } }) => [product, doseAbsolute]),
      ).toEqual([
        [{ code: 'other-cd19', lot: 'A' }, 70],
        [{ code: 'tisagenlecleucel' }, undefined],
      ]);
    }
  });

  it('of one day the earliest time that is told, and the larger dose', () => {
    const [course] = assembleCourses([
      infusion('2021-03-01', { time: '12:00:00Z', epochMinute: 200, doseAbsolute: 60 }),
      infusion('2021-03-01', { time: '10:00:00Z', epochMinute: 80, doseAbsolute: 70 }),
      infusion('2021-03-01'),
    ]);
    expect(course?.infusion).toMatchObject({ time: '10:00:00Z', epochMinute: 80, doseAbsolute: 70 });
  });

  it('a split infusion begins with its first fraction', () => {
    const [course] = assembleCourses([
      infusion('2021-03-02', { time: '09:00:00Z', epochMinute: 1500 }),
      infusion('2021-03-01', { time: '10:00:00Z', epochMinute: 120 }),
    ]);
    expect(course?.infusion).toMatchObject({ date: '2021-03-01', time: '10:00:00Z', epochMinute: 120 });
    expect(course?.infusion.fractions?.map((fraction) => Object.keys(fraction))).toEqual([
      ['date', 'sources'],
      ['date', 'sources'],
    ]);
  });
});

describe('doses of one infusion that differ', () => {
  const referencesOf = (...facts: readonly Fact[]) => doseConflicts(facts).map(({ reference }) => reference);
  const dose = (doseAbsolute: number, reference: string, more: Record<string, FactValue> = {}) =>
    infusion('2021-03-01', { doseAbsolute, ...more }, reference);

  it.each<[string, readonly Fact[], readonly string[]]>([
    ['the smaller is named', [dose(60, 'Procedure/1'), dose(70, 'Procedure/2')], ['Procedure/1']],
    ['one that is equal is not', [dose(70, 'Procedure/1'), dose(70, 'Procedure/2')], []],
    [
      'also where it names no product',
      [dose(60, 'Procedure/1', { product: 'unknown' }), dose(70, 'Procedure/2')],
      ['Procedure/1'],
    ],
    [
      'another product is another infusion',
      [dose(60, 'Procedure/1', { product: 'other-cd19' }), dose(70, 'Procedure/2')],
      [],
    ],
    ['another day too', [dose(60, 'Procedure/1'), dose(70, 'Procedure/2', { date: '2021-03-02' })], []],
    [
      'per kilogram and absolute do not compare',
      [infusion('2021-03-01', { dosePerKg: 1 }), dose(70, 'Procedure/2')],
      [],
    ],
  ])('%s', (_, facts, expected) => {
    expect(referencesOf(...facts)).toEqual(expected);
    expect(referencesOf(...facts.toReversed())).toEqual(expected);
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
