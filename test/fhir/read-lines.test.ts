import fc from 'fast-check';
import { type Line, readLines } from '../../src/fhir/read-lines.ts';

beforeEach(() => expect.hasAssertions());

async function linesOf(chunks: readonly string[], maxBytes?: number): Promise<readonly Line[]> {
  async function* stream(): AsyncGenerator<Uint8Array, void, undefined> {
    for (const chunk of chunks) yield Buffer.from(chunk);
  }
  const lines: Line[] = [];
  for await (const line of readLines(stream(), maxBytes)) lines.push(line);
  return lines;
}

const textOf = ({ bytes, line, isTooLong }: Line): readonly unknown[] => [
  line,
  isTooLong === true ? 'too long' : Buffer.from(bytes).toString(),
];

it.each([
  [
    ['a\nb\n'],
    [
      [1, 'a'],
      [2, 'b'],
    ],
  ],
  [
    ['a\n\n \t\r\nb'],
    [
      [1, 'a'],
      [4, 'b'],
    ],
  ],
  [
    ['a', 'b', '\nc'],
    [
      [1, 'ab'],
      [2, 'c'],
    ],
  ],
  [['one\u2028line'], [[1, 'one\u2028line']]],
  [[], []],
])('reads %j', async (chunks, expected) => {
  expect((await linesOf(chunks)).map(textOf)).toEqual(expected);
});

it.each([
  [
    ['1234\n12345\n1\n'],
    [
      [1, '1234'],
      [2, 'too long'],
      [3, '1'],
    ],
  ],
  [
    ['12', '34', '5', '6\n7'],
    [
      [1, 'too long'],
      [2, '7'],
    ],
  ],
  [['1', '234'], [[1, '1234']]],
  [['12345'], [[1, 'too long']]],
])('keeps nothing of a line that is longer than four bytes: %j', async (chunks, expected) => {
  expect((await linesOf(chunks, 4)).map(textOf)).toEqual(expected);
});

it('reads the same lines wherever the stream is cut', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.stringMatching(/^[a-z]{0,6}$/)),
      fc.array(fc.nat(40)),
      async (texts, cuts) => {
        const whole = texts.join('\n');
        const places = [
          0,
          ...cuts.filter((cut) => cut < whole.length).toSorted((a, b) => a - b),
          whole.length,
        ];
        const chunks = places.slice(1).map((end, index) => whole.slice(places[index], end));
        const expected = texts.flatMap((text, index) => (text === '' ? [] : [[index + 1, text]]));
        expect((await linesOf(chunks)).map(textOf)).toEqual(expected);
      },
    ),
  ));
