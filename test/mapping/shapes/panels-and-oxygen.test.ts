/** Resources as exports of real systems write them: panels and oxygen. One case a shape. */
import type { Resource } from '@medplum/fhirtypes';
import { concept, LOINC, observation, quantity } from '../../support/fhir-shapes.ts';
import { contentAt, findingCodes, mapResources } from '../../support/map-resources.ts';

const DAY = { date: '2022-03-01' };
const lab = (code: string, content: object): Resource => observation(`${LOINC}|${code}`, content);

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
