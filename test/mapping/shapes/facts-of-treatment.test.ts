/** Facts of treatment and what follows it, each in the native and in the US Core shape. */
import type { Resource } from '@medplum/fhirtypes';
import {
  ATC,
  about,
  administration,
  CPT,
  concept,
  condition,
  extensionUrl,
  ICD,
  infused,
  procedure,
  quantity,
  RXNORM,
  SNOMED,
} from '../../support/fhir-shapes.ts';
import { contentAt, mapResources } from '../../support/map-resources.ts';

describe('the native shape and the US Core shape of each fact of treatment', () => {
  it.each<[string, Resource[], string, unknown]>([
    [
      'infusion by CPT',
      [procedure(`${CPT}|38228`)],
      'courses',
      [{ number: 1, infusion: { date: '2022-03-01' }, product: { code: 'UNKNOWN' }, lymphodepletion: [] }],
    ],
    [
      'infusion by ICD-10-PCS',
      [procedure('http://www.cms.gov/Medicare/Coding/ICD10|XW033M7')],
      'courses',
      [
        {
          number: 1,
          infusion: { date: '2022-03-01' },
          product: { code: 'brexucabtagene-autoleucel' },
          lymphodepletion: [],
        },
      ],
    ],
    [
      'infusion by trade name alone',
      [
        about('MedicationAdministration', {
          status: 'completed',
          medicationCodeableConcept: { text: 'Kymriah' },
          effectivePeriod: { start: '2022-03-01T23:40:00+01:00' },
        }),
      ],
      'courses',
      [
        {
          number: 1,
          infusion: { date: '2022-03-01', time: '23:40:00+01:00', epochMinute: 27_436_240 },
          product: { code: 'tisagenlecleucel' },
          lymphodepletion: [],
        },
      ],
    ],
    [
      'infusion, native, with product and dose',
      [
        {
          resourceType: 'BiologicallyDerivedProduct',
          id: 'bag',
          productCode: concept('product|nih-cd19-28z'),
          identifier: [{ value: 'LOT7' }],
          extension: [
            {
              url: extensionUrl('costimulatory-domain'),
              valueCodeableConcept: concept('costimulation|CD28'),
            },
            {
              url: extensionUrl('cell-source'),
              valueCodeableConcept: concept('cell-source|prior-hct-donor'),
            },
          ],
        } as Resource,
        procedure('procedure|car-t-infusion', {
          extension: [
            {
              url: extensionUrl('car-t-product'),
              valueReference: { reference: 'BiologicallyDerivedProduct/bag' },
            },
            { url: extensionUrl('car-t-dose'), valueQuantity: quantity(3.1, '10*6/kg') },
            { url: extensionUrl('car-t-dose'), valueQuantity: quantity(93, '10*6') },
          ],
        }),
      ],
      'courses',
      [
        {
          number: 1,
          infusion: { date: '2022-03-01', dosePerKg: 3.1, doseAbsolute: 93 },
          product: {
            code: 'nih-cd19-28z',
            costimulation: ['CD28'],
            cellSource: 'PRIOR_HCT_DONOR',
            lot: 'LOT7',
          },
          lymphodepletion: [],
        },
      ],
    ],
    [
      'infusion not done',
      [procedure('procedure|car-t-infusion', { status: 'not-done' })],
      'observations.collections',
      [{ date: '2022-03-01', kind: 'INFUSION_NOT_DONE' }],
    ],
    [
      'infusion not done is no course',
      [procedure('procedure|car-t-infusion', { status: 'not-done' })],
      'courses',
      [],
    ],
    [
      'transplantation, native',
      [
        procedure('procedure|allogeneic-hct', {
          extension: [
            { url: extensionUrl('hct-donor'), valueCodeableConcept: concept('hct-donor|haplo') },
            { url: extensionUrl('hct-conditioning'), valueCodeableConcept: concept('conditioning|TBI-MAC') },
            { url: extensionUrl('hct-conditioning-start'), valueDate: '2022-02-22' },
          ],
        }),
      ],
      'hcts',
      [
        {
          date: '2022-03-01',
          kind: 'ALLOGENEIC',
          donor: 'HAPLO',
          conditioning: 'TBI_MAC',
          conditioningStart: '2022-02-22',
        },
      ],
    ],
    [
      'transplantation, CPT',
      [procedure(`${CPT}|38240`)],
      'hcts',
      [{ date: '2022-03-01', kind: 'ALLOGENEIC' }],
    ],
    [
      'SNOMED 425983008 is autologous',
      [procedure(`${SNOMED}|425983008`)],
      'hcts',
      [{ date: '2022-03-01', kind: 'AUTOLOGOUS' }],
    ],
    [
      'a code that does not say whose cells',
      [procedure(`${SNOMED}|234336002`)],
      'hcts',
      [{ date: '2022-03-01', kind: 'UNKNOWN' }],
    ],
    [
      'the more precise of two codes',
      [procedure(`${SNOMED}|234336002`, { code: concept(`${SNOMED}|234336002`, `${CPT}|38240`) })],
      'hcts',
      [{ date: '2022-03-01', kind: 'ALLOGENEIC' }],
    ],
    [
      'therapy before the infusion',
      [administration(`${RXNORM}|1597258`, { effectiveDateTime: '2021-02-03' })],
      'priorTherapies',
      [{ kind: 'BLINATUMOMAB', agent: 'blinatumomab', date: '2021-02-03' }],
    ],
    [
      'therapy by a referenced drug',
      [
        { resourceType: 'Medication', id: 'm', code: concept(`${ATC}|L01FB01`) } as Resource,
        about('MedicationAdministration', {
          status: 'completed',
          medicationReference: { reference: 'https://ehr.example.org/fhir/Medication/m/_history/3' },
          effectiveDateTime: '2022-03-01',
        }),
      ],
      'priorTherapies',
      [{ kind: 'INOTUZUMAB', agent: 'inotuzumab-ozogamicin', date: '2022-03-01' }],
    ],
    [
      'therapy with intent and reason after the infusion',
      [
        infused(),
        administration('agent|dasatinib', {
          effectiveDateTime: undefined,
          effectivePeriod: { start: '2022-05-01', end: '2022-09-30' },
          extension: [
            {
              url: extensionUrl('therapy-intent'),
              valueCodeableConcept: concept('therapy-intent|maintenance'),
            },
            { url: extensionUrl('therapy-reason'), valueCodeableConcept: concept('therapy-reason|planned') },
          ],
        }),
      ],
      'laterTherapies',
      [
        {
          kind: 'TYROSINE_KINASE_INHIBITOR',
          agent: 'dasatinib',
          date: '2022-05-01',
          endDate: '2022-09-30',
          intent: 'MAINTENANCE',
          reason: 'PLANNED',
          course: 1,
        },
      ],
    ],
    [
      'donor lymphocytes',
      [infused(), procedure('procedure|donor-lymphocyte-infusion')],
      'laterTherapies',
      [{ kind: 'DLI', date: '2022-03-01', intent: 'NEW_THERAPY', course: 1 }],
    ],
    [
      'fludarabine before the infusion is lymphodepletion',
      [infused(), administration(`${RXNORM}|24698`, { effectiveDateTime: '2021-12-27' })],
      'courses.0.lymphodepletion',
      [{ agent: 'fludarabine', date: '2021-12-27' }],
    ],
    [
      'second malignancy, native',
      [
        infused(),
        condition('condition|second-malignancy', {
          extension: [
            {
              url: extensionUrl('malignancy-class'),
              valueCodeableConcept: concept('malignancy-class|t-cell'),
            },
          ],
        }),
      ],
      'followUp.secondMalignancies',
      [{ date: '2022-03-01', kind: 'T_CELL' }],
    ],
    [
      'second malignancy, ICD-10-CM',
      [infused(), condition(`${ICD}|C73`)],
      'followUp.secondMalignancies',
      [{ date: '2022-03-01', kind: 'UNSPECIFIED' }],
    ],
    [
      'a malignancy before the infusion is not the second',
      [infused(), condition(`${ICD}|C73`, { onsetDateTime: '2021-03-01' })],
      'followUp.secondMalignancies',
      [],
    ],
    ['a secondary site is none', [infused(), condition(`${ICD}|C79.31`)], 'followUp.secondMalignancies', []],
    [
      'leukaemia of the same lineage is none',
      [infused(), condition(`${ICD}|C91.00`)],
      'followUp.secondMalignancies',
      [],
    ],
  ])('%s', (_, resources, path, expected) => {
    expect(contentAt(mapResources(...resources), path)).toEqual(expected);
  });
});
