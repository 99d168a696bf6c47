import { compileView } from '../../../src/mapping/view/compile-view.ts';

const OBSERVATION = {
  resourceType: 'Observation',
  id: 'o1',
  status: 'final',
  code: {
    coding: [
      { system: 's1', code: 'x' },
      { system: 's2', code: 'x' },
    ],
  },
  effectivePeriod: { start: '2024-01-01' },
  _issued: { extension: [{ url: 'u', valueString: 'why' }] },
  extension: [{ url: 'other' }, { url: 'e', valueReference: { reference: 'Patient/p1' } }],
  contained: [
    { resourceType: 'Specimen', id: 'a' },
    { resourceType: 'Medication', id: 'b', code: { text: 'drug' } },
  ],
  component: [
    { code: { text: 'c0' }, valueString: 'v0' },
    { code: { text: 'c1' }, valueQuantity: { value: 1 } },
    { code: { text: 'c2' }, valueQuantity: { value: 1 } },
  ],
};

function locate(path: string): readonly string[] {
  const view = compileView({
    resource: 'Observation',
    select: [{ column: [{ name: 'c', path, collection: true }] }],
  });
  return view.locatedRows(OBSERVATION).flatMap((row) => row.sourcePaths('c'));
}

it.each([
  ['status', ['Observation.status']],
  ['effective.ofType(Period).start', ['Observation.effectivePeriod.start']],
  ["code.coding.where(system = 's2').code", ['Observation.code.coding[1].code']],
  ["code.coding.where(system = 's2').code.first()", ['Observation.code.coding[1].code']],
  ['code.coding.code', ['Observation.code.coding[0].code', 'Observation.code.coding[1].code']],
  ['code.coding.last().code', ['Observation.code.coding[1].code']],
  ['code.coding[1]', ['Observation.code.coding[1]']],
  [
    'component.value.ofType(Quantity).value',
    ['Observation.component[1].valueQuantity.value', 'Observation.component[2].valueQuantity.value'],
  ],
  ['component.skip(1).take(1).code.text', ['Observation.component[1].code.text']],
  [
    "extension('e').value.ofType(Reference).getReferenceKey(Patient)",
    ['Observation.extension[1].valueReference'],
  ],
  ["issued.extension('u').value.ofType(string)", ['Observation.issued.extension[0].valueString']],
  ['contained.ofType(Medication).code.text', ['Observation.contained[1].code.text']],
  ["status = 'final'", ['Observation.status']],
  ['status & id', ['Observation.status', 'Observation.id']],
  ["'constant'", []],
  ['status.toChars().first()', []],
])('%s comes from %j', (path, expected) => {
  expect(locate(path)).toEqual(expected);
});

it('finds the element of a filtered iteration', () => {
  const view = compileView({
    resource: 'Observation',
    select: [
      { column: [{ name: 'id', path: 'id' }] },
      {
        forEach: 'component.where(value.ofType(Quantity).exists())',
        column: [
          { name: 'value', path: 'value.ofType(Quantity).value' },
          { name: 'fixed', path: "'x'" },
        ],
      },
    ],
  });
  const found = view
    .locatedRows(OBSERVATION)
    .map((located) => [located.row, ...['id', 'value', 'fixed'].map((name) => located.sourcePath(name))]);
  expect(found).toEqual([
    [
      { id: 'o1', value: 1, fixed: 'x' },
      'Observation.id',
      'Observation.component[1].valueQuantity.value',
      'Observation.component[1]',
    ],
    [
      { id: 'o1', value: 1, fixed: 'x' },
      'Observation.id',
      'Observation.component[2].valueQuantity.value',
      'Observation.component[2]',
    ],
  ]);
});

it('follows the branch of a union and the descent of repeat', () => {
  const response = {
    resourceType: 'QuestionnaireResponse',
    item: [
      { linkId: '1', item: [{ linkId: '1.1', answer: [{ item: [{ linkId: '1.1.1' }] }] }] },
      { linkId: '2' },
    ],
    identifier: { value: 'i' },
  };
  const view = compileView({
    resource: 'QuestionnaireResponse',
    select: [
      {
        unionAll: [
          { repeat: ['item', 'answer.item'], column: [{ name: 'v', path: 'linkId' }] },
          { column: [{ name: 'v', path: 'identifier.value' }] },
        ],
      },
    ],
  });
  expect(view.locatedRows(response).map((row) => [row.row['v'], row.sourcePath('v')])).toEqual([
    ['1', 'QuestionnaireResponse.item[0].linkId'],
    ['1.1', 'QuestionnaireResponse.item[0].item[0].linkId'],
    ['1.1.1', 'QuestionnaireResponse.item[0].item[0].answer[0].item[0].linkId'],
    ['2', 'QuestionnaireResponse.item[1].linkId'],
    ['i', 'QuestionnaireResponse.identifier.value'],
  ]);
});

it('knows the path without a row', () => {
  const view = compileView({
    resource: 'Observation',
    select: [
      {
        column: [
          { name: 'start', path: 'effective.ofType(Period).start' },
          { name: 'fixed', path: '1' },
        ],
      },
      {
        forEach: 'component',
        column: [{ name: 'v', path: "value.ofType(CodeableConcept).coding.where(system = 's').code" }],
      },
    ],
  });
  expect(['start', 'fixed', 'v', 'none'].map((column) => view.sourcePath(column))).toEqual([
    'Observation.effectivePeriod.start',
    'Observation',
    'Observation.component.valueCodeableConcept.coding.code',
    'Observation',
  ]);
});
