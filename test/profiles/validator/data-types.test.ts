/** Rules of data types, references and narrative that no invariant says. */
import { loadProfiles } from '../../../src/profiles/load-profiles.ts';
import type { Validator } from '../../../src/profiles/validator.ts';
import { errorsOf } from './errors-of.ts';

const UCUM = 'http://unitsofmeasure.org';
const UUID = 'c757873d-ec9a-4326-a141-556f43239520';

let validator: Validator;

beforeAll(async () => {
  validator = await loadProfiles();
});

const observation = (more: object): object => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'x' },
  ...more,
});
const patient = (more: object): object => ({ resourceType: 'Patient', ...more });
const narrative = (content: string): object =>
  patient({
    text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${content}</div>` },
  });

it.each<[string, object, readonly string[]]>([
  ['a unit of UCUM as a coding', { method: { coding: [{ system: UCUM, code: 'mg' }] } }, []],
  [
    'no unit of UCUM as a coding',
    { method: { coding: [{ system: UCUM, code: 'furlong' }] } },
    ['unit-invalid Observation.method.coding[0].code'],
  ],
  [
    'a quantity in a code that its system does not have',
    {
      valueQuantity: {
        value: 1,
        system: 'http://terminology.hl7.org/CodeSystem/v3-orderableDrugForm',
        code: 'Tab',
      },
    },
    ['code-unknown Observation.value.ofType(Quantity)'],
  ],
  [
    'a quantity in a code of its system',
    {
      valueQuantity: {
        value: 1,
        system: 'http://terminology.hl7.org/CodeSystem/v3-orderableDrugForm',
        code: 'TAB',
      },
    },
    [],
  ],
  ['a country', { method: { coding: [{ system: 'urn:iso:std:iso:3166', code: 'DE' }] } }, []],
  [
    'no country',
    { method: { coding: [{ system: 'urn:iso:std:iso:3166', code: 'XX' }] } },
    ['code-unknown Observation.method.coding[0]'],
  ],
  ['a range in order', { valueRange: { low: { value: 1, unit: 'mg' }, high: { value: 1, unit: 'mg' } } }, []],
  [
    'a range out of order',
    { valueRange: { low: { value: 2, unit: 'mg' }, high: { value: 1, unit: 'mg' } } },
    ['invariant-failed Observation.value.ofType(Range)'],
  ],
  [
    'a range in order by conversion',
    {
      valueRange: {
        low: { value: 100, unit: 'mg', system: UCUM, code: 'mg' },
        high: { value: 1, unit: 'g', system: UCUM, code: 'g' },
      },
    },
    [],
  ],
  [
    'a range in units that do not compare',
    { valueRange: { low: { value: 1, unit: 'mg' }, high: { value: 2, unit: 'mL' } } },
    ['invariant-failed Observation.value.ofType(Range)'],
  ],
  ['a reference of its stated type', { subject: { reference: 'Patient/1', type: 'Patient' } }, []],
  [
    'a reference of another type than stated',
    { subject: { reference: 'Patient/1', type: 'Group' } },
    ['reference-target-invalid Observation.subject'],
  ],
  [
    'a reference to the resource itself',
    { subject: { reference: '#' } },
    ['reference-not-found Observation.subject'],
  ],
  ['an element with an id alone', { method: { id: 'a' } }, ['element-invalid Observation.method']],
  [
    'two equal security labels',
    {
      meta: {
        security: [
          { system: 'urn:s', code: 'R' },
          { system: 'urn:s', code: 'R' },
        ],
      },
    },
    ['element-invalid Observation'],
  ],
  [
    'two security labels',
    {
      meta: {
        security: [
          { system: 'urn:s', code: 'R' },
          { system: 'urn:s', code: 'V' },
        ],
      },
    },
    [],
  ],
])('%s', (_name, more, expected) => {
  expect(errorsOf(validator, observation(more))).toEqual(expected);
});

it.each<[string, object, readonly string[]]>([
  ['http://example.org/mrn', { system: 'http://example.org/mrn' }, []],
  ['a UUID', { system: `urn:uuid:${UUID}` }, []],
  [
    'a UUID in capitals',
    { system: `urn:uuid:${UUID.toUpperCase()}` },
    ['primitive-invalid Patient.identifier[0].system'],
  ],
  ['an OID', { system: 'urn:oid:1.2.36.1' }, []],
  ['the shortest OID', { system: 'urn:oid:1.2.3.4' }, []],
  [
    'the OID of an authority',
    { system: 'urn:oid:1.2.3' },
    ['primitive-invalid Patient.identifier[0].system'],
  ],
  ['a name', { system: 'mrn' }, ['primitive-invalid Patient.identifier[0]']],
])('the system of an identifier is %s', (_name, { system }: { system?: string }, expected) => {
  expect(errorsOf(validator, patient({ identifier: [{ system, value: '1' }] }))).toEqual(expected);
});

it('a primitive with an id and neither value nor extension', () => {
  expect(errorsOf(validator, patient({ _gender: { id: 'g' } }))).toEqual(['element-invalid Patient.gender']);
  expect(errorsOf(validator, patient({ gender: 'male', _gender: { id: 'g' } }))).toEqual([]);
});

it('a complex extension has the parts of its definition', () => {
  const citizenship = (part: string): object =>
    patient({
      extension: [
        {
          url: 'http://hl7.org/fhir/StructureDefinition/patient-citizenship',
          extension: [{ url: part, valueCodeableConcept: { text: 'x' } }],
        },
      ],
    });
  expect(errorsOf(validator, citizenship('code'))).toEqual([]);
  expect(errorsOf(validator, citizenship('colour'))).toEqual([
    'extension-unknown Patient.extension[0].extension[0]',
  ]);
});

describe('narrative', () => {
  it.each([
    'a &amp; b &#160; &lt;',
    '\u00a0',
    '<a name="x">x</a><a href="#x">y</a>',
    '<a href="http://example.org/a?b">x</a>',
    '<a href="Patient/1">x</a>',
    '<p xml:space="preserve">x</p>',
  ])('allows %s', (content) => {
    expect(errorsOf(validator, narrative(content))).toEqual([]);
  });

  it.each([
    'a &nbsp; b',
    '<![CDATA[x]]>',
    '<u>x</u>',
    '<a href="#nowhere">x</a>',
    '<img src="#nowhere"/>',
    '<a href="">x</a>',
    '<a href="http://example.org/a b">x</a>',
    '<a href="javascript:x">x</a>',
    '<a href="urn:x">x</a>',
  ])('forbids %s', (content) => {
    expect(errorsOf(validator, narrative(content))).toEqual(['narrative-invalid Patient.text.div']);
  });
});
