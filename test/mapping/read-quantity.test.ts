import units from '../../mappings/units.json' with { type: 'json' };
import type { UnitTable } from '../../src/mapping/convert-unit.ts';
import { parseFractionText, readQuantity } from '../../src/mapping/read-quantity.ts';

const TABLES: Readonly<Record<string, UnitTable>> = units;

function read(dimension: string, value: unknown, ucum?: string, unit?: string, comparator?: string) {
  return readQuantity(
    {
      values: value,
      comparators: comparator,
      ucum,
      units: unit,
    },
    TABLES[dimension] as UnitTable,
  );
}

describe('quantities in canonical units', () => {
  it.each([
    ['cells-per-microlitre', 12, '/uL', 12],
    ['cells-per-microlitre', 0.012, '10*9/L', 12],
    ['cells-per-microlitre', 0.07, '10*3/uL', 70],
    ['cells-per-microlitre', 12, '/mm3', 12],
    ['fraction', 0.02, '%', 0.0002],
    ['fraction', 3, '10*-4', 0.0003],
    ['fraction', 0.0002, '1', 0.0002],
    ['percent', 0.4, '1', 40],
    ['cells-per-microlitre', 12, '/mm3', 12],
    ['cells-per-kilogram', 3680000, '{cells}/kg', 3.68],
    ['cells-per-kilogram', 3.68, '10*6/kg', 3.68],
    ['cells', 120000000, '{cells}', 120],
    ['cells', 1.2, '10*8', 120],
  ])('%s: %f %s is %f', (dimension, value, ucum, expected) => {
    expect(read(dimension, value, ucum)).toEqual({ value: expected });
  });

  it('keeps the comparator and never the bare bound', () => {
    expect(read('fraction', 0.0001, '1', undefined, '<')).toEqual({ value: 0.0001, comparator: '<' });
  });

  it('accepts a known unit text where there is no code, and says so', () => {
    expect(read('cells-per-microlitre', 12, undefined, 'cells/µL')).toEqual({
      value: 12,
      unitByText: true,
      found: 'cells/µL',
    });
  });

  it.each([
    ['mg/dL', undefined],
    [undefined, 'furlongs'],
    [undefined, undefined],
    ['constructor', undefined],
  ])('keeps a value out whose unit is %s %s', (ucum, unit) => {
    expect(read('percent', 5, ucum, unit)).toMatchObject({ trouble: 'unit-unknown' });
  });

  it('has nothing to say without a number', () => {
    expect(read('percent', '5', '%')).toEqual({});
    expect(read('percent', Number.NaN, '%')).toEqual({});
  });

  it('finds the quantity of its own dimension among several', () => {
    const columns = {
      values: [3.1, 93],
      comparators: undefined,
      ucum: ['10*6/kg', '10*6'],
      units: undefined,
    };
    const [perKg, absolute] = [TABLES['cells-per-kilogram'], TABLES['cells']] as [UnitTable, UnitTable];
    expect(readQuantity(columns, absolute, [perKg])).toEqual({ value: 93 });
    expect(readQuantity(columns, perKg, [absolute])).toEqual({ value: 3.1 });
  });

  it('does not guess which of several values a lone unit belongs to', () => {
    const columns = { values: [3.1, 93], comparators: undefined, ucum: '10*6/kg', units: undefined };
    expect(readQuantity(columns, TABLES['cells-per-kilogram'] as UnitTable)).toMatchObject({
      trouble: 'unit-unknown',
    });
  });
});

describe('fractions as text', () => {
  it.each([
    ['<1e-4', { value: 0.0001, comparator: '<' }],
    ['10^-4', { value: 0.0001 }],
    ['< 10-4', { value: 0.0001, comparator: '<' }],
    ['2x10^-3', { value: 0.002 }],
    ['2 × 10-3', { value: 0.002 }],
    ['<0.01 %', { value: 0.0001, comparator: '<' }],
    ['0.03%', { value: 0.0003 }],
    ['≥ 5%', { value: 0.05, comparator: '>=' }],
    ['2e-4', { value: 0.0002 }],
    ['<0,01 %', { value: 0.0001, comparator: '<' }],
    ['0', { value: 0 }],
    ['', {}],
  ])('"%s" is %j', (text, expected) => {
    expect(parseFractionText(text)).toEqual(expected);
  });

  it.each([['0.0002'], ['0.005'], ['< 1']])('"%s" may be a fraction or a percentage', (text) => {
    expect(parseFractionText(text)).toMatchObject({ trouble: 'unit-unknown' });
  });

  it.each([['positive'], ['not detected'], ['1/10000'], ['%']])('"%s" is unreadable', (text) => {
    expect(parseFractionText(text)).toMatchObject({ trouble: 'value-unreadable' });
  });
});
