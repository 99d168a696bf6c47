import type { Course } from '../../src/cohort/cohort-record.generated.ts';
import { withCellsInProduct } from '../../src/mapping/cells-in-product.ts';
import type { Fact, FactValue } from '../../src/mapping/fact.ts';
import { courseOn } from '../support/record-builder.ts';

function counted(elements: Readonly<Record<string, FactValue>>): Fact {
  const sources = [
    { reference: `Observation/${elements['date']}`, path: 'value', site: 'a', identifiers: [] },
  ];
  return { kind: 'cellsInProduct', elements, sources };
}

const COURSES = [
  courseOn(1, '2024-03-04', 'tisagenlecleucel'),
  courseOn(2, '2024-09-01', 'tisagenlecleucel'),
];
const dosesOf = (counts: readonly Fact[], courses: readonly Course[] = COURSES) =>
  withCellsInProduct(courses, counts).map(({ infusion }) => infusion.doseAbsolute);

it.each<[string, readonly Fact[], readonly (number | undefined)[]]>([
  ['of the day of the infusion', [counted({ date: '2024-03-04', cells: 70 })], [70, undefined]],
  ['90 days before', [counted({ date: '2023-12-05', cells: 70 })], [70, undefined]],
  ['91 days before', [counted({ date: '2023-12-04', cells: 70 })], [undefined, undefined]],
  [
    'after the first infusion, 90 days before the second',
    [counted({ date: '2024-06-03', cells: 70 })],
    [undefined, 70],
  ],
  ['within 90 days of nothing', [counted({ date: '2024-06-02', cells: 70 })], [undefined, undefined]],
  [
    'the last before the infusion, of one day the largest',
    [
      counted({ date: '2024-02-01', cells: 90 }),
      counted({ date: '2024-02-20', cells: 60 }),
      counted({ date: '2024-02-20', cells: 70 }),
    ],
    [70, undefined],
  ],
  ['one known to the month', [counted({ date: '2024-02', cells: 70 })], [undefined, undefined]],
  ['one without a number', [counted({ date: '2024-02-20' })], [undefined, undefined]],
  ['one without a date', [counted({ cells: 70 })], [undefined, undefined]],
])('%s', (_, counts, expected) => {
  expect(dosesOf(counts)).toEqual(expected);
});

it('a dose that somebody gave stands, with its own sources', () => {
  const [first] = COURSES;
  if (first === undefined) throw new Error('two courses');
  const given = { ...first, infusion: { ...first.infusion, doseAbsolute: 100 } };
  expect(withCellsInProduct([given], [counted({ date: '2024-03-04', cells: 70 })])).toEqual([given]);
});

it('an infusion known to the month has no day to count from', () => {
  expect(dosesOf([counted({ date: '2024-03-01', cells: 70 })], [courseOn(1, '2024-03', 'UNKNOWN')])).toEqual([
    undefined,
  ]);
});

it('the count is a source of the infusion', () => {
  const [course] = withCellsInProduct(COURSES, [counted({ date: '2024-03-04', cells: 70 })]);
  expect(course?.infusion.sources.map(({ reference }) => reference)).toEqual([
    'Procedure/infusion-1',
    'Observation/2024-03-04',
  ]);
});
