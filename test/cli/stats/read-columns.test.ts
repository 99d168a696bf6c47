import { parseCsv } from '../../../src/cli/stats/parse-csv.ts';
import { type ColumnKind, readColumns } from '../../../src/cli/stats/read-columns.ts';
import { CartographError } from '../../../src/core/cartograph-error.ts';

function read(text: string, kind: ColumnKind): readonly (number | string)[] {
  return readColumns(parseCsv(text), [{ role: 'x', column: 'x', kind }]).values('x');
}

describe('columns of a table', () => {
  it.each([
    ['a decimal comma between semicolons', 'x;y\n1,5;a\n-2;b\n', { kind: 'number' }, [1.5, -2]],
    ['a decimal point there too', 'x;y\n1.5;a\n', { kind: 'value' }, [1.5]],
    ['texts with commas, left as they are', 'x;y\n1,5;a\nb,c;a\n', { kind: 'value' }, ['1,5', 'b,c']],
    ['missing cells left out', 'x,y\n1,a\nNA,a\n,a\n4,a\n', { kind: 'time' }, [1, 4]],
    ['TRUE and FALSE as events', 'x\nTRUE\nFALSE\n', { kind: 'event', causes: [], most: 1 }, [1, 0]],
    [
      'named causes',
      'x\ndeath\ncensored\nrelapse\n',
      { kind: 'event', causes: ['relapse', 'death'], most: 2 },
      [2, 0, 1],
    ],
  ] as const)('%s', (_, text, kind, expected) => {
    expect(read(text, kind)).toEqual(expected);
  });

  it.each([
    ['thousands and decimals', 'x;y\n1.234,5;a\n', { kind: 'number' }, 'Row 1: x is 1.234,5'],
    ['a decimal comma between commas', 'x,y\n"1,5",a\n', { kind: 'number' }, 'Row 1: x is 1,5'],
    ['a negative time', 'x\n1\n-1\n', { kind: 'time' }, 'Row 2: x is -1'],
    ['a date', 'x\n2020-01-01\n', { kind: 'time' }, 'Row 1: x is 2020-01-01'],
    ['an unnamed cause', 'x\nrelapse\n', { kind: 'event', causes: [], most: 1 }, 'Row 1: x is relapse'],
  ] as const)('refuses %s', (_, text, kind, message) => {
    expect(() => read(text, kind)).toThrow(
      expect.objectContaining({ code: 'statistics-input-invalid', message }),
    );
  });

  it('names the first bad cells alone, however many there are', () => {
    const text = `x\n${'-1\n'.repeat(1000)}`;
    try {
      read(text, { kind: 'time' });
      throw new Error('It was read');
    } catch (error) {
      expect(error instanceof CartographError ? error.findings.length : error).toBe(20);
    }
  });
});
