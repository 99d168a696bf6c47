/** Resources as exports of real systems write them: spellings, units, panels, statuses. One case a shape. */
import type { Resource } from '@medplum/fhirtypes';
import {
  ATC,
  about,
  administration,
  CPT,
  concept,
  condition,
  ICD,
  LOINC,
  observation,
  PATIENT,
  procedure,
  quantity,
  RXNORM,
  SNOMED,
} from '../support/fhir-shapes.ts';
import { contentAt, findingCodes, mapResources } from '../support/map-resources.ts';

const DAY = { date: '2022-03-01' };
const GM = 'http://fhir.de/CodeSystem/bfarm/icd-10-gm';
const VERIFICATION = 'http://terminology.hl7.org/CodeSystem/condition-ver-status';

type Case = [name: string, resources: Resource[], path: string, content: unknown, findings: string[]];

function check(_: string, resources: Resource[], path: string, content: unknown, findings: string[]): void {
  const record = mapResources(...resources);
  expect(contentAt(record, path)).toEqual(content);
  expect(findingCodes(record)).toEqual(findings);
}

const lab = (code: string, content: object): Resource => observation(`${LOINC}|${code}`, content);
const anc = (valueQuantity: object): Resource => lab('751-8', { valueQuantity });
const infused = (content: object = {}): Resource => ({
  ...administration(`${ATC}|L01XL04`, { effectiveDateTime: '2022-02-20', ...content }),
  id: 'infusion',
});

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
      [condition(`${GM}|A18.0+`)],
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

describe('panels', () => {
  const part = (code: string, value: object): object => ({ code: concept(`${LOINC}|${code}`), ...value });

  it('components of a panel that nothing knows are observations, each with its own place', () => {
    const record = mapResources(
      lab('58410-2', {
        component: [
          part('718-7', { valueQuantity: quantity(9, 'g/dL') }),
          part('777-3', { valueQuantity: quantity(20, 'furlong') }),
          part('999-9', { valueQuantity: quantity(1, 'g') }),
          part('6690-2', {
            dataAbsentReason: concept('http://terminology.hl7.org/CodeSystem/data-absent-reason|error'),
          }),
        ],
      }),
    );
    expect(contentAt(record, 'observations.laboratory')).toEqual([
      { ...DAY, analyte: 'haemoglobin', value: 9 },
    ]);
    expect(record.observations.laboratory?.[0]?.sources[0]?.path).toBe(
      'Observation.component[0].valueQuantity.value',
    );
    expect(record.findings.map(({ code, expression }) => [code, expression])).toEqual([
      ['unit-unknown', 'Observation.component[1].valueQuantity.value'],
    ]);
  });

  it('the value of a panel is not that of its parts', () => {
    const record = mapResources(
      lab('58410-2', { valueQuantity: quantity(9, 'g/dL'), component: [part('718-7', {})] }),
    );
    expect(contentAt(record, 'observations.laboratory')).toEqual([]);
    expect(findingCodes(record)).toEqual(['value-unreadable']);
  });

  it('a blood pressure under another code is read in its parts', () => {
    const record = mapResources(
      lab('55284-4', { component: [part('8480-6', { valueQuantity: quantity(80, 'mm[Hg]') })] }),
    );
    expect(contentAt(record, 'observations.vitalSigns')).toEqual([{ ...DAY, sign: 'systolic', value: 80 }]);
  });

  it('a part that is not known is no finding', () => {
    const absent = {
      dataAbsentReason: concept('http://terminology.hl7.org/CodeSystem/data-absent-reason|unknown'),
    };
    const record = mapResources(
      lab('85354-9', {
        component: [part('8480-6', { valueQuantity: quantity(80, 'mm[Hg]') }), part('8462-4', absent)],
      }),
    );
    expect(contentAt(record, 'observations.vitalSigns')).toEqual([{ ...DAY, sign: 'systolic', value: 80 }]);
    expect(findingCodes(record)).toEqual([]);
  });
});

