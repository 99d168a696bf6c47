import type { Resource } from '@medplum/fhirtypes';
import { buildDataQualityReport, UnmappedCodes } from '../../src/mapping/data-quality.ts';
import { loadMappings } from '../../src/mapping/load-mappings.ts';
import { about, administration, condition, LOINC, observation, quantity } from '../support/fhir-shapes.ts';

const finding = (code: string, site?: string) => ({
  code,
  severity: 'warning' as const,
  message: '',
  ...(site === undefined ? {} : { site }),
});

it('counts findings by site and code, and the persons behind them', () => {
  const records = [
    { findings: [finding('unit-unknown', 'a'), finding('unit-unknown', 'a'), finding('unit-unknown', 'b')] },
    { findings: [finding('unit-unknown', 'a'), finding('identity-conflict')] },
    { findings: [] },
  ];
  const counted = {
    patients: 3,
    findings: [
      { site: 'a', code: 'unit-unknown', severity: 'warning', count: 3, patients: 2 },
      { code: 'identity-conflict', severity: 'warning', count: 1, patients: 1 },
      { site: 'b', code: 'unit-unknown', severity: 'warning', count: 1, patients: 1 },
    ],
    unmappedCodes: [],
  };
  expect(buildDataQualityReport(records)).toEqual(counted);
  expect(buildDataQualityReport(records.toReversed())).toEqual(counted);
});

it('counts the codes that nothing knows, by site; never a text', async () => {
  const codes = new UnmappedCodes(await loadMappings('mappings'));
  const own = (resource: Resource, site: string) => ({ resource, site });
  codes.addPerson([
    own(observation('urn:local|7', {}), 'a'),
    own(observation('urn:local|7', {}), 'a'),
    own(observation('urn:local|7', {}), 'b'),
    own(observation(`${LOINC}|718-7`, { valueQuantity: quantity(9, 'g/dL') }), 'a'),
    own(condition('urn:local|x', { code: { text: 'Somebody said something' } }), 'a'),
    own(administration('urn:local|d'), 'a'),
    own(about('Encounter', { status: 'finished' }), 'a'),
  ]);
  expect(codes.list()).toEqual([
    { site: 'a', resourceType: 'Observation', system: 'urn:local', code: '7', count: 2 },
    { site: 'a', resourceType: 'Condition', count: 1 },
    { site: 'a', resourceType: 'MedicationAdministration', system: 'urn:local', code: 'd', count: 1 },
    { site: 'b', resourceType: 'Observation', system: 'urn:local', code: '7', count: 1 },
  ]);
});
