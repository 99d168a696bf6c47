import { allOf, anyOf, fromBoolean, not, type Tristate } from '../../src/core/tristate.ts';

describe('three-valued logic', () => {
  const rows: [Tristate, Tristate, Tristate, Tristate][] = [
    ['MET', 'MET', 'MET', 'MET'],
    ['MET', 'NOT_MET', 'MET', 'NOT_MET'],
    ['MET', 'UNKNOWN', 'MET', 'UNKNOWN'],
    ['NOT_MET', 'NOT_MET', 'NOT_MET', 'NOT_MET'],
    ['NOT_MET', 'UNKNOWN', 'UNKNOWN', 'NOT_MET'],
    ['UNKNOWN', 'UNKNOWN', 'UNKNOWN', 'UNKNOWN'],
  ];
  it.each(rows)('%s with %s: OR %s, AND %s', (a, b, or, and) => {
    expect([anyOf([a, b]), anyOf([b, a])]).toEqual([or, or]);
    expect([allOf([a, b]), allOf([b, a])]).toEqual([and, and]);
  });
  it('has neutral elements for the empty list', () => {
    expect([anyOf([]), allOf([])]).toEqual(['NOT_MET', 'MET']);
  });
  it.each([
    ['MET', 'NOT_MET'],
    ['NOT_MET', 'MET'],
    ['UNKNOWN', 'UNKNOWN'],
  ] as [Tristate, Tristate][])('not %s is %s', (value, negated) => {
    expect(not(value)).toBe(negated);
  });
  it.each([
    [true, 'MET'],
    [false, 'NOT_MET'],
    [undefined, 'UNKNOWN'],
  ] as [boolean | undefined, Tristate][])('%s is %s', (value, state) => {
    expect(fromBoolean(value)).toBe(state);
  });
});
