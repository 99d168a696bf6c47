import { describeSample } from '../../src/reports/describe-sample.ts';

describe('the description of a sample', () => {
  it('leaves values of 0 or less out of the geometric mean, and says how many', () => {
    expect(describeSample([1, 100, 0])).toEqual({
      n: 3,
      median: 1,
      min: 0,
      max: 100,
      quartiles: [0.5, 50.5],
      mean: expect.closeTo(101 / 3, 12),
      standardDeviation: expect.closeTo(57.448527, 5),
      geometricMean: expect.closeTo(10, 12),
      notPositive: 1,
    });
  });

  it.each([
    ['nobody', [], { n: 0, median: null, mean: null, geometricMean: null, notPositive: 0 }],
    ['one value', [4], { n: 1, median: 4, quartiles: [4, 4], standardDeviation: null, geometricMean: 4 }],
    ['zeroes', [0, 0], { n: 2, median: 0, geometricMean: null, notPositive: 2 }],
  ])('of %s', (_, values, expected) => {
    expect(describeSample(values)).toMatchObject(expected);
  });
});
