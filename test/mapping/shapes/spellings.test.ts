/** Resources as exports of real systems write them: systems, units and quantities. One case a shape. */
import type { Resource } from '@medplum/fhirtypes';
import { condition, ICD, ICD_GM, infused, LOINC, observation, quantity } from '../../support/fhir-shapes.ts';
import { contentAt, findingCodes, mapResources } from '../../support/map-resources.ts';

const DAY = { date: '2022-03-01' };
const anc = (valueQuantity: object): Resource => lab('751-8', { valueQuantity });
const lab = (code: string, content: object): Resource => observation(`${LOINC}|${code}`, content);

type Case = [name: string, resources: Resource[], path: string, content: unknown, findings: string[]];
function check(_: string, resources: Resource[], path: string, content: unknown, findings: string[]): void {
  const record = mapResources(...resources);
  expect(contentAt(record, path)).toEqual(content);
  expect(findingCodes(record)).toEqual(findings);
}

describe('codes', () => {
  it.each<Case>([
    [
      'LOINC by https with a slash',
      [observation('https://loinc.org/|718-7', { valueQuantity: quantity(9, 'g/dL') })],
      'observations.laboratory',
      [{ ...DAY, analyte: 'haemoglobin', value: 9 }],
      [],
    ],
    [
      'a diagnosis without its dot',
      [condition(`${ICD}|D89832`)],
      'observations.toxicityGrades',
      [{ ...DAY, toxicity: 'CRS', system: 'UNKNOWN', grade: 2 }],
      [],
    ],
    [
      'an infection by a pattern, in small letters, without its dot',
      [condition('URN:OID:2.16.840.1.113883.6.90|b259')],
      'observations.infections',
      [{ ...DAY, class: 'VIRAL' }],
      [],
    ],
    [
      'an infection of the German edition with its dagger',
      [condition(`${ICD_GM}|A18.0+`)],
      'observations.infections',
      [{ ...DAY, class: 'BACTERIAL' }],
      [],
    ],
    [
      'an infection by ICD-10 of the WHO',
      [condition('http://hl7.org/fhir/sid/icd-10|A41.9')],
      'observations.infections',
      [{ ...DAY, class: 'BACTERIAL' }],
      [],
    ],
    [
      'a malignancy repeated without its dot is one',
      [
        infused(),
        { ...condition(`${ICD}|C71.9`, { onsetDateTime: '2024-01-01' }), id: 'm1' },
        { ...condition(`${ICD}|c719`, { onsetDateTime: '2024-02-01' }), id: 'm2' },
      ],
      'followUp.secondMalignancies',
      [{ date: '2024-01-01', kind: 'UNSPECIFIED' }],
      [],
    ],
    [
      'no system at all',
      [observation('|718-7', { valueQuantity: quantity(9, 'g/dL') })],
      'observations.laboratory',
      [],
      [],
    ],
  ])('%s', check);
});

describe('units', () => {
  const VALUE = [{ ...DAY, analyte: 'anc', value: 500 }];
  const ucum = (value: number, code: string): object => quantity(value, code);
  it.each<[string, object, unknown, string[]]>([
    ['UCUM that no table lists', ucum(0.5, '10*9/l'), VALUE, []],
    ['UCUM per nanolitre', ucum(0.5, '/nL'), VALUE, []],
    ['UCUM per decilitre', ucum(50_000_000, '/dL'), VALUE, []],
    ['a name where the code belongs', ucum(500, 'cells/uL'), VALUE, ['unit-by-text']],
    ['K/cumm', { value: 0.5, unit: 'K/cumm' }, VALUE, ['unit-by-text']],
    ['x10(9)/L', { value: 0.5, unit: 'x10(9)/L' }, VALUE, ['unit-by-text']],
    ['10⁹/L', { value: 0.5, unit: '10⁹/L' }, VALUE, ['unit-by-text']],
    ['x10E3/uL', { value: 0.5, unit: 'x10E3/uL' }, VALUE, ['unit-by-text']],
    ['x 10^3/mcL', { value: 0.5, unit: 'x 10^3/mcL' }, VALUE, ['unit-by-text']],
    ['Tsd./µl', { value: 0.5, unit: 'Tsd./µl' }, VALUE, ['unit-by-text']],
    ['Gpt/l', { value: 0.5, unit: 'Gpt/l' }, VALUE, ['unit-by-text']],
    ['/nl', { value: 0.5, unit: '/nl' }, VALUE, ['unit-by-text']],
    ['a mass', ucum(0.5, 'mg/dL'), [], ['unit-unknown']],
    ['moles, which UCUM counts as a number', ucum(0.5, 'mmol/L'), [], ['unit-unknown']],
    ['another unit in spite of its name', { ...ucum(0.5, 'mg/dL'), unit: 'K/uL' }, [], ['unit-unknown']],
    ['gauss, which is no giga', ucum(0.5, 'G/L'), [], ['unit-unknown']],
    ['a power of ten in braces, which UCUM passes over', ucum(0.5, '{10*3}/uL'), [], ['unit-unknown']],
    ['a word for a number in braces', ucum(0.5, '{Thousands}/uL'), [], ['unit-unknown']],
    ['the name of what is counted, in braces', ucum(50_000_000, '{WBCs}/dL'), VALUE, []],
    ['x1000/uL', { value: 0.5, unit: 'x1000/uL' }, VALUE, ['unit-by-text']],
    ['none', { value: 0.5 }, [], ['unit-unknown']],
  ])('%s', (_, value, content, findings) => {
    check('', [anc(value)], 'observations.laboratory', content, findings);
  });

  it('a share of cells is a percentage', () => {
    const record = mapResources(lab('8117-4', { valueQuantity: quantity(0.5, '{cells}/100{cells}') }));
    expect(contentAt(record, 'observations.bCells')).toEqual([
      { ...DAY, measure: 'PERCENT_OF_LYMPHOCYTES', specimen: 'BLOOD', value: 0.5 },
    ]);
  });

  it('a number of cells is no percentage', () => {
    check(
      '',
      [lab('11150-0', { valueQuantity: quantity(5, '10*6') })],
      'observations.marrowBlasts',
      [],
      ['unit-unknown'],
    );
  });
});

describe('quantities as text', () => {
  it.each<[string, string, string, object | undefined, string[]]>([
    ['751-8', '0.5 K/uL', 'anc', { value: 500 }, ['unit-by-text']],
    ['751-8', '<0.1 10*3/uL', 'anc', { value: 100, comparator: '<' }, ['unit-by-text']],
    ['751-8', '≤ 0,1 10^9/L', 'anc', { value: 100, comparator: '<=' }, ['unit-by-text']],
    ['2276-4', '>100000 ng/mL', 'ferritin', { value: 100_000, comparator: '>' }, ['unit-by-text']],
    ['751-8', '<0.1', 'anc', undefined, ['unit-unknown']],
    ['751-8', '500', 'anc', undefined, ['unit-unknown']],
    ['2276-4', '100,000 ng/mL', 'ferritin', undefined, ['value-unreadable']],
    ['751-8', '0.5 furlongs', 'anc', undefined, ['unit-unknown']],
    ['751-8', 'see comment', 'anc', undefined, ['value-unreadable']],
    ['751-8', 'hemolysed, 0.5 K/uL', 'anc', undefined, ['value-unreadable']],
  ])('%s "%s"', (code, valueString, analyte, value, findings) => {
    const content = value === undefined ? [] : [{ ...DAY, analyte, ...value }];
    check('', [lab(code, { valueString })], 'observations.laboratory', content, findings);
  });
});
