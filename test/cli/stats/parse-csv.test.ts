import { parseCsv } from '../../../src/cli/stats/parse-csv.ts';

function read(text: string): object {
  return Object.fromEntries(parseCsv(text).columns);
}

describe('parseCsv', () => {
  it.each([
    ['commas', 'a,b\n1,2\n3,4\n', { a: ['1', '3'], b: ['2', '4'] }],
    ['semicolons', 'a;b\n1,5;2\n', { a: ['1,5'], b: ['2'] }],
    ['tabs', 'a\tb\n1\t2', { a: ['1'], b: ['2'] }],
    ['Windows line ends and a byte-order mark', '\uFEFFa,b\r\n1,2\r\n', { a: ['1'], b: ['2'] }],
    ['quotations', '"a","b"\n"x, ""y""\nz",2\n', { a: ['x, "y"\nz'], b: ['2'] }],
    ['one column', 'a\n1\n2\n', { a: ['1', '2'] }],
    ['empty cells, the last one too', 'a,b,c\n,,\n1,,\n', { a: ['', '1'], b: ['', ''], c: ['', ''] }],
    ['empty lines', 'a,b\n\n1,2\n\n', { a: ['1'], b: ['2'] }],
    ['spaces around cells', 'a , b\n 1, 2 \n', { a: ['1'], b: ['2'] }],
    ['a header alone', 'a,b\n', { a: [], b: [] }],
  ])('reads %s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    ['nothing', '', 'empty'],
    ['a row that is too short', 'a,b\n1\n', 'Row 1 has 1 cells'],
    ['a row that is too long', 'a,b\n1,2\n1,2,3\n', 'Row 2 has 3 cells'],
    ['one name twice', 'a,a\n1,2\n', 'called a'],
    ['an open quotation', 'a,b\n"1,2\n', 'never ends'],
    ['text behind a quotation', 'a,b\n"1"x,2\n', 'follows'],
  ])('refuses %s', (_, text, expected) => {
    expect(() => parseCsv(text)).toThrow(
      expect.objectContaining({
        code: 'statistics-input-invalid',
        message: expect.stringContaining(expected),
      }),
    );
  });
});
