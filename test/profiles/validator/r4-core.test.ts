import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { loadR4Core } from '../../../src/profiles/load-r4-core.ts';

it('is built from the present definitions', () => {
  const script = fileURLToPath(new URL('../../../scripts/build-r4-index.ts', import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

it.each([
  ['StructureDefinition', 'http://hl7.org/fhir/StructureDefinition/Observation'],
  ['StructureDefinition', 'http://hl7.org/fhir/StructureDefinition/bp'],
  ['ValueSet', 'http://hl7.org/fhir/ValueSet/observation-status'],
  ['CodeSystem', 'http://terminology.hl7.org/CodeSystem/v3-ActCode'],
  ['SearchParameter', 'http://hl7.org/fhir/SearchParameter/Observation-status'],
])('holds the %s %s', async (resourceType, url) => {
  const core = await loadR4Core();
  expect(core.find(resourceType, url)).toMatchObject({ resourceType, url });
});
