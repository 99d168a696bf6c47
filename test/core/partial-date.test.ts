import fc from 'fast-check';
import {
  addDays,
  addMonthsClamped,
  dateOfDayNumber,
  dayNumber,
  daysBetween,
  earliestDay,
  imputeDate,
  isPartialDate,
  latestDay,
} from '../../src/core/partial-date.ts';

describe('partial dates', () => {
  it.each([
    ['2021', true],
    ['2021-02', true],
    ['2021-02-28', true],
    ['2024-02-29', true],
    ['2000-02-29', true],
    ['1900-02-29', false],
    ['2021-02-29', false],
    ['2021-04-31', false],
    ['2021-13', false],
    ['2021-00-10', false],
    ['0999', false],
    ['2021-1-1', false],
    ['2021-02-28T10:00:00Z', false],
    ['', false],
  ])('%s is a date: %s', (text, expected) => {
    expect(isPartialDate(text)).toBe(expected);
  });

  it.each([
    ['1970-01-01', 0],
    ['1969-12-31', -1],
    ['2000-03-01', 11_017],
    ['2020-02-29', 18_321],
    ['2025-06-30', 20_269],
  ])('day number of %s is %i', (date, days) => {
    expect(dayNumber(date)).toBe(days);
    expect(dateOfDayNumber(days)).toBe(date);
  });

  it('counts a leap year', () => {
    expect(daysBetween('2020-02-28', '2021-02-28')).toBe(366);
    expect(addDays('2020-02-28', 366)).toBe('2021-02-28');
  });

  it.each([
    ['2021-08-31', 6, '2022-02-28'],
    ['2023-08-30', 6, '2024-02-29'],
    ['2020-02-29', 6, '2020-08-29'],
    ['2022-07-15', 6, '2023-01-15'],
    ['2022-12-31', -1, '2022-11-30'],
  ])('%s plus %i months is %s', (date, months, expected) => {
    expect(addMonthsClamped(date, months)).toBe(expected);
  });

  it.each([
    ['2024', '2024-01-01', '2024-12-31'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2024-02-03', '2024-02-03', '2024-02-03'],
  ])('%s may mean %s to %s', (date, first, last) => {
    expect([earliestDay(date), latestDay(date)]).toEqual([first, last]);
  });

  it.each([
    ['2024-05-06', {}, '2024-05-06', false, 0],
    ['2024-05', {}, '2024-05-15', true, 30],
    ['2024', {}, '2024-07-01', true, 365],
    ['2024-05', { notBefore: '2024-05-20' }, '2024-05-20', true, 30],
    ['2024-05', { notAfter: '2024-05-10' }, '2024-05-10', true, 30],
    ['2024-05', { notBefore: '2024-06-10' }, '2024-05-31', true, 30],
  ])('%s within %j is imputed as %s', (date, bounds, expected, imputed, spanDays) => {
    expect(imputeDate(date, bounds)).toEqual({ date: expected, imputed, spanDays });
  });

  it('refuses to count days from a partial date', () => {
    expect(() => dayNumber('2024-05')).toThrow(RangeError);
  });

  it('agrees with the calendar of the platform on any day', () => {
    fc.assert(
      fc.property(fc.integer({ min: -200_000, max: 400_000 }), (days) => {
        const date = dateOfDayNumber(days);
        expect(date).toBe(new Date(days * 86_400_000).toISOString().slice(0, 10));
        expect(dayNumber(date)).toBe(days);
      }),
    );
  });
});
