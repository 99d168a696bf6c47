import type { Resource } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { applyJsonPatch } from '../../src/fhir/apply-json-patch.ts';
import { contentDigest } from '../../src/fhir/content-digest.ts';
import { replaceReferences } from '../../src/fhir/references.ts';
import { parseWritten, stringifyWritten } from '../../src/fhir/written-decimals.ts';

beforeEach(() => expect.hasAssertions());

it.each([
  '{"value":1.00}',
  '{"value":0.10,"unit":"mg"}',
  '{"value":-0}',
  '{"value":-0.0}',
  '{"value":1e3}',
  '{"value":1.5E+2}',
  '{"value":0.00000010}',
  '{"value":0.0000001}',
  '{"value":12345678901234567890}',
  '{"value":0.12345678901234567890123}',
  '{"value":1000000000000000000000}',
  '{"low":{"value":1.0},"high":{"value":2.50},"text":"1.00, \\"2.0\\" and [3.0]"}',
  '[1.0,2,[3.00,{"a":4.0}],"5.0",6]',
  '[1.0,1.00,1.000]',
  '{"a":"\\\\","b":1.0}',
  '{"a":null,"b":true,"c":false,"d":1.0}',
  '{"constructor":1,"value":1.0}',
])('%s is written as it was', (text) => {
  expect(stringifyWritten(parseWritten(text))).toBe(text);
});

it.each([
  ['{ "value" : 1.00 }', '{"value":1.00}'],
  ['{"value":\n1.0\n}', '{"value":1.0}'],
])('%j is written as %s', (text, expected) => {
  expect(stringifyWritten(parseWritten(text))).toBe(expected);
});

it('gives numbers to who reads them', () => {
  const read = parseWritten('{"a":[1.50,-0.0],"b":1e2}') as {
    readonly a: readonly number[];
    readonly b: number;
  };
  expect([...read.a, read.b]).toEqual([1.5, -0, 100]);
});

const number = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.constantFrom('0', '1', '10', '120', '99999999999999999999', '7'),
    fc.constantFrom('', '.0', '.10', '.25', '.000000', '.0000001', '.12345678901234567890'),
    fc.constantFrom('', '', '', 'e2', 'E-3', 'e+0'),
  )
  .map((parts) => parts.join(''));

/** JSON texts without spaces, names of elements in any order. */
const json = fc.letrec<{ readonly value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    number,
    fc.string().map((text) => JSON.stringify(text)),
    fc.constantFrom('true', 'false', 'null'),
    fc.array(tie('value'), { maxLength: 4 }).map((items) => `[${items.join()}]`),
    fc
      .uniqueArray(fc.tuple(fc.constantFrom('value', 'low', 'b', 'A', '_c'), tie('value')), {
        maxLength: 4,
        selector: ([name]) => name,
      })
      .map((members) => `{${members.map(([name, value]) => `"${name}":${value}`).join()}}`),
  ),
})).value;

it('writes every text as it was, also behind copies', () => {
  fc.assert(
    fc.property(json, (text) => {
      const value = { held: parseWritten(`{"a":${text}}`) };
      const copied = replaceReferences({ ...value }, '', (reference) => reference);
      expect(stringifyWritten(copied)).toBe(`{"held":{"a":${text}}}`);
    }),
    { numRuns: 500 },
  );
});

it('holds what is nested deeper than the stack', () => {
  const text = `${'['.repeat(100_000)}1.0${']'.repeat(100_000)}`;
  expect(Array.isArray(parseWritten(text))).toBe(true);
});

function digestOf(value: string): string {
  return contentDigest(
    parseWritten(`{"resourceType":"Basic","extension":[{"valueDecimal":${value}}]}`) as Resource,
  );
}

it('a decimal of other digits is other content', () => {
  expect(digestOf('1.0')).not.toBe(digestOf('1'));
  expect(digestOf('1.0')).not.toBe(digestOf('1.00'));
  expect(digestOf('1.00')).toBe(digestOf('1.00'));
  // Digests that are stored do not change where nothing was lost.
  expect(digestOf('1.5')).toBe('xr4EpIerfeX51BWN47vi2k41_Do29cgEh_eX72tE-Og');
});

it.each([
  [
    'replaces by what is written',
    '[{"op":"replace","path":"/a/value","value":2.50}]',
    '{"a":{"value":2.50},"b":3.0}',
  ],
  [
    'also by the same value in other digits',
    '[{"op":"replace","path":"/a/value","value":1}]',
    '{"a":{"value":1},"b":3.0}',
  ],
  ['moves', '[{"op":"move","from":"/a","path":"/c"}]', '{"b":3.0,"c":{"value":1.00}}'],
  ['copies', '[{"op":"copy","from":"/b","path":"/c"}]', '{"a":{"value":1.00},"b":3.0,"c":3.0}'],
  [
    'adds',
    '[{"op":"add","path":"/c","value":{"value":7.10}}]',
    '{"a":{"value":1.00},"b":3.0,"c":{"value":7.10}}',
  ],
  ['tests by value', '[{"op":"test","path":"/a/value","value":1},{"op":"remove","path":"/a"}]', '{"b":3.0}'],
])('a patch %s', (_name, operations, expected) => {
  const patched = applyJsonPatch(parseWritten('{"a":{"value":1.00},"b":3.0}'), parseWritten(operations));
  expect(stringifyWritten(patched)).toBe(expected);
});

it('a patch that tests for another value is refused', () => {
  const operations = parseWritten('[{"op":"test","path":"/a","value":1.01}]');
  expect(() => applyJsonPatch(parseWritten('{"a":1.00}'), operations)).toThrow('operation 1');
});
