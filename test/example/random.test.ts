import fc from 'fast-check';
import { createRandom } from '../../src/example/random.ts';

it('gives the same numbers for the same seed, for ever', () => {
  const random = createRandom('belgium');
  expect(Array.from({ length: 6 }, () => random.integer(0, 999))).toEqual([426, 581, 216, 4, 297, 988]);
});

it('gives other numbers for another seed', () => {
  const first = (seed: string) => createRandom(seed).next();
  expect(new Set(['a', 'b', 'ab', 'ba', '1', '2'].map(first)).size).toBe(6);
});

it('stays within the limits and reaches both', () => {
  const random = createRandom('limits');
  const drawn = new Set(Array.from({ length: 400 }, () => random.integer(-2, 3)));
  expect([...drawn].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2, 3]);
});

it('shuffles without losing or inventing anything', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.integer()), (seed, list) => {
      const byValue = (a: number, b: number): number => a - b;
      expect(createRandom(seed).shuffle(list).sort(byValue)).toEqual([...list].sort(byValue));
    }),
  );
});