describe('oxygen', () => {
  const flow = (value: number): object => ({
    code: concept(`${LOINC}|3151-8`),
    valueQuantity: quantity(value, 'L/min'),
  });
  const inspired = (value: number): object => ({
    code: concept(`${LOINC}|3150-0`),
    valueQuantity: quantity(value, '%'),
  });
  it.each<[string, Resource, object[]]>([
    [
      'flow and inspired oxygen beside a saturation, the device unsaid',
      lab('59408-5', { valueQuantity: quantity(91, '%'), component: [flow(2), inspired(28)] }),
      [{ flow: 2, inspiredOxygen: 28, device: 'UNKNOWN' }],
    ],
    [
      'flow by itself',
      lab('3151-8', { valueQuantity: quantity(4, 'L/min') }),
      [{ flow: 4, device: 'UNKNOWN' }],
    ],
    ['no flow', lab('3151-8', { valueQuantity: quantity(0, 'L/min') }), [{ flow: 0, device: 'NONE' }]],
    [
      'inspired oxygen by itself',
      lab('3150-0', { valueQuantity: quantity(40, '%') }),
      [{ inspiredOxygen: 40, device: 'UNKNOWN' }],
    ],
    [
      'room air',
      lab('3150-0', { valueQuantity: quantity(21, '%') }),
      [{ inspiredOxygen: 21, device: 'NONE' }],
    ],
    ['a saturation alone says nothing of oxygen', lab('59408-5', { valueQuantity: quantity(91, '%') }), []],
  ])('%s', (_, resource, expected) => {
    const record = mapResources(resource);
    expect(contentAt(record, 'observations.oxygenSupport')).toEqual(
      expected.map((one) => ({ ...DAY, ...one })),
    );
    expect(findingCodes(record)).toEqual([]);
  });

  it('what separate resources of one minute say is one support', () => {
    const at = { effectiveDateTime: '2022-03-01T08:00:00+01:00' };
    const record = mapResources(
      { ...lab('3151-8', { ...at, valueQuantity: quantity(10, 'L/min') }), id: 'a' },
      { ...lab('3150-0', { ...at, valueQuantity: quantity(60, '%') }), id: 'b' },
    );
    expect(contentAt(record, 'observations.oxygenSupport')).toEqual([
      {
        ...DAY,
        time: '08:00:00+01:00',
        epochMinute: 27_435_300,
        flow: 10,
        inspiredOxygen: 60,
        device: 'UNKNOWN',
      },
    ]);
  });
});

describe('what did not happen', () => {
  it.each<Case>([
    [
      'an infusion, by an administration that was not done',
      [infused({ status: 'not-done' })],
      'observations.collections',
      [{ date: '2022-02-20', kind: 'INFUSION_NOT_DONE' }],
      [],
    ],
    [
      'Down syndrome, refuted',
      [condition(`${ICD}|Q90.9`, { verificationStatus: concept(`${VERIFICATION}|refuted`) })],
      'observations.assertions',
      [{ question: 'DOWN_SYNDROME', answer: 'NO' }],
      [],
    ],
    [
      'B-ALL, refuted in words',
      [condition(`${SNOMED}|277571004`, { verificationStatus: { text: 'Refuted' } })],
      'disease.diagnoses',
      [{ kind: 'B_ALL', verification: 'REFUTED', ...DAY }],
      [],
    ],
    [
      'B-ALL, entered in error in words',
      [condition(`${SNOMED}|277571004`, { verificationStatus: { text: 'Entered in Error' } })],
      'disease.diagnoses',
      [],
      [],
    ],
  ])('%s', check);

  it.each([
    ['an order', { intent: 'order' }, 1],
    ['a plan', { intent: 'plan' }, 0],
    ['a proposal', { intent: 'proposal' }, 0],
    ['an option', { intent: 'option' }, 0],
    ['a prohibition', { intent: 'order', doNotPerform: true }, 0],
    ['a draft', { intent: 'order', status: 'draft' }, 0],
    ['a cancelled order', { intent: 'order', status: 'cancelled' }, 0],
  ])('%s of fludarabine', (_, content, expected) => {
    const order = about('MedicationRequest', {
      id: 'order',
      status: 'active',
      authoredOn: '2022-02-15',
      medicationCodeableConcept: concept(`${ATC}|L01BB05`),
      ...content,
    });
    expect(mapResources(infused(), order).courses[0]?.lymphodepletion).toHaveLength(expected);
  });

  it.each([
    ['active', 1],
    ['completed', 1],
    ['planned', 0],
    ['reserved', 0],
  ])('a stay in intensive care that is %s', (status, expected) => {
    const icu = {
      resourceType: 'Location',
      id: 'icu',
      type: [concept('http://terminology.hl7.org/CodeSystem/v3-RoleCode|ICU')],
    };
    const bed = { resourceType: 'Location', id: 'bed', partOf: { reference: 'Location/icu' } };
    const stay = about('Encounter', {
      status: 'finished',
      location: [{ status, location: { reference: 'Location/bed' }, period: { start: '2022-03-01' } }],
    });
    const record = mapResources(icu as Resource, bed as Resource, stay);
    expect(record.observations.intensiveCare).toHaveLength(expected);
  });
});

