import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnCartograph } from './spawn-cartograph.ts';

const PROFILE = {
  resourceType: 'StructureDefinition',
  url: 'http://example.org/fhir/StructureDefinition/named',
  type: 'Patient',
  kind: 'resource',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
  derivation: 'constraint',
  differential: { element: [{ path: 'Patient.name', min: 1 }] },
};

let folder: string;
let patient: string;
let profile: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'validate-'));
  patient = join(folder, 'patient.json');
  profile = join(folder, 'named.json');
  await writeFile(patient, JSON.stringify({ resourceType: 'Patient', gender: 'female' }));
  await writeFile(profile, JSON.stringify(PROFILE));
});

afterAll(() => rm(folder, { recursive: true }));

it('says nothing of errors for a valid resource', async () => {
  const { status, stderr } = await spawnCartograph(['validate', patient]);
  expect(status).toBe(0);
  expect(stderr).toContain('1 resources, 0 invalid: 0 errors');
});

it.each([
  ['input first', () => ['validate', patient, '--profile', PROFILE.url, '--ig', profile]],
  ['input behind the profile', () => ['validate', '--ig', profile, '--profile', PROFILE.url, patient]],
  ['input behind the guide', () => ['validate', '--profile', PROFILE.url, '--ig', profile, patient]],
])('checks against a profile of a guide, %s', async (_name, args) => {
  const { status, stdout } = await spawnCartograph(args());
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    resourceType: 'OperationOutcome',
    issue: expect.arrayContaining([
      expect.objectContaining({ severity: 'error', expression: ['Patient'], location: [`${patient}:1`] }),
    ]),
  });
});

it('is wrong usage without an input', async () => {
  expect((await spawnCartograph(['validate'])).status).toBe(2);
});

it.each([
  ['an empty file', '', 'The input holds no resource'],
  ['a picture', Buffer.from('89504e470d0a1a0a0001ff', 'hex'), '1 invalid: 1 errors'],
])('has an error for %s, and no empty string in its outcome', async (_name, content, expected) => {
  const file = join(folder, 'broken.json');
  await writeFile(file, content);
  const { status, stdout, stderr } = await spawnCartograph(['validate', file]);
  expect(status).toBe(1);
  expect(stderr).toContain(expected);
  expect(stdout).not.toContain('""');
});
