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
const deciding = {
  extension: [{ url: 'https://cartograph.example.org/fhir/StructureDefinition/adjudicates' }],
};
const author = { performer: [{ display: 'Review board' }] };
const place = (code: string) => ({
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code }],
});

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
  ['cart-grade-system', 'Observation', { valueInteger: 3, method: { text: 'ASTCT' } }, true],
  ['cart-grade-system', 'Observation', { dataAbsentReason: { text: 'not graded' } }, true],
  ['cart-grade-system', 'Observation', { valueInteger: 3 }, false],
  ['cart-grade-system', 'Observation', { valueCodeableConcept: { text: 'grade 3' } }, false],
  ['cart-grade-range', 'Observation', { valueInteger: 0 }, true],
  ['cart-grade-range', 'Observation', { valueInteger: 5 }, true],
  ['cart-grade-range', 'Observation', { valueCodeableConcept: { text: 'grade 3' } }, true],
  ['cart-grade-range', 'Observation', {}, true],
  ['cart-grade-range', 'Observation', { valueInteger: 6 }, false],
  ['cart-grade-range', 'Observation', { valueInteger: -1 }, false],
  ['cart-adjudication', 'Observation', { ...deciding, ...author, issued: '2024-06-03T09:00:00Z' }, true],
  ['cart-adjudication', 'Observation', { valueInteger: 2 }, true],
  ['cart-adjudication', 'Observation', { ...deciding, ...author }, false],
  ['cart-adjudication', 'Observation', { ...deciding, issued: '2024-06-03T09:00:00Z' }, false],
  ['cart-ice-range', 'Observation', { valueInteger: 0 }, true],
  ['cart-ice-range', 'Observation', { valueInteger: 10 }, true],
  ['cart-ice-range', 'Observation.component', { dataAbsentReason: { text: 'not done' } }, true],
  ['cart-ice-range', 'Observation', { valueInteger: 11 }, false],
  ['cart-ice-range', 'Observation.component', { valueInteger: -1 }, false],
  ['cart-capd-range', 'Observation', { valueInteger: 0 }, true],
  ['cart-capd-range', 'Observation.component', { valueInteger: 32 }, true],
  ['cart-capd-range', 'Observation', { valueInteger: 33 }, false],
  ['cart-capd-range', 'Observation.component', { valueInteger: -1 }, false],
  ['cart-count', 'Observation.component', { valueInteger: 0 }, true],
  ['cart-count', 'Observation.component', { dataAbsentReason: { text: 'not known' } }, true],
  ['cart-count', 'Observation.component', { valueInteger: -1 }, false],
  ['cart-assessment-parts', 'Observation', { component: [{ valueInteger: 9 }] }, true],
  ['cart-assessment-parts', 'Observation', { dataAbsentReason: { text: 'sedated' } }, true],
  ['cart-assessment-parts', 'Observation', { status: 'entered-in-error' }, true],
  ['cart-assessment-parts', 'Observation', { status: 'cancelled' }, true],
  ['cart-assessment-parts', 'Observation', { status: 'final' }, false],
  ['cart-duration-unit', 'Quantity', { value: 90, system: UCUM, code: 's' }, true],
  ['cart-duration-unit', 'Quantity', { value: 5, system: UCUM, code: 'min' }, true],
  ['cart-duration-unit', 'Quantity', { value: 1, system: UCUM, code: 'h' }, true],
  ['cart-duration-unit', 'Quantity', { value: 1, system: UCUM, code: 'd' }, false],
  ['cart-duration-unit', 'Quantity', { value: 5, code: 'min' }, false],
  ['cart-intensive-care', 'Location', { type: [place('ICU')] }, true],
  ['cart-intensive-care', 'Location', { type: [place('HOSP'), place('PEDICU')] }, true],
  ['cart-intensive-care', 'Location', { type: [place('PEDNICU')] }, true],
  ['cart-intensive-care', 'Location', { type: [place('HOSP')] }, false],
  ['cart-intensive-care', 'Location', { type: [{ coding: [{ code: 'ICU' }] }] }, false],
  [
    'cart-infection-course',
    'Condition',
    { onsetDateTime: '2024-03-20', abatementDateTime: '2024-03-20' },
    true,
  ],
  ['cart-infection-course', 'Condition', { onsetDateTime: '2024-03', abatementDateTime: '2024-03-20' }, true],
  ['cart-infection-course', 'Condition', { onsetDateTime: '2024-03-20' }, true],
  ['cart-infection-course', 'Condition', { abatementDateTime: '2024-03-20' }, true],
  [
    'cart-infection-course',
    'Condition',
    { onsetDateTime: '2024-03-20', abatementDateTime: '2024-03-19' },
    false,
  ],
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
