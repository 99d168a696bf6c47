import { compileFhirPath } from '../../../src/fhir/fhirpath/compile-fhirpath.ts';
import { toItems } from '../../../src/fhir/fhirpath/value.ts';

const PATIENT = { resourceType: 'Patient', id: 'p1', birthDate: '2010-03', name: [{ given: ['Ann', 'Bo'] }] };

function run(source: string): readonly unknown[] {
  const { evaluate, compiled } = compileFhirPath(source, { focus: ['Patient'] });
  expect(compiled).toBe(true);
  return toItems(evaluate(PATIENT, { resource: PATIENT, context: PATIENT, rowIndex: 0, index: 0 }));
}

it.each([
  ["name.given.trace('given').count()", [2]],
  ['birthDate.precision()', [6]],
  ['@2014-01-05T10:30:00.000.precision()', [17]],
  ['@T10:30.precision()', [4]],
  ["'abc'.replaceMatches('', 'x')", ['abc']],
  ["'abc'.matches('b')", [true]],
  ["'a b'.matches('^[a-z\\\\_\\\\@]+$')", [false]],
  ["{}.toString().matches('b')", []],
  ["'abc'.replaceMatches('[ab]', 'x')", ['xxc']],
  ["conformsTo('http://hl7.org/fhir/StructureDefinition/Patient')", [true]],
  ["conformsTo('http://hl7.org/fhir/StructureDefinition/Person')", [false]],
  ["id ~ 'P1'", [true]],
  ['(1 | 2 | 3) ~ (3 | 2 | 1)', [true]],
  ['(1 | 2) ~ (1 | 2 | 3)', [false]],
  ['{} ~ {}', [true]],
  ["'a  b' !~ 'A b'", [false]],
])('%s gives %j', (source, expected) => {
  expect(run(source)).toEqual(expected);
});