describe('drugs', () => {
  it('a reference that only names the product counts by its text', () => {
    const record = mapResources(
      infused({ medicationCodeableConcept: undefined, medicationReference: { display: 'Kymriah' } }),
    );
    expect(record.courses.map(({ product }) => product.code)).toEqual(['tisagenlecleucel']);
    expect(findingCodes(record)).toEqual(['matched-by-text']);
  });

  it('a route in words', () => {
    const record = mapResources(
      infused(),
      administration(`${RXNORM}|6851`, { dosage: { route: { text: 'Intrathecal' } } }),
    );
    expect(record.laterTherapies.map(({ kind, intent }) => [kind, intent])).toEqual([
      ['INTRATHECAL', 'PROPHYLAXIS'],
    ]);
  });

  it('a product code that no map knows is told by the name of its drug', () => {
    const clinicalDrug = {
      coding: [{ system: RXNORM, code: '1657973', display: 'Tocilizumab 20 MG/ML Injectable Solution' }],
    };
    const record = mapResources(administration('x|y', { medicationCodeableConcept: clinicalDrug }));
    expect(findingCodes(record)).toEqual(['code-unmapped']);
  });
});

describe('the dose counted in the product', () => {
  const counted = (date: string, cells = 120_000_000): Resource => ({
    ...lab('102081-7', { effectiveDateTime: date, valueQuantity: quantity(cells, '{cells}') }),
    id: `count-${date}-${cells}`,
  });
  it.each<[string, Resource[], number | undefined]>([
    ['on the day', [infused(), counted('2022-02-20')], 120],
    ['at its release', [infused(), counted('2022-01-10')], 120],
    ['90 days before', [infused(), counted('2021-11-22')], 120],
    ['91 days before', [infused(), counted('2021-11-21')], undefined],
    ['after the infusion', [infused(), counted('2022-02-21')], undefined],
    ['the later of two counts', [infused(), counted('2022-01-10', 9e7), counted('2022-01-12')], 120],
    [
      'not where the dose was sent',
      [infused({ dosage: { dose: quantity(100, '10*6') } }), counted('2022-02-20')],
      100,
    ],
  ])('%s', (_, resources, dose) => {
    expect(mapResources(...resources).courses.map(({ infusion }) => infusion.doseAbsolute)).toEqual([dose]);
  });

  it('belongs to the next infusion alone', () => {
    const second = { ...infused({ effectiveDateTime: '2022-03-20' }), id: 'second' };
    const record = mapResources(infused(), second, counted('2022-02-25'));
    expect(record.courses.map(({ infusion }) => infusion.doseAbsolute)).toEqual([undefined, 120]);
    expect(record.courses[1]?.infusion.sources.map(({ reference }) => reference)).toContain(
      'Observation/count-2022-02-25-120000000',
    );
  });
});

