import type { Resource } from '@medplum/fhirtypes';
import { concept, extensionUrl, LOINC, observation, procedure, quantity } from '../../support/fhir-shapes.ts';
import { contentAt, mapResources } from '../../support/map-resources.ts';

const DAY = { date: '2022-03-01' };
const lab = (code: string, value: object): Resource =>
  observation(`${LOINC}|${code}`, { valueQuantity: value });

const part = (code: string, value: object): object => ({ code: concept(`component|${code}`), ...value });
describe('vital signs, oxygen, weight', () => {
  it.each<[string, Resource, string, object[]]>([
    [
      'degrees Fahrenheit',
      lab('8310-5', quantity(101.3, '[degF]')),
      'vitalSigns',
      [{ sign: 'temperature', value: 38.5 }],
    ],
    ['pounds', lab('29463-7', quantity(66, '[lb_av]')), 'vitalSigns', [{ sign: 'weight', value: 29.937 }]],
    ['inches', lab('8302-2', quantity(50, '[in_i]')), 'vitalSigns', [{ sign: 'height', value: 127 }]],
    [
      'blood pressure in its parts',
      observation(`${LOINC}|85354-9`, {
        component: [
          { code: concept(`${LOINC}|8480-6`), valueQuantity: quantity(95, 'mm[Hg]') },
          { code: concept(`${LOINC}|8462-4`), valueQuantity: quantity(55, 'mm[Hg]') },
          { code: concept('urn:local|position'), valueString: 'lying' },
        ],
      }),
      'vitalSigns',
      [
        { sign: 'diastolic', value: 55 },
        { sign: 'systolic', value: 95 },
      ],
    ],
    [
      'oxygen saturation',
      lab('2708-6', quantity(93, '%')),
      'vitalSigns',
      [{ sign: 'oxygen-saturation', value: 93 }],
    ],
    [
      'a flow of nothing is room air',
      observation(`${LOINC}|59408-5`, {
        valueQuantity: quantity(97, '%'),
        component: [{ code: concept(`${LOINC}|3151-8`), valueQuantity: quantity(0, 'L/min') }],
      }),
      'oxygenSupport',
      [{ device: 'NONE', flow: 0 }],
    ],
    [
      'the device beside a saturation',
      observation(`${LOINC}|59408-5`, {
        valueQuantity: quantity(91, '%'),
        component: [
          { code: concept(`${LOINC}|3151-8`), valueQuantity: quantity(2, 'L/min') },
          part('oxygen-device', { valueCodeableConcept: concept('oxygen-device|nasal-cannula') }),
        ],
      }),
      'oxygenSupport',
      [{ device: 'NASAL_CANNULA', flow: 2 }],
    ],
    [
      'the device by itself',
      observation('observation|oxygen-support', { valueCodeableConcept: concept('oxygen-device|cpap') }),
      'oxygenSupport',
      [{ device: 'CPAP' }],
    ],
  ])('%s', (_, resource, list, expected) => {
    const record = mapResources(resource);
    expect(contentAt(record, `observations.${list}`)).toEqual(expected.map((fact) => ({ ...DAY, ...fact })));
    expect(record.findings).toEqual([]);
  });

  it.each([
    ['2021-12-20', 6],
    ['2021-12-02', 6],
    ['2021-12-01', undefined],
    ['2022-01-02', undefined],
  ])('a weight of %s gives the dose per kilogram %s', (date, dosePerKg) => {
    const record = mapResources(
      observation(`${LOINC}|29463-7`, { effectiveDateTime: date, valueQuantity: quantity(30, 'kg') }),
      procedure('procedure|car-t-infusion', {
        performedDateTime: '2022-01-01',
        extension: [{ url: extensionUrl('car-t-dose'), valueQuantity: quantity(180, '10*6') }],
      }),
    );
    expect(record.courses[0]?.infusion.dosePerKg).toBe(dosePerKg);
    expect(record.courses[0]?.infusion.doseAbsolute).toBe(180);
  });
});
