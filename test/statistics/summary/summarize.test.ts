import { geometricMean, summarize } from '../../../src/statistics/summary/summarize.ts';
import { computed } from '../support/computed.ts';

const VALUES = [1.2, 3.4, 0.5, 7.7, 2.2, 5.1, 9.3, 4.4];

describe('summaries as R has them', () => {
  it('moments and quantiles', () => {
    const found = computed(summarize(VALUES));
    expect(found).toMatchObject({ n: 8, minimum: 0.5, maximum: 9.3 });
    expect(found.median).toBeCloseTo(3.9, 12);
    expect(found.mean).toBeCloseTo(4.225, 12);
    expect(found.standardDeviation).toBeCloseTo(3.08070029144581, 12);
    expect(found.firstQuartile).toBeCloseTo(1.95, 12);
    expect(found.thirdQuartile).toBeCloseTo(5.75, 12);
  });

  it('one value has no deviation, none has no summary', () => {
    expect(summarize([3])).toMatchObject({ n: 1, median: 3, firstQuartile: 3, standardDeviation: null });
    expect(summarize([])).toEqual({ status: 'not-computed', reason: 'no-observations' });
  });

  it('a geometric mean counts what is below the limit', () => {
    const found = computed(geometricMean([...VALUES, null, 0]));
    expect(found).toMatchObject({ quantifiable: 8, belowLimit: 2 });
    expect(found.mean).toBeCloseTo(3.03568127529864, 12);
    expect(geometricMean([null])).toEqual({ status: 'not-computed', reason: 'no-observations' });
  });
});
