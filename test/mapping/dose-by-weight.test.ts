import type { Course, VitalSign } from '../../src/cohort/cohort-record.generated.ts';
import { completeDoses } from '../../src/mapping/dose-by-weight.ts';
import { courseOn, from } from '../support/record-builder.ts';

const weight = (date: string, value: number, more: Partial<VitalSign> = {}): VitalSign => ({
  date,
  sign: 'weight',
  value,
  sources: from(`Observation/weight-${date}`),
  ...more,
});

function doseOf(
  dose: Partial<Course['infusion']>,
  ...signs: readonly VitalSign[]
): Course['infusion'] | undefined {
  const course = courseOn(1, '2024-03-04', 'tisagenlecleucel');
  return completeDoses([{ ...course, infusion: { ...course.infusion, ...dose } }], signs)[0]?.infusion;
}

/** Doses in 10*6 cells, weights in kilograms. */
describe('the dose that was not sent, by the weight before the infusion', () => {
  it('per kilogram from the absolute dose, and the reverse', () => {
    expect(doseOf({ doseAbsolute: 70 }, weight('2024-03-01', 20))?.dosePerKg).toBe(3.5);
    expect(doseOf({ dosePerKg: 3.5 }, weight('2024-03-01', 20))?.doseAbsolute).toBe(70);
  });

  it('keeps the weight as a source, flagged as derived', () => {
    expect(doseOf({ doseAbsolute: 70 }, weight('2024-03-01', 20))?.sources).toEqual([
      { reference: 'Procedure/infusion-1', path: 'value', site: 'a' },
      { reference: 'Observation/weight-2024-03-01', path: 'value', site: 'a', flags: ['DERIVED'] },
    ]);
  });

  it.each<[string, readonly VitalSign[], number | undefined]>([
    ['of the day of the infusion', [weight('2024-03-04', 20)], 3.5],
    ['30 days before', [weight('2024-02-03', 20)], 3.5],
    ['31 days before', [weight('2024-02-02', 20)], undefined],
    ['after the infusion', [weight('2024-03-05', 20)], undefined],
    ['known to the month', [weight('2024-03', 20)], undefined],
    ['the nearest', [weight('2024-02-20', 10), weight('2024-03-03', 20), weight('2024-02-25', 14)], 3.5],
    [
      'of one day the last measured',
      [weight('2024-03-03', 20, { epochMinute: 20 }), weight('2024-03-03', 28, { epochMinute: 10 })],
      3.5,
    ],
    [
      'of one time the largest',
      [weight('2024-03-03', 10), weight('2024-03-03', 20), weight('2024-03-03', 14)],
      3.5,
    ],
    ['no other vital sign', [weight('2024-03-03', 20, { sign: 'height' as VitalSign['sign'] })], undefined],
  ])('%s', (_, signs, perKg) => {
    expect(doseOf({ doseAbsolute: 70 }, ...signs)?.dosePerKg).toBe(perKg);
  });

  it.each([
    ['earlier that day', 99, 3.5],
    ['at its minute', 100, 3.5],
    ['later that day', 101, undefined],
    ['at a time that nobody told', undefined, 3.5],
  ])('measured %s', (_, epochMinute, perKg) => {
    const measured = weight('2024-03-04', 20, epochMinute === undefined ? {} : { epochMinute });
    expect(doseOf({ doseAbsolute: 70, epochMinute: 100 }, measured)?.dosePerKg).toBe(perKg);
  });

  it.each<[string, Partial<Course['infusion']>]>([
    ['both doses are there', { doseAbsolute: 70, dosePerKg: 3 }],
    ['neither is there', {}],
    ['the infusion is known to the month', { date: '2024-03', doseAbsolute: 70 }],
  ])('nothing is derived where %s', (_, dose) => {
    const found = doseOf(dose, weight('2024-03-01', 20));
    expect([found?.doseAbsolute, found?.dosePerKg]).toEqual([dose.doseAbsolute, dose.dosePerKg]);
    expect(found?.sources).toHaveLength(1);
  });
});
