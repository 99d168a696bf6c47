import { loggableExpression } from '../../../src/http/edge/loggable-expression.ts';

beforeEach(() => expect.hasAssertions());

it.each([
  ['Patient.birthDate', 'Patient.birthDate'],
  ['Bundle.entry[1].resource.subject.reference', 'Bundle.entry[1].resource.subject.reference'],
  ['Resource', 'Resource'],
  ['Host', 'Host'],
  ["Parameters.parameter.where(name='asOf')", "Parameters.parameter.where(name='…')"],
  ["Parameters.parameter.where(name='Jane-Doe')", "Parameters.parameter.where(name='…')"],
  ['Observation.value.ofType(Quantity)', 'Observation.value.ofType(Quantity)'],
  ['JaneDoe', undefined],
  ['JaneDoe.name', undefined],
  ['Patient.Jane Doe', undefined],
  ["Patient.where(x='Jane", undefined],
  ['Patient/4711', undefined],
  ['', undefined],
])('%s is logged as %s', (expression, expected) => {
  expect(loggableExpression(expression)).toBe(expected);
});
