import type { Resource } from '@medplum/fhirtypes';
import { LOINC, observation, quantity } from '../../support/fhir-shapes.ts';
import { contentAt, mapResources } from '../../support/map-resources.ts';

const DAY = { date: '2022-03-01' };
const lab = (code: string, value: object): Resource =>
  observation(`${LOINC}|${code}`, { valueQuantity: value });

describe('laboratory values in canonical units', () => {
  it.each<[string, string, object, object]>([
    ['ANC in 10*9/L', '751-8', quantity(0.45, '10*9/L'), { analyte: 'anc', value: 450 }],
    ['ANC in /mm3', '753-4', quantity(450, '/mm3'), { analyte: 'anc', value: 450 }],
    ['lymphocytes', '26474-7', quantity(1.2, '10*3/uL'), { analyte: 'alc', value: 1200 }],
    ['platelets in /uL', '777-3', quantity(35000, '/uL'), { analyte: 'platelets', value: 35 }],
    ['leukocytes', '26464-8', quantity(1.2, '10*9/L'), { analyte: 'wbc', value: 1.2 }],
    ['haemoglobin in g/L', '718-7', quantity(92, 'g/L'), { analyte: 'haemoglobin', value: 9.2 }],
    ['haemoglobin in mmol/L', '718-7', quantity(6, 'mmol/L'), { analyte: 'haemoglobin', value: 9.666 }],
    ['IgG in g/L', '2465-3', quantity(3.9, 'g/L'), { analyte: 'igg', value: 390 }],
    [
      'IgG as a bound',
      '2465-3',
      quantity(200, 'mg/dL', '<'),
      { analyte: 'igg', value: 200, comparator: '<' },
    ],
    ['ferritin in ng/mL', '2276-4', quantity(8000, 'ng/mL'), { analyte: 'ferritin', value: 8000 }],
    ['CRP in mg/dL', '1988-5', quantity(4.2, 'mg/dL'), { analyte: 'crp', value: 42 }],
    [
      'IL-6 in ng/L',
      '26881-3',
      quantity(5000, 'ng/L', '>'),
      { analyte: 'il-6', value: 5000, comparator: '>' },
    ],
    ['fibrinogen in g/L', '3255-7', quantity(1.2, 'g/L'), { analyte: 'fibrinogen', value: 120 }],
    ['triglycerides in mmol/L', '2571-8', quantity(3, 'mmol/L'), { analyte: 'triglycerides', value: 265.71 }],
    ['AST', '1920-8', quantity(210, 'U/L'), { analyte: 'ast', value: 210 }],
    ['ALT in microkatal', '1742-6', quantity(2, 'ukat/L'), { analyte: 'alt', value: 120 }],
    ['LDH', '14804-9', quantity(900, 'U/L'), { analyte: 'ldh', value: 900 }],
    ['creatinine in umol/L', '2160-0', quantity(88.42, 'umol/L'), { analyte: 'creatinine', value: 1 }],
    ['a unit by its text', '718-7', { value: 92, unit: 'g/L' }, { analyte: 'haemoglobin', value: 9.2 }],
  ])('%s', (_, code, value, expected) => {
    expect(contentAt(mapResources(lab(code, value)), 'observations.laboratory')).toEqual([
      { ...DAY, ...expected },
    ]);
  });

  it('keeps the reference range, and the time', () => {
    const record = mapResources(
      observation(`${LOINC}|718-7`, {
        effectiveDateTime: '2022-03-01T07:30:00+01:00',
        valueQuantity: quantity(92, 'g/L'),
        referenceRange: [{ low: quantity(110, 'g/L'), high: quantity(160, 'g/L') }],
      }),
    );
    expect(contentAt(record, 'observations.laboratory')).toEqual([
      {
        ...DAY,
        time: '07:30:00+01:00',
        epochMinute: 27_435_270,
        analyte: 'haemoglobin',
        value: 9.2,
        lowerLimit: 11,
        upperLimit: 16,
      },
    ]);
  });

  it.each([
    ['a unit of another kind', '718-7', quantity(92, '10*9/L'), 'unit-unknown'],
    ['copies a millilitre do not convert', undefined, quantity(900, '{copies}/mL'), 'unit-unknown'],
    ['an impossible value', '718-7', quantity(92, 'g/dL'), 'value-out-of-range'],
  ])('%s', (_, code, value, expected) => {
    const record = mapResources(
      code === undefined
        ? observation('observation|car-transgene', { valueQuantity: value })
        : lab(code, value),
    );
    expect(record.observations.laboratory).toEqual([]);
    expect(record.observations.transgene).toEqual([]);
    expect(record.findings.map((finding) => finding.code)).toEqual([expected]);
  });
});
