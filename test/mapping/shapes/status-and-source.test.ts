import type { Resource } from '@medplum/fhirtypes';
import {
  CPT,
  condition,
  LOINC,
  observation,
  procedure,
  quantity,
  system,
} from '../../support/fhir-shapes.ts';
import { findingCodes, mapResources } from '../../support/map-resources.ts';

describe('what status says', () => {
  const blasts = (status: string): Resource =>
    observation(`${LOINC}|11150-0`, { status, valueQuantity: quantity(12, '%') });

  it.each([
    ['final', 1, []],
    ['amended', 1, []],
    ['corrected', 1, []],
    ['preliminary', 1, ['status-preliminary']],
    ['registered', 0, []],
    ['cancelled', 0, []],
    ['entered-in-error', 0, []],
    ['unknown', 0, []],
  ])('an observation that is %s gives %i facts', (status, count, findings) => {
    const record = mapResources(blasts(status));
    expect(record.observations.marrowBlasts).toHaveLength(count);
    expect(findingCodes(record)).toEqual(findings);
  });

  it.each(['unconfirmed', 'provisional', 'differential'])(
    'a condition that is %s is a finding and no fact',
    (code) => {
      const record = mapResources(
        condition('condition|b-all', { verificationStatus: { coding: [{ code }] } }),
      );
      expect(record.disease.diagnoses).toEqual([]);
      expect(findingCodes(record)).toEqual(['status-unconfirmed']);
    },
  );

  it('never maps what Cartograph derived', () => {
    const tag = [{ system: system('tag'), code: 'derived' }];
    expect(mapResources(procedure(`${CPT}|38228`, { meta: { tag } })).courses).toEqual([]);
  });
});

it('keeps the source of a fact: resource, version, element, site, author', () => {
  const record = mapResources(
    observation('observation|fit-for-hct', {
      id: 'fit',
      meta: { versionId: '3' },
      valueBoolean: true,
      performer: [{ reference: 'Practitioner/x' }],
    }),
  );
  expect(record.observations.assertions[0]?.sources).toEqual([
    {
      reference: 'Observation/fit',
      versionId: '3',
      path: 'Observation.valueBoolean',
      site: 'a',
      author: 'Practitioner/x',
    },
  ]);
});
