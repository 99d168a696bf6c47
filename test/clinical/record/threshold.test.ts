import { isBelowThreshold } from '../../../src/clinical/record/threshold.ts';

describe('isBelowThreshold, limit 10', () => {
  it.each([
    [undefined, 9.99, 'MET', 'MET'],
    [undefined, 10, 'NOT_MET', 'MET'],
    [undefined, 10.01, 'NOT_MET', 'NOT_MET'],
    ['<', 9, 'MET', 'MET'],
    ['<', 10, 'MET', 'MET'],
    ['<', 11, 'UNKNOWN', 'UNKNOWN'],
    ['<=', 9, 'MET', 'MET'],
    ['<=', 10, 'UNKNOWN', 'MET'],
    ['<=', 11, 'UNKNOWN', 'UNKNOWN'],
    ['>', 9, 'UNKNOWN', 'UNKNOWN'],
    ['>', 10, 'NOT_MET', 'NOT_MET'],
    ['>=', 9, 'UNKNOWN', 'UNKNOWN'],
    ['>=', 10, 'NOT_MET', 'UNKNOWN'],
    ['>=', 11, 'NOT_MET', 'NOT_MET'],
  ] as const)('%s %d: strictly %s, inclusively %s', (comparator, value, strictly, inclusively) => {
    const measured = comparator === undefined ? { value } : { value, comparator };
    expect(isBelowThreshold(measured, 'LT', 10)).toBe(strictly);
    expect(isBelowThreshold(measured, 'LE', 10)).toBe(inclusively);
  });
});
