import type { Resource } from '@medplum/fhirtypes';
import {
  about,
  administration,
  CPT,
  concept,
  condition,
  extensionUrl,
  ICD,
  infused,
  LOINC,
  observation,
  procedure,
  quantity,
} from '../../support/fhir-shapes.ts';
import { findingCodes, mapResources } from '../../support/map-resources.ts';

describe('findings', () => {
  it.each<[string, Resource[], string[]]>([
    [
      'a unit that does not convert',
      [observation(`${LOINC}|8116-6`, { valueQuantity: quantity(5, 'mg/dL') })],
      ['unit-unknown'],
    ],
    [
      'a unit by its text',
      [observation(`${LOINC}|8116-6`, { valueQuantity: { value: 5, unit: 'cells/uL' } })],
      ['unit-by-text'],
    ],
    [
      'a percentage over 100',
      [observation(`${LOINC}|11150-0`, { valueQuantity: quantity(120, '%') })],
      ['value-out-of-range'],
    ],
    [
      'a code of a hospital that nobody mapped',
      [observation('observation|disease-status', { valueCodeableConcept: concept('urn:local|77') })],
      ['code-unmapped'],
    ],
    [
      'a watched word without a map',
      [observation('urn:local|99', { code: { text: 'Minimal residual disease, flow' } })],
      ['code-unmapped'],
    ],
    [
      'nothing for what is no business of ours',
      [observation('http://loinc.org|8302-2', { valueQuantity: quantity(120, 'cm') })],
      [],
    ],
    [
      'a missing date',
      [observation(`${LOINC}|11150-0`, { effectiveDateTime: undefined, valueQuantity: quantity(12, '%') })],
      ['date-missing'],
    ],
    [
      'a date of recording only',
      [condition(`${ICD}|C91.02`, { onsetDateTime: undefined, recordedDate: '2022-03-01' })],
      ['date-recorded-only'],
    ],
    [
      'a month',
      [observation(`${LOINC}|11150-0`, { effectiveDateTime: '2022-03', valueQuantity: quantity(12, '%') })],
      ['date-imprecise'],
    ],
    [
      'a product named in text',
      [
        about('MedicationAdministration', {
          status: 'completed',
          medicationCodeableConcept: { text: 'Kymriah' },
          effectiveDateTime: '2022-03-01',
        }),
      ],
      ['matched-by-text'],
    ],
    ['an infusion without product', [procedure(`${CPT}|38228`)], ['infusion-without-product']],
    [
      'LOINC 8117-4, once a site',
      [
        observation(`${LOINC}|8117-4`, { valueQuantity: quantity(1, '%') }),
        observation(`${LOINC}|8117-4`, { id: 'r2', valueQuantity: quantity(2, '%') }),
      ],
      ['code-inexact'],
    ],
    [
      'instants in UTC, once a site',
      [
        observation(`${LOINC}|11150-0`, {
          effectiveDateTime: '2022-03-01T22:00:00Z',
          valueQuantity: quantity(2, '%'),
        }),
        observation(`${LOINC}|11150-0`, {
          id: 'r2',
          effectiveDateTime: '2022-04-01T22:00:00Z',
          valueQuantity: quantity(2, '%'),
        }),
      ],
      ['date-in-utc'],
    ],
    [
      'never transplanted, and a transplantation',
      [
        infused(),
        procedure(`${CPT}|38240`, { performedDateTime: '2020-03-01' }),
        observation('observation|prior-allogeneic-hct', { valueBoolean: false }),
      ],
      ['assertion-contradicted'],
    ],
    [
      'blinatumomab after it was said that there had been none',
      [
        infused('2021-01-01'),
        administration('agent|blinatumomab', {
          extension: [
            {
              url: extensionUrl('therapy-intent'),
              valueCodeableConcept: concept('therapy-intent|new-therapy'),
            },
          ],
        }),
        observation('observation|blinatumomab-exposure', {
          valueBoolean: false,
          effectiveDateTime: '2021-12-01',
        }),
      ],
      [],
    ],
    [
      'an intent that nobody gave',
      [infused('2021-01-01'), administration('agent|blinatumomab')],
      ['therapy-intent-assumed'],
    ],
    [
      'never transplanted before, and a transplantation after',
      [
        infused(),
        procedure(`${CPT}|38240`),
        observation('observation|prior-allogeneic-hct', { valueBoolean: false }),
      ],
      [],
    ],
    [
      'dated after it was received',
      [observation(`${LOINC}|11150-0`, { effectiveDateTime: '2031-03-01', valueQuantity: quantity(2, '%') })],
      ['date-in-future'],
    ],
    [
      'a value that cannot be read',
      [observation(`${LOINC}|11150-0`, { valueString: 'many' })],
      ['value-unreadable'],
    ],
    [
      'an explicit "not known" is none',
      [
        observation(`${LOINC}|11150-0`, {
          dataAbsentReason: concept('http://terminology.hl7.org/CodeSystem/data-absent-reason|unknown'),
        }),
      ],
      [],
    ],
  ])('%s', (_, resources, expected) => {
    expect(findingCodes(mapResources(...resources))).toEqual(expected);
  });
});
