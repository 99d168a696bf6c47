import fc from 'fast-check';
import { type BCellPoint, deriveBCellTimeline } from '../../../src/clinical/b-cells/b-cell-timeline.ts';

const ONE = { confirm: 1, neverAchievedFromDay: 21 };
const TWO = { confirm: 2, neverAchievedFromDay: 21 };

/** "A7 A28 R59" */
function points(text: string): readonly BCellPoint[] {
  return text
    .split(' ')
    .filter(Boolean)
    .map((word) => ({ call: word.slice(0, 1) as BCellPoint['call'], day: Number(word.slice(1)) }));
}

describe('state', () => {
  it.each([
    ['no sample', '', 'NOT_ASSESSED'],
    ['a sample on day 0 does not count', 'A0', 'NOT_ASSESSED'],
    ['samples that cannot be judged do not count', 'U28', 'NOT_ASSESSED'],
    ['B cells, last on day 20', 'R14 R20', 'NOT_ASSESSABLE_YET'],
    ['B cells on day 21', 'R14 R21', 'NEVER_ACHIEVED'],
    ['aplasia', 'A7', 'ONGOING_AT_END'],
    ['B cells before the first aplasia are no loss', 'R3 A10 A60', 'ONGOING_AT_END'],
    ['B cells after aplasia', 'A10 R40', 'LOST'],
    ['B cells after the last usable day do not count', 'A10 R101', 'ONGOING_AT_END'],
    ['B cells on the last usable day count', 'A10 R100', 'LOST'],
    ['aplasia again after a loss does not undo it', 'A10 R40 A70', 'LOST'],
  ])('%s', (_, text, state) => {
    expect(deriveBCellTimeline(points(text), 100, ONE).state).toBe(state);
  });
});

describe('confirmation by a second sample', () => {
  it('the loss is dated at the first of the two', () => {
    expect(deriveBCellTimeline(points('A28 R59 R66'), 100, TWO).loss).toEqual({
      lastAplasia: 28,
      firstDetected: 59,
      midpoint: 43.5,
      durationFromOnset: 31,
      confirmedByNextSample: true,
    });
  });

  it('one sample so far leaves aplasia standing, unconfirmed', () => {
    expect(deriveBCellTimeline(points('A28 R59'), 100, TWO)).toMatchObject({
      state: 'ONGOING_AT_END',
      lastAplasia: 28,
      lossUnconfirmed: true,
    });
  });

  it('aplasia in between starts the count again', () => {
    const timeline = deriveBCellTimeline(points('A28 R59 A66 R80 R90'), 100, TWO);
    expect(timeline.loss).toMatchObject({ lastAplasia: 66, firstDetected: 80 });
  });

  it('a sample that cannot be judged does not interrupt', () => {
    expect(deriveBCellTimeline(points('A28 R59 U63 R66'), 100, TWO).loss).toMatchObject({
      firstDetected: 59,
    });
  });
});

it('two calls of one day: B cells were found', () => {
  expect(deriveBCellTimeline(points('A10 A40 R40'), 100, ONE).loss).toMatchObject({
    lastAplasia: 10,
    firstDetected: 40,
  });
});

it('does not depend on the order of samples', () => {
  const point = fc.record({
    day: fc.integer({ min: -20, max: 250 }),
    call: fc.constantFrom('A' as const, 'R' as const, 'U' as const),
  });
  fc.assert(
    fc.property(fc.array(point, { maxLength: 12 }), fc.integer({ min: 1, max: 2 }), (series, confirm) => {
      const parameters = { confirm, neverAchievedFromDay: 21 };
      const told = deriveBCellTimeline(series, 200, parameters);
      expect(deriveBCellTimeline(series.toReversed(), 200, parameters)).toEqual(told);
      if (told.loss !== undefined) {
        expect(told.loss.lastAplasia).toBeLessThan(told.loss.firstDetected);
        expect(told.onset).toBeLessThanOrEqual(told.loss.lastAplasia);
      }
    }),
  );
});
