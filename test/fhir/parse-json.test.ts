import fc from 'fast-check';
import { faultOffset, parseJson } from '../../src/fhir/parse-json.ts';

beforeEach(() => expect.hasAssertions());

it.each([
  ['', 0],
  ['{', 1],
  ['{"a":1,}', 7],
  ['[1,]', 3],
  ['{"a" 1}', 5],
  ['{"a":tru}', 5],
  ['{"a":"\n"}', 6],
  ['{"a":"\\x"}', 6],
  ['01', 1],
  ['{"a":1}}', 7],
  ['{a:1}', 1],
  ['[1 2]', 3],
  ['{"a":1 "b":2}', 7],
  [',', 0],
  [']', 0],
])('%j stops being JSON at %d', (text, offset) => {
  expect(faultOffset(text)).toBe(offset);
});

it.each([
  ['{"a":1,"a":2}', 'line 1, column 8'],
  ['{"a":{"b":1},"c":[{"b":1,\n"\\u0062":2}]}', 'line 2, column 1'],
  ['{"__proto__":1,"__proto__":2}', 'line 1, column 16'],
])('%j has a name twice', (text, place) => {
  expect(() => parseJson(Buffer.from(text))).toThrow(`${place}: found a name that its object has already`);
});

it('takes every JSON whose names are different', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat({ max: 3 }), (value, space) => {
      const text = JSON.stringify(value, undefined, space);
      expect(parseJson(Buffer.from(text))).toEqual(JSON.parse(text));
    }),
  );
});

it('takes what JSON.parse takes, and stops within what it refuses', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.constantFrom('', '}', ',', '"', 'x', '\u0001'), (text, at, cut) => {
      expect(faultOffset(text)).toBe(text.length);
      const place = at % (text.length + 1);
      const broken = text.slice(0, place) + cut;
      try {
        JSON.parse(broken);
      } catch {
        expect(faultOffset(broken)).toBeLessThanOrEqual(broken.length);
      }
    }),
  );
});

it('says where, and quotes nothing', () => {
  const bytes = Buffer.from('{\n  "family": "Geheim"\n  "given": 1\n}');
  expect(() => parseJson(bytes)).toThrow(
    expect.objectContaining({
      code: 'json-malformed',
      message: 'Not JSON at line 3, column 3: found an unexpected character',
    }),
  );
});

it('reads UTF-8 with a byte order mark', () => {
  expect(parseJson(Buffer.from('\ufeff{"a": "ü"}'))).toEqual({ a: 'ü' });
});