describe('dates that cannot be', () => {
  it.each<[string, Resource[], string[]]>([
    [
      'before birth',
      [lab('718-7', { effectiveDateTime: '1999-01-01', valueQuantity: quantity(9, 'g/dL') })],
      ['date-impossible'],
    ],
    [
      'in the year of birth',
      [lab('718-7', { effectiveDateTime: '2012', valueQuantity: quantity(9, 'g/dL') })],
      ['date-imprecise'],
    ],
    [
      'measured after death',
      [
        { ...PATIENT, deceasedDateTime: '2022-02-28' } as Resource,
        lab('718-7', { valueQuantity: quantity(9, 'g/dL') }),
      ],
      ['date-impossible'],
    ],
    [
      'measured on the day of death',
      [
        { ...PATIENT, deceasedDateTime: '2022-03-01' } as Resource,
        lab('718-7', { valueQuantity: quantity(9, 'g/dL') }),
      ],
      [],
    ],
    [
      'alive after death',
      [
        { ...PATIENT, deceasedDateTime: '2022-02-28' } as Resource,
        observation('observation|vital-status', { valueCodeableConcept: concept('vital-status|alive') }),
      ],
      ['date-impossible'],
    ],
    [
      'a relapse before the infusion',
      [infused({ effectiveDateTime: '2022-05-01' }), condition(`${ICD}|C91.02`)],
      ['relapse-before-infusion'],
    ],
    [
      'a relapse on the day of the infusion',
      [infused({ effectiveDateTime: '2022-03-01' }), condition(`${ICD}|C91.02`)],
      [],
    ],
  ])('%s', (_, resources, findings) => {
    expect(findingCodes(mapResources(...resources))).toEqual(findings);
  });

  it('two products of one day are two courses, and worth a look', () => {
    const other = { ...procedure('http://www.cms.gov/Medicare/Coding/ICD10|XW033M7'), id: 'other' };
    const record = mapResources(other, infused({ effectiveDateTime: '2022-03-01' }));
    expect(record.courses.map(({ product }) => product.code)).toEqual([
      'brexucabtagene-autoleucel',
      'tisagenlecleucel',
    ]);
    expect(findingCodes(record)).toEqual(['values-conflict', 'values-conflict']);
    const unspecified = { ...procedure(`${CPT}|38228`), id: 'unspecified' };
    expect(mapResources(unspecified, infused({ effectiveDateTime: '2022-03-01' })).courses).toHaveLength(1);
  });
});

describe('two answers of one day', () => {
  const fitOn = (id: string, time: string, valueBoolean: boolean): Resource => ({
    ...observation('observation|fit-for-hct', { effectiveDateTime: `2022-03-01${time}`, valueBoolean }),
    id,
  });
  it.each<[string, Resource[], string[], string[]]>([
    [
      'the later counts',
      [fitOn('a', 'T08:00:00+01:00', false), fitOn('b', 'T15:00:00+01:00', true)],
      ['YES'],
      ['values-conflict'],
    ],
    [
      'by the instant, not the clock',
      [fitOn('a', 'T08:00:00-05:00', false), fitOn('b', 'T12:00:00+01:00', true)],
      ['NO'],
      ['values-conflict'],
    ],
    [
      'both where one has no time',
      [fitOn('a', '', false), fitOn('b', 'T15:00:00+01:00', true)],
      ['NO', 'YES'],
      [],
    ],
    [
      'the same answer twice is one with both sources',
      [fitOn('a', 'T08:00:00+01:00', true), fitOn('b', 'T15:00:00+01:00', true)],
      ['YES'],
      [],
    ],
  ])('%s', (_, resources, answers, findings) => {
    for (const order of [resources, resources.toReversed()]) {
      const record = mapResources(...order);
      expect(record.observations.assertions?.map(({ answer }) => answer)).toEqual(answers);
      expect(findingCodes(record)).toEqual(findings);
    }
  });
});
