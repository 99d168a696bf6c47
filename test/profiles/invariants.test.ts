import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import { structures } from './guide-files.ts';

interface ElementDefinition {
  readonly constraint?: readonly { readonly key: string; readonly expression: string }[];
}

const OBSERVATION = 'https://cartograph.example.org/fhir/CodeSystem/cartograph-observation';
const UCUM = 'http://unitsofmeasure.org';

/** Our constraints by key; the same key has the same expression wherever it stands. */
const expressions = new Map(
  structures
    .flatMap(({ differential }) => (differential as { element: readonly ElementDefinition[] }).element)
    .flatMap(({ constraint }) => constraint ?? [])
    .filter(({ key }) => key.startsWith('cart-'))
    .map(({ key, expression }) => [key, expression]),
);

/** Whether the constraint holds, as a validator takes it: nothing but true counts. */
function holds(key: string, type: string, value: object): boolean {
  const expression = expressions.get(key) ?? '';
  const isResource = /^[A-Z][A-Za-z]+$/.test(type) && type !== 'Quantity';
  const [result] = (
    isResource
      ? fhirpath.evaluate({ resourceType: type, ...value }, expression, undefined, r4)
      : fhirpath.evaluate(value, { base: type, expression }, undefined, r4)
  ) as readonly unknown[];
  return result === true;
}

const observation = (code: string, rest: object) => ({
  status: 'final',
  code: { coding: [{ system: OBSERVATION, code }] },
  ...rest,
});
const quantity = (code: string, value = 1) => ({ valueQuantity: { value, system: UCUM, code } });
const withProduct = {
  extension: [{ url: 'https://cartograph.example.org/fhir/StructureDefinition/car-t-product' }],
};

/** Constraint, type, what is written, whether that is right. */
const CASES: readonly (readonly [string, string, object, boolean])[] = [
  ['cart-answer', 'Observation', observation('mrd', { valueBoolean: false }), true],
  ['cart-answer', 'Observation', observation('mrd', { dataAbsentReason: { text: 'not known' } }), true],
  ['cart-answer', 'Observation', { ...observation('mrd', {}), status: 'entered-in-error' }, true],
  ['cart-answer', 'Observation', { ...observation('mrd', {}), status: 'cancelled' }, true],
  ['cart-answer', 'Observation', observation('mrd', {}), false],
  ['cart-component-answer', 'Observation.component', { valueBoolean: false }, true],
  ['cart-component-answer', 'Observation.component', { dataAbsentReason: { text: 'not known' } }, true],
  ['cart-component-answer', 'Observation.component', { code: { text: 'sensitivity' } }, false],
  ['cart-took-place-when', 'Procedure', { status: 'completed', performedDateTime: '2024-03-04' }, true],
  ['cart-took-place-when', 'Procedure', { status: 'not-done' }, true],
  ['cart-took-place-when', 'Procedure', { status: 'completed' }, false],
  ['cart-took-place-when', 'Procedure', { status: 'stopped' }, false],
  ['cart-took-place-when', 'Procedure', { status: 'in-progress' }, false],
  ['cart-infusion-product', 'Procedure', { status: 'completed', ...withProduct }, true],
  ['cart-infusion-product', 'Procedure', { status: 'not-done' }, true],
  ['cart-infusion-product', 'Procedure', { status: 'completed' }, false],
  ['cart-dose-unit', 'Quantity', { value: 3, system: UCUM, code: '10*6/kg' }, true],
  ['cart-dose-unit', 'Quantity', { value: 3, system: UCUM, code: '10*6' }, true],
  ['cart-dose-unit', 'Quantity', { value: 3, system: UCUM, code: 'mg' }, false],
  ['cart-dose-unit', 'Quantity', { value: 3, code: '10*6' }, false],
  ['cart-mrd-unit', 'Quantity', { value: 3, system: UCUM, code: '1' }, true],
  ['cart-mrd-unit', 'Quantity', { value: 3, system: UCUM, code: '%' }, true],
  ['cart-mrd-unit', 'Quantity', { value: 3, system: UCUM, code: '/uL' }, false],
  [
    'cart-b-cell-percent-unit',
    'Observation',
    observation('b-cells-percent-of-lymphocytes', quantity('%')),
    true,
  ],
  [
    'cart-b-cell-percent-unit',
    'Observation',
    observation('b-cells-percent-of-leukocytes', quantity('1')),
    false,
  ],
  [
    'cart-b-cell-percent-unit',
    'Observation',
    observation('b-cells-percent-of-lymphocytes', quantity('/uL')),
    false,
  ],
  ['cart-b-cell-percent-unit', 'Observation', observation('b-cells-per-volume', quantity('/uL')), true],
  ['cart-b-cell-percent-unit', 'Observation', observation('b-cells-percent-of-leukocytes', {}), true],
  ['cart-b-cell-volume-unit', 'Observation', observation('b-cells-per-volume', quantity('/uL')), true],
  ['cart-b-cell-volume-unit', 'Observation', observation('b-cells-per-volume', quantity('%')), false],
  [
    'cart-b-cell-volume-unit',
    'Observation',
    observation('b-cells-percent-of-lymphocytes', quantity('%')),
    true,
  ],
  ['cart-data-required', 'GuidanceResponse', { status: 'success' }, true],
  [
    'cart-data-required',
    'GuidanceResponse',
    { status: 'data-required', dataRequirement: [{ type: 'Observation' }] },
    true,
  ],
  ['cart-data-required', 'GuidanceResponse', { status: 'data-required' }, false],
];

it('every constraint of ours has a case that it allows and one that it refuses', () => {
  const decided = (verdict: boolean) =>
    [...new Set(CASES.filter(([, , , right]) => right === verdict).map(([key]) => key))].sort();
  expect(decided(true)).toEqual([...expressions.keys()].sort());
  expect(decided(false)).toEqual([...expressions.keys()].sort());
});

it.each(CASES)('%s on %s %j: %s', (key, type, value, right) => {
  expect(holds(key, type, value)).toBe(right);
});
