import { compileFhirPath } from '../../../src/fhir/fhirpath/compile-fhirpath.ts';
import { toItems } from '../../../src/fhir/fhirpath/value.ts';

const OBSERVATION = {
  resourceType: 'Observation',
  id: 'o1',
  status: 'final',
  code: {
    coding: [
      { system: 's1', code: 'a' },
      { system: 's2', code: 'b' },
      { system: 's1', code: 'c' },
    ],
    text: 'Text of code',
  },
  subject: { reference: 'Patient/p1' },
  effectiveDateTime: '2024-03',
  issued: '2024-03-05T10:00:00+01:00',
  valueQuantity: { value: 1.5, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' },
  _status: { extension: [{ url: 'https://x', valueString: 'beside' }] },
  extension: [
    { url: 'https://a', valueReference: { reference: 'BiologicallyDerivedProduct/b1' } },
    { url: 'https://b', valueCodeableConcept: { coding: [{ code: 'z' }] } },
    { url: 'https://b', valueInteger: 7 },
  ],
  contained: [
    { resourceType: 'Medication', id: 'm1', code: { coding: [{ code: 'med' }] } },
    { resourceType: 'Specimen', id: 's1', type: { text: 'marrow' } },
  ],
  component: [
    { code: { coding: [{ system: 's1', code: 'site' }] }, valueCodeableConcept: { text: 'cns' } },
    { code: { coding: [{ system: 's2', code: 'site' }] }, valueBoolean: false },
    { code: { coding: [{ system: 's1', code: 'level' }] }, valueInteger: 3 },
  ],
  note: [{ text: 'one' }, { text: 'two' }, { text: 'one' }],
};

function evaluate(source: string, resource: object = OBSERVATION): readonly unknown[] {
  const { evaluate: run, compiled } = compileFhirPath(source, {
    focus: ['Observation'],
    variables: { s: { type: 'uri', value: 's1' }, n: { type: 'integer', value: 1 } },
  });
  expect(compiled).toBe(true);
  return toItems(run(resource, { resource, context: resource, rowIndex: 4, index: 0 }));
}

describe('paths', () => {
  it.each([
    ['id', ['o1']],
    ['Observation.id', ['o1']],
    ['Patient.id', []],
    ['code.coding.code', ['a', 'b', 'c']],
    ['code.coding[1].code', ['b']],
    ['code.coding[9].code', []],
    ['code.coding[%n].code', ['b']],
    ['bodySite.coding.code', []],
    ['`code`.text', ['Text of code']],
    ['effective', ['2024-03']],
    ['effective.ofType(dateTime)', ['2024-03']],
    ['effective.ofType(FHIR.dateTime)', ['2024-03']],
    ['effective.ofType(Period).start', []],
    ['effective.start', []],
    ['value.unit', ['mg']],
    ['value.ofType(Quantity).value', [1.5]],
    ['(value as Quantity).unit', ['mg']],
    ['value.as(string)', []],
    ['value is Quantity', [true]],
    ['value is string', [false]],
    ['bodySite is CodeableConcept', []],
    ['component.value.ofType(integer)', [3]],
    ['component.value', [{ text: 'cns' }, false, 3]],
    ['contained.ofType(Medication).code.coding.code', ['med']],
    ['contained.ofType(Specimen).type.text', ['marrow']],
    ['contained.ofType(Patient).id', []],
    ["extension('https://a').value.ofType(Reference).reference", ['BiologicallyDerivedProduct/b1']],
    ["extension('https://b').value.coding.code", ['z']],
    ["extension('https://b').value.ofType(integer)", [7]],
    ["extension('https://none').value", []],
    ["status.extension('https://x').value.ofType(string)", ['beside']],
    ['constructor', []],
    ['__proto__', []],
    ['id.length', []],
    ['toString', []],
  ])('%s', (source, expected) => {
    expect(evaluate(source)).toEqual(expected);
  });

  it('reads an own property that bears the name of an inherited one', () => {
    expect(evaluate('__proto__.x', JSON.parse('{"__proto__":{"x":1}}') as object)).toEqual([1]);
  });

  it('drops null items of a primitive array', () => {
    const patient = { resourceType: 'Patient', name: [{ given: [null, 'A', 'B'] }] };
    const { evaluate: run } = compileFhirPath('name.given', { focus: ['Patient'] });
    expect(run(patient, { resource: patient, context: patient, rowIndex: 0, index: 0 })).toEqual(['A', 'B']);
  });

  it('gives the whole value of a shape that FHIR does not have', () => {
    expect(evaluate('status', { resourceType: 'Observation', status: ['x', 'y'] })).toEqual(['x', 'y']);
    expect(evaluate('code.coding.code', { resourceType: 'Observation', code: 'text' })).toEqual([]);
  });
});

describe('existence', () => {
  it.each([
    ['code.exists()', [true]],
    ['bodySite.exists()', [false]],
    ['bodySite.empty()', [true]],
    ["code.coding.exists(system = %s and code = 'c')", [true]],
    ["code.coding.exists(system = 's2' and code = 'c')", [false]],
    ['bodySite.exists(true)', [false]],
    ["code.coding.all(system.startsWith('s'))", [true]],
    ['code.coding.all(system = %s)', [false]],
    ['bodySite.coding.all(false)', [true]],
    ['code.coding.count()', [3]],
    ['bodySite.count()', [0]],
    ['note.text.distinct()', ['one', 'two']],
    ['note.text.isDistinct()', [false]],
    ['bodySite.coding.code.isDistinct()', [true]],
    ['status.hasValue()', [true]],
    ['code.hasValue()', [false]],
    ['bodySite.hasValue()', [false]],
    ['true.not()', [false]],
    ['{}.not()', []],
    ['component.value.ofType(boolean).allTrue()', [false]],
    ['component.value.ofType(boolean).anyFalse()', [true]],
    ['bodySite.coding.userSelected.allTrue()', [true]],
    ['bodySite.coding.userSelected.anyTrue()', [false]],
    ['component.value.ofType(boolean).allFalse()', [true]],
  ])('%s', (source, expected) => {
    expect(evaluate(source)).toEqual(expected);
  });

  it('sees a primitive that has extensions and no value', () => {
    const resource = {
      resourceType: 'Observation',
      _issued: { extension: [{ url: 'u', valueCode: 'unknown' }] },
    };
    expect(evaluate('issued.exists()', resource)).toEqual([true]);
    expect(evaluate('issued.empty()', resource)).toEqual([false]);
    expect(evaluate('issued', resource)).toEqual([]);
    expect(evaluate('issued.hasValue()', resource)).toEqual([false]);
  });
});

describe('filtering and projection', () => {
  it.each([
    ["code.coding.where(system = 's1').code", ['a', 'c']],
    ['code.coding.where(false)', []],
    ['code.coding.where({})', []],
    ['code.coding.where($index = 1).code', ['b']],
    ["note.where($this.text = 'two').text", ['two']],
    ["component.where(code.coding.exists(system = %s and code = 'site')).value.text", ['cns']],
    ['component.where(value.ofType(boolean) = false).code.coding.code', ['site']],
    ['note.select(text)', ['one', 'two', 'one']],
    ['code.coding.select(code | system)', ['a', 's1', 'b', 's2', 'c', 's1']],
    ['code.coding.first().code', ['a']],
    ['code.coding.last().code', ['c']],
    ['code.coding.tail().code', ['b', 'c']],
    ['code.tail()', []],
    ['code.coding.skip(2).code', ['c']],
    ['code.coding.skip(-1).count()', [3]],
    ['code.coding.take(2).code', ['a', 'b']],
    ['code.coding.take(0)', []],
    ['status.single()', ['final']],
    ['bodySite.coding.first()', []],
    ['bodySite.coding.where(true)', []],
    ["iif(status = 'final', 'yes', 'no')", ['yes']],
    ["iif(bodySite.text = 'x', 'yes', 'no')", ['no']],
    ["iif({}, 'yes')", []],
    ["(status | 'x').combine('x')", ['final', 'x', 'x']],
  ])('%s', (source, expected) => {
    expect(evaluate(source)).toEqual(expected);
  });
});

describe('operators', () => {
  it.each([
    ["status = 'final'", [true]],
    ["status = 'FINAL'", [false]],
    ["bodySite.text = 'x'", []],
    ["status != 'final'", [false]],
    ["bodySite.text != 'x'", []],
    ['code.coding.code = code.coding.code', [true]],
    ["code.coding.code = 'a'", [false]],
    ["note.text = ('one' | 'two')", [false]],
    ["'a' = 1", [false]],
    ['1 = 1.0', [true]],
    ["'a' < 'b'", [true]],
    ["'B' < 'a'", [true]],
    ['2 > 10', [false]],
    ['value.value >= 1.5', [true]],
    ['value.value < {}', []],
    ["status in ('final' | 'amended')", [true]],
    ["bodySite.text in ('x')", []],
    ["'a' in bodySite.text", [false]],
    ["code.coding.code contains 'b'", [true]],
    ['0.1 + 0.2', [0.3]],
    ['0.1 + 0.2 = 0.3', [true]],
    ['1.1 * 1.1', [1.21]],
    ['3 - 4.5', [-1.5]],
    ['7 / 2', [3.5]],
    ['7 / 0', []],
    ['7 div 2', [3]],
    ['-7 div 2', [-3]],
    ['7 mod 0', []],
    ['5.5 mod 0.7', [0.6]],
    ['1 + {}', []],
    ["'a' + 'b'", ['ab']],
    ["'a' + {}", []],
    ["'a' & bodySite.text & 'b'", ['ab']],
    ['2 + 3 * 4', [14]],
    ['-value.value', [-1.5]],
    ["'a' | 'b' | 'a'", ['a', 'b']],
    ['%rowIndex', [4]],
    ['%resource.id', ['o1']],
    ['code.coding.where(code = %context.code.coding.first().code).system', ['s1']],
    ['%loinc', ['http://loinc.org']],
    ['%`vs-observation-status`', ['http://hl7.org/fhir/ValueSet/observation-status']],
  ])('%s', (source, expected) => {
    expect(evaluate(source)).toEqual(expected);
  });

  it.each([
    [
      'and',
      [
        [true, false, undefined],
        [false, false, false],
        [undefined, false, undefined],
      ],
    ],
    [
      'or',
      [
        [true, true, true],
        [true, false, undefined],
        [true, undefined, undefined],
      ],
    ],
    [
      'xor',
      [
        [false, true, undefined],
        [true, false, undefined],
        [undefined, undefined, undefined],
      ],
    ],
    [
      'implies',
      [
        [true, false, undefined],
        [true, true, true],
        [true, undefined, undefined],
      ],
    ],
  ])('%s in three-valued logic', (operator, table) => {
    const operands = ['true', 'false', '{}'];
    const found = operands.map((left) =>
      operands.map((right) => evaluate(`${left} ${operator} ${right}`)[0]),
    );
    expect(found).toEqual(table);
  });

  it.each([
    ['@2024 < @2025', [true]],
    ['effective.ofType(dateTime) = @2024-03', [true]],
    ['effective.ofType(dateTime) = @2024-03-01', []],
    ['effective.ofType(dateTime) = @2024-04-01', [false]],
    ['effective.ofType(dateTime) < @2024-04-01', [true]],
    ['effective.ofType(dateTime) <= @2024-03-31', []],
    ['issued = @2024-03-05T09:00:00Z', [true]],
    ['issued = @2024-03-05T09:00:00.000Z', [true]],
    ['issued > @2024-03-05T09:00Z', []],
    ['issued > @2024-03-05T08:59Z', [true]],
    ['issued > @2024-03-05', []],
    ['issued > @2024-03-04', [true]],
    ['@T10:30 < @T10:30:01', []],
    ['@T10:30:00 < @T10:31', [true]],
    ['@2023-02-29 = @2023-03', []],
  ])('%s', (source, expected) => {
    expect(evaluate(source)).toEqual(expected);
  });
});

describe('strings and numbers', () => {
  it.each([
    ["status.startsWith('fi')", [true]],
    ["status.endsWith('x')", [false]],
    ["code.text.contains('of')", [true]],
    ["bodySite.text.contains('of')", []],
    ['status.contains({})', []],
    ["status.indexOf('n')", [2]],
    ["status.indexOf('q')", [-1]],
    ['status.substring(1)', ['inal']],
    ['status.substring(1, 2)', ['in']],
    ['status.substring(9)', []],
    ['status.substring(-1)', []],
    ['status.upper()', ['FINAL']],
    ["'ABC'.lower()", ['abc']],
    ["' a '.trim()", ['a']],
    ['status.length()', [5]],
    ["'a.b.c'.split('.')", ['a', 'b', 'c']],
    ["'a.b.c'.replace('.', '$&')", ['a$&b$&c']],
    ["'abc'.replace('', 'x')", ['xaxbxcx']],
    ["code.coding.code.join('-')", ['a-b-c']],
    ['code.coding.code.join()', ['abc']],
    ["bodySite.coding.code.join(',')", ['']],
    ['3.toString()', ['3']],
    ['true.toString()', ['true']],
    ["'\\u0041\\n\\''", ["A\n'"]],
    ['(-1.5).abs()', [1.5]],
    ['1.5.ceiling()', [2]],
    ['(-1.5).floor()', [-2]],
    ['(-1.5).truncate()', [-1]],
    ['{}.abs()', []],
  ])('%s', (source, expected) => {
    expect(evaluate(source)).toEqual(expected);
  });
});

describe('keys and boundaries', () => {
  it.each([
    ['getResourceKey()', ['Observation/o1']],
    ['subject.getReferenceKey()', ['Patient/p1']],
    ['subject.getReferenceKey(Patient)', ['Patient/p1']],
    ['subject.getReferenceKey(Group)', []],
    ['performer.getReferenceKey()', []],
    ['contained.getResourceKey()', ['Medication/m1', 'Specimen/s1']],
    ['value.value.lowBoundary()', [1.45]],
    ['value.value.highBoundary()', [1.55]],
    ['effective.ofType(dateTime).lowBoundary()', ['2024-03-01T00:00:00.000+14:00']],
    ['effective.ofType(dateTime).highBoundary()', ['2024-03-31T23:59:59.999-12:00']],
    ['issued.highBoundary()', ['2024-03-05T10:00:00.999+01:00']],
    ['component.value.ofType(integer).lowBoundary()', [2.5]],
    ['bodySite.text.lowBoundary()', []],
    ['@2024-02.highBoundary()', ['2024-02-29']],
  ])('%s', (source, expected) => {
    expect(evaluate(source)).toEqual(expected);
  });
});

describe('errors', () => {
  it.each([
    ['@@'],
    ['name.'],
    ['a b'],
    ['(a'],
    ["'open"],
    ["'\\q'"],
    ['a[0'],
    ['f(,)'],
    ['%unknown'],
    ['a /* open'],
    [''],
    [`${'('.repeat(101)}a${')'.repeat(101)}`],
    [`a${'.a'.repeat(501)}`],
    ['x'.repeat(10_001)],
  ])('%s is a syntax error', (source) => {
    expect(() => compileFhirPath(source, { focus: ['Observation'] })).toThrow(
      expect.objectContaining({ name: 'FhirPathError', reason: 'syntax' }),
    );
  });

  it.each([
    ["code.coding.code.startsWith('a')"],
    ['code.coding.single()'],
    ['note.text < note.text'],
    ['note.text in note.text'],
    ['(note.exists() and note)'],
    ['code.coding.where(%context.note.text)'],
    ['value.as(Quantity).value + component.value.ofType(integer) + code.coding.select(1)'],
  ])('%s is an evaluation error', (source) => {
    expect(() => evaluate(source)).toThrow(
      expect.objectContaining({ name: 'FhirPathError', reason: 'evaluation' }),
    );
  });
});

describe('what is left to the library', () => {
  it.each([
    ["value.ofType(Quantity) = 1.5 'mg'", [true]],
    ["value.ofType(Quantity) > 1 'mg'", [true]],
    ["Observation.descendants().where($this = 'cns').count()", [1]],
    ['contained.code.coding.code', ['med']],
    ['effective.ofType(dateTime) ~ %since', [true]],
    ["subject.repeat($this).getReferenceKey(Patient) ~ 'Patient/p1'", [true]],
  ])('%s', (source, expected) => {
    const { evaluate: run, compiled } = compileFhirPath(source, {
      focus: ['Observation'],
      variables: { since: { type: 'dateTime', value: '2024-03' } },
    });
    expect(compiled).toBe(false);
    const resource = structuredClone(OBSERVATION);
    const frame = { resource, context: resource, rowIndex: 0, index: 0 };
    expect(toItems(run(resource, frame))).toEqual(expected);
    expect(resource).toStrictEqual(OBSERVATION);
  });

  it('knows the type of an element inside a resource', () => {
    const { evaluate: run } = compileFhirPath('value.ofType(integer) ~ 3 and %rowIndex ~ 2', {
      focus: ['Observation.component'],
      resource: ['Observation'],
    });
    const frame = { resource: OBSERVATION, context: OBSERVATION, rowIndex: 2, index: 0 };
    expect(run(OBSERVATION.component[2], frame)).toBe(true);
  });
});

it('names elements that R4 does not have', () => {
  const { unknownElements } = compileFhirPath('code.coding.cod.combine(%resource.valueQuantity)', {
    focus: ['Observation'],
  });
  expect(unknownElements).toEqual(['Coding.cod', 'Observation.valueQuantity']);
});
