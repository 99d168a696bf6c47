import {
  B_CELL_DEFINITIONS,
  type BCellDefinitionId,
} from '../../../src/clinical/b-cells/b-cell-definitions.ts';
import {
  assessBCellSample,
  assessBCellSampleByAll,
  type BCellItem,
} from '../../../src/clinical/b-cells/b-cell-sample.ts';

const percent = (value: number, more: Partial<BCellItem> = {}): BCellItem => ({
  measure: 'PERCENT_OF_LYMPHOCYTES',
  specimen: 'BLOOD',
  value,
  ...more,
});
const count = (value: number, more: Partial<BCellItem> = {}): BCellItem => ({
  ...percent(value, more),
  measure: 'PER_MICROLITRE',
});
const ofLeukocytes = (value: number, more: Partial<BCellItem> = {}): BCellItem => ({
  ...percent(value, more),
  measure: 'PERCENT_OF_LEUKOCYTES',
});
const call = (id: BCellDefinitionId, ...items: readonly BCellItem[]) =>
  assessBCellSample(items, B_CELL_DEFINITIONS[id]).call;

describe('limits', () => {
  it.each([
    ['BCA_PCT1', percent(0.99), 'A'],
    ['BCA_PCT1', percent(1), 'R'],
    ['BCA_PCT3', percent(2.99), 'A'],
    ['BCA_PCT3', percent(3), 'R'],
    ['BCA_ABS10', count(9.9), 'A'],
    ['BCA_ABS10', count(10), 'R'],
    ['BCA_ABS50', count(49.9), 'A'],
    ['BCA_ABS50', count(50), 'R'],
    ['BCA_PEKING', percent(3), 'A'],
    ['BCA_PEKING', percent(3.01), 'R'],
    ['BCA_PEKING', ofLeukocytes(1), 'A'],
    ['BCA_PEKING', ofLeukocytes(1.01), 'R'],
    ['BCA_CINCI', percent(1), 'A'],
    ['BCA_CINCI', percent(1.01), 'R'],
    ['BCA_CINCI', count(100), 'A'],
    ['BCA_CINCI', count(101), 'R'],
  ] as const)('%s of %j is %s', (id, item, expected) => {
    expect(call(id, item)).toBe(expected);
  });
});

describe('several items', () => {
  it.each([
    ['every measured item must be below', 'BCA_WH_STRICT', [percent(0.5), count(10)], 'R'],
    ['one item alone decides', 'BCA_WH_STRICT', [count(9)], 'A'],
    ['percent of leukocytes is no item of it', 'BCA_WH_STRICT', [ofLeukocytes(0.1)], 'U'],
    ['Peking: one of them suffices', 'BCA_PEKING', [percent(5), ofLeukocytes(0.5)], 'A'],
    ['several values of one measure: all must be below', 'BCA_PCT1', [percent(0.5), percent(2)], 'R'],
    ['Cincinnati: both must be low', 'BCA_CINCI', [percent(0.5), count(101)], 'R'],
  ] as const)('%s', (_, id, items, expected) => {
    expect(call(id, ...items)).toBe(expected);
  });
});

describe('comparators', () => {
  it.each([
    ['BCA_PCT1', percent(1, { comparator: '<' }), 'A'],
    ['BCA_PCT1', percent(5, { comparator: '<' }), 'U'],
    ['BCA_PCT1', percent(1, { comparator: '>' }), 'R'],
    ['BCA_PCT1', percent(0.5, { comparator: '>' }), 'U'],
    ['BCA_CINCI', percent(1, { comparator: '<=' }), 'A'],
    ['BCA_CINCI', percent(1, { comparator: '>' }), 'R'],
    ['BCA_CINCI', percent(1, { comparator: '>=' }), 'U'],
  ] as const)('%s of %j is %s', (id, item, expected) => {
    expect(call(id, item)).toBe(expected);
  });

  it('an item that stays open is listed and otherwise ignored', () => {
    const items = [percent(0.5), count(50, { comparator: '<' })];
    expect(assessBCellSample(items, B_CELL_DEFINITIONS.BCA_WH_STRICT)).toEqual({
      call: 'A',
      basis: [
        { measure: 'PERCENT_OF_LYMPHOCYTES', use: 'BELOW' },
        { measure: 'PER_MICROLITRE', use: 'UNDECIDED' },
      ],
    });
  });
});

describe('specimens', () => {
  const marrow = { specimen: 'MARROW' } as const;
  it.each([
    ['marrow below is aplasia', 'BCA_WH_STRICT', [percent(0.1, marrow)], 'A'],
    ['marrow above is no recovery by itself', 'BCA_WH_STRICT', [percent(9, marrow)], 'U'],
    ['blood decides beside marrow above', 'BCA_WH_STRICT', [percent(0.1), percent(9, marrow)], 'A'],
    ['blood decides beside marrow below', 'BCA_WH_STRICT', [percent(9), percent(0.1, marrow)], 'R'],
    ['Peking reads marrow as blood', 'BCA_PEKING', [percent(9, marrow)], 'R'],
    ['Peking: either of them suffices', 'BCA_PEKING', [percent(9), percent(0.1, marrow)], 'A'],
    ['cerebrospinal fluid says nothing', 'BCA_WH_STRICT', [percent(0.1, { specimen: 'CSF' })], 'U'],
  ] as const)('%s', (_, id, items, expected) => {
    expect(call(id, ...items)).toBe(expected);
  });
});

it('says where the definitions disagree', () => {
  expect(assessBCellSampleByAll([percent(2)]).discordant).toBe(true);
  expect(assessBCellSampleByAll([percent(0.2)]).discordant).toBe(false);
  expect(assessBCellSampleByAll([]).discordant).toBe(false);
});
