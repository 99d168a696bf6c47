import { readDate } from '../../src/mapping/read-date.ts';

describe('the date that was written', () => {
  it.each([
    ['2021-03-01', undefined, '2021-03-01', false],
    ['2021-03', undefined, '2021-03', false],
    ['2021', undefined, '2021', false],
    ['2021-03-01T23:30:00+01:00', undefined, '2021-03-01', false],
    ['2021-03-01T23:30:00-08:00', 'Europe/Brussels', '2021-03-01', false],
    ['2021-03-01T23:30:00Z', undefined, '2021-03-01', true],
    ['2021-03-01T23:30:00Z', 'Europe/Brussels', '2021-03-02', false],
    ['2021-07-01T22:30:00Z', 'Europe/Brussels', '2021-07-02', false],
    ['2021-07-01T21:30:00Z', 'Europe/Brussels', '2021-07-01', false],
    ['2021-03-01T03:30:00.123Z', 'America/Los_Angeles', '2021-02-28', false],
    ['2021-03-01T10:30:00Z', 'Pacific/Kiritimati', '2021-03-02', false],
  ])('%s at a site in %s is %s', (text, zone, date, utcWithoutZone) => {
    expect(readDate(text, zone)).toMatchObject({ date, utcWithoutZone });
  });

  it.each([
    ['2021-03-01', undefined, {}],
    ['2021-03-01T23:30:00+01:00', 'America/Los_Angeles', { time: '23:30:00+01:00', epochMinute: 26_910_630 }],
    ['2021-03-01T23:30:00.5Z', undefined, { time: '23:30:00.5Z', epochMinute: 26_910_690 }],
    ['2021-03-01T23:30:15Z', 'Europe/Brussels', { time: '00:30:15+01:00', epochMinute: 26_910_690 }],
    ['2021-07-01T22:30:00Z', 'Europe/Brussels', { time: '00:30:00+02:00', epochMinute: 27_086_310 }],
    ['2021-03-01T23:59:60Z', 'Asia/Kathmandu', { time: '05:44:60+05:45', epochMinute: 26_910_719 }],
    ['2021-03-01T12:00:00Z', 'Africa/Abidjan', { time: '12:00:00+00:00', epochMinute: 26_910_000 }],
    ['2021-03-01T10:30', undefined, { time: '10:30' }],
  ])('%s at a site in %s keeps its time of day', (text, zone, expected) => {
    const {
      date: _,
      utcWithoutZone: __,
      ...time
    } = readDate(text, zone) ?? { date: '', utcWithoutZone: true };
    expect(time).toEqual(expected);
  });

  it.each([
    ['2021-02-29'],
    ['01.03.2021'],
    ['2021-03-01 10:00'],
    ['2021-13-01T00:00:00Z'],
    [''],
    [20210301],
    [undefined],
  ])('%s is no FHIR date', (text) => {
    expect(readDate(text, undefined)).toBeUndefined();
  });
});
