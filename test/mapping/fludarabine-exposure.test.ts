import type { Fact, FactOf, FactValue } from '../../src/mapping/fact.ts';
import { withExposures } from '../../src/mapping/take-lymphodepletion.ts';
import { courseOn } from '../support/record-builder.ts';

const COURSES = [
  courseOn(1, '2022-01-01', 'tisagenlecleucel'),
  courseOn(2, '2022-01-11', 'tisagenlecleucel'),
];

/** Areas under the curve in mg.h/L. */
function exposure(auc: number, more: Record<string, FactValue> = {}): FactOf<'fludarabineExposure'> {
  const sources = [{ reference: `Observation/${auc}`, path: 'value', site: 'a', identifiers: [] }];
  return { kind: 'fludarabineExposure', elements: { auc, ...more }, sources } satisfies Fact;
}

it.each<[string, readonly FactOf<'fludarabineExposure'>[], readonly (number | undefined)[]]>([
  ['of the nearer infusion', [exposure(15, { date: '2022-01-05' })], [15, undefined]],
  ['of the other', [exposure(15, { date: '2022-01-07' })], [undefined, 15]],
  [
    'as far from both: of the later course, before which it was given',
    [exposure(15, { date: '2022-01-06' })],
    [undefined, 15],
  ],
  ['one each', [exposure(15, { date: '2022-01-10' }), exposure(14, { date: '2021-12-30' })], [14, 15]],
  [
    'measured before population kinetics',
    [
      exposure(14, { date: '2022-01-01', method: 'POPULATION_PK' }),
      exposure(15, { date: '2022-01-02', method: 'MEASURED' }),
    ],
    [15, undefined],
  ],
  [
    'population kinetics before a method that nobody told',
    [exposure(14, { date: '2022-01-01' }), exposure(15, { date: '2022-01-02', method: 'POPULATION_PK' })],
    [15, undefined],
  ],
  ['undated', [exposure(15)], [undefined, undefined]],
  ['of a month', [exposure(15, { date: '2022-01' })], [undefined, undefined]],
])('%s', (_, exposures, expected) => {
  for (const order of [exposures, exposures.toReversed()]) {
    expect(withExposures(COURSES, order).map(({ fludarabineExposure }) => fludarabineExposure?.auc)).toEqual(
      expected,
    );
  }
});

it('an undated one belongs to the only course there is', () => {
  const [course] = withExposures(COURSES.slice(0, 1), [exposure(15)]);
  expect(course?.fludarabineExposure?.auc).toBe(15);
});
