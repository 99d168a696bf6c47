import type { Resource } from '@medplum/fhirtypes';
import {
  ATC,
  about,
  administration,
  concept,
  LOINC,
  observation,
  procedure,
  quantity,
  RXNORM,
} from '../../support/fhir-shapes.ts';
import { findingCodes, mapResources } from '../../support/map-resources.ts';

const lab = (code: string, content: object): Resource => observation(`${LOINC}|${code}`, content);
const tisagenlecleucel = (content: object = {}): Resource => ({
  ...administration(`${ATC}|L01XL04`, { effectiveDateTime: '2022-02-20', ...content }),
  id: 'infusion',
});

describe('drugs and doses', () => {
  it('reads what a medication is made of where it has no code, and only the one referred to', () => {
    const drug = (id: string, content: object): object => ({ resourceType: 'Medication', id, ...content });
    const record = mapResources(
      about('MedicationAdministration', {
        status: 'completed',
        contained: [
          drug('bag', { ingredient: [{ itemCodeableConcept: concept(`${ATC}|L01XL04`) }] }),
          drug('other', { code: concept(`${ATC}|L01XL06`) }),
        ],
        medicationReference: { reference: '#bag' },
        effectiveDateTime: '2024-01-01',
      }),
    );
    expect(record.courses.map(({ product }) => product.code)).toEqual(['tisagenlecleucel']);
  });

  it('takes the larger of two doses of one infusion, and says so', () => {
    const dose = (id: string, value: number): Resource =>
      about('MedicationAdministration', {
        id,
        status: 'completed',
        medicationCodeableConcept: concept(`${ATC}|L01XL04`),
        effectiveDateTime: '2024-01-01',
        dosage: { dose: quantity(value, '10*6') },
      });
    const record = mapResources(dose('a', 100), dose('b', 180));
    expect(record.courses[0]?.infusion.doseAbsolute).toBe(180);
    expect(findingCodes(record)).toEqual(['values-conflict']);
  });

  it.each([
    ['30243U3', 'ALLOGENEIC'],
    ['30230Y1', 'ALLOGENEIC'],
    ['30240G0', 'AUTOLOGOUS'],
  ])('ICD-10-PCS %s is %s', (code, kind) => {
    const record = mapResources(procedure(`http://www.cms.gov/Medicare/Coding/ICD10|${code}`));
    expect(record.hcts.map((hct) => hct.kind)).toEqual([kind]);
  });
});

it('an infusion split over two days, with times, is one that satisfies the model', () => {
  const given = (id: string, effectiveDateTime: string, value: number): Resource => ({
    ...administration(`${ATC}|L01XL04`, { effectiveDateTime, dosage: { dose: quantity(value, '10*6') } }),
    id,
  });
  const { courses } = mapResources(
    given('first', '2024-03-04T10:00:00+01:00', 30),
    given('second', '2024-03-05T11:00:00+01:00', 40),
  );
  expect(courses).toMatchObject([
    {
      infusion: {
        date: '2024-03-04',
        time: '10:00:00+01:00',
        doseAbsolute: 70,
        fractions: [
          { date: '2024-03-04', doseAbsolute: 30 },
          { date: '2024-03-05', doseAbsolute: 40 },
        ],
      },
    },
  ]);
});

describe('drugs as exports of real systems write them', () => {
  it('a reference that only names the product counts by its text', () => {
    const record = mapResources(
      tisagenlecleucel({ medicationCodeableConcept: undefined, medicationReference: { display: 'Kymriah' } }),
    );
    expect(record.courses.map(({ product }) => product.code)).toEqual(['tisagenlecleucel']);
    expect(findingCodes(record)).toEqual(['matched-by-text']);
  });

  it('a route in words', () => {
    const record = mapResources(
      tisagenlecleucel(),
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
    ['on the day', [tisagenlecleucel(), counted('2022-02-20')], 120],
    ['at its release', [tisagenlecleucel(), counted('2022-01-10')], 120],
    ['90 days before', [tisagenlecleucel(), counted('2021-11-22')], 120],
    ['91 days before', [tisagenlecleucel(), counted('2021-11-21')], undefined],
    ['after the infusion', [tisagenlecleucel(), counted('2022-02-21')], undefined],
    ['the later of two counts', [tisagenlecleucel(), counted('2022-01-10', 9e7), counted('2022-01-12')], 120],
    [
      'not where the dose was sent',
      [tisagenlecleucel({ dosage: { dose: quantity(100, '10*6') } }), counted('2022-02-20')],
      100,
    ],
  ])('%s', (_, resources, dose) => {
    expect(mapResources(...resources).courses.map(({ infusion }) => infusion.doseAbsolute)).toEqual([dose]);
  });

  it('belongs to the next infusion alone', () => {
    const second = { ...tisagenlecleucel({ effectiveDateTime: '2022-03-20' }), id: 'second' };
    const record = mapResources(tisagenlecleucel(), second, counted('2022-02-25'));
    expect(record.courses.map(({ infusion }) => infusion.doseAbsolute)).toEqual([undefined, 120]);
    expect(record.courses[1]?.infusion.sources.map(({ reference }) => reference)).toContain(
      'Observation/count-2022-02-25-120000000',
    );
  });
});
