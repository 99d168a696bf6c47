import { chooseValue } from '../../src/mapping/choose-value.ts';
import type { Fact } from '../../src/mapping/fact.ts';

const stated = (value: string, index: number): Fact => ({
  kind: 'birthDate',
  elements: { birthDate: value },
  sources: [{ reference: `Patient/${index}`, path: 'Patient.birthDate', site: 'a', identifiers: [] }],
});

it.each<[string, readonly string[], string | undefined, readonly string[], readonly string[]]>([
  ['one', ['2012-05-06'], '2012-05-06', ['Patient/0'], []],
  ['two that agree', ['2012-05-06', '2012-05-06'], '2012-05-06', ['Patient/0', 'Patient/1'], []],
  [
    'the more precise; the other agrees',
    ['2012', '2012-05-06', '2012-05'],
    '2012-05-06',
    ['Patient/0', 'Patient/1', 'Patient/2'],
    [],
  ],
  [
    'of two as precise the smaller; the other disagrees',
    ['2012-05-07', '2012-05-06'],
    '2012-05-06',
    ['Patient/1'],
    ['Patient/0'],
  ],
  ['a less precise one may disagree too', ['2011', '2012-05-06'], '2012-05-06', ['Patient/1'], ['Patient/0']],
  ['unknown where nothing else is said', ['UNKNOWN'], 'UNKNOWN', ['Patient/0'], []],
  ['unknown contradicts nothing, however long it is', ['UNKNOWN', 'MALE'], 'MALE', ['Patient/1'], []],
  ['nothing', [], undefined, [], []],
])('%s', (_, values, value, agreeing, conflicting) => {
  const { chosen, findings } = chooseValue('birthDate', values.map(stated));
  expect(chosen?.value).toBe(value);
  expect((chosen?.sources ?? []).map(({ reference }) => reference).toSorted()).toEqual(agreeing);
  expect(findings.map(({ code, reference }) => [code, reference])).toEqual(
    conflicting.map((reference) => ['values-conflict', reference]),
  );
});
