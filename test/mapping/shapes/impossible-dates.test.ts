/** Dates that cannot be, and two answers of one day. */
import type { Resource } from '@medplum/fhirtypes';
import {
  ATC,
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
} from '../../support/fhir-shapes.ts';
import { findingCodes, mapResources } from '../../support/map-resources.ts';

const lab = (code: string, content: object): Resource => observation(`${LOINC}|${code}`, content);
const tisagenlecleucel = (content: object = {}): Resource => ({
  ...administration(`${ATC}|L01XL04`, { effectiveDateTime: '2022-02-20', ...content }),
  id: 'infusion',
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
      [tisagenlecleucel({ effectiveDateTime: '2022-05-01' }), condition(`${ICD}|C91.02`)],
      ['relapse-before-infusion'],
    ],
    [
      'a relapse on the day of the infusion',
      [tisagenlecleucel({ effectiveDateTime: '2022-03-01' }), condition(`${ICD}|C91.02`)],
      [],
    ],
  ])('%s', (_, resources, findings) => {
    expect(findingCodes(mapResources(...resources))).toEqual(findings);
  });

  it('two products of one day are two courses, and worth a look', () => {
    const other = { ...procedure('http://www.cms.gov/Medicare/Coding/ICD10|XW033M7'), id: 'other' };
    const record = mapResources(other, tisagenlecleucel({ effectiveDateTime: '2022-03-01' }));
    expect(record.courses.map(({ product }) => product.code)).toEqual([
      'brexucabtagene-autoleucel',
      'tisagenlecleucel',
    ]);
    expect(findingCodes(record)).toEqual(['values-conflict', 'values-conflict']);
    const unspecified = { ...procedure(`${CPT}|38228`), id: 'unspecified' };
    expect(
      mapResources(unspecified, tisagenlecleucel({ effectiveDateTime: '2022-03-01' })).courses,
    ).toHaveLength(1);
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
