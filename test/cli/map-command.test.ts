import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { parseLines, spawnCartograph } from './spawn-cartograph.ts';

const CS = 'https://cartograph.example.org/fhir/CodeSystem';
const patient = (id: string, more: object = {}) => ({
  resourceType: 'Patient',
  id,
  birthDate: '2012-05-01',
  ...more,
});
const status = (id: string, subject: object, effectiveDateTime: string) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ system: `${CS}/cartograph-observation`, code: 'vital-status' }] },
  subject,
  effectiveDateTime,
  valueCodeableConcept: { coding: [{ system: `${CS}/cartograph-vital-status`, code: 'alive' }] },
});
const ndjson = (...values: readonly unknown[]) =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('');

interface Outline {
  readonly id: string;
  readonly followUp: { readonly vitalStatus: readonly { readonly date: string }[] };
}

/** `id date date`: a record by its id and the days of contact. */
function outline(stdout: string): readonly string[] {
  return parseLines(stdout).map((line) => {
    const record = line as unknown as Outline;
    return [record.id, ...record.followUp.vitalStatus.map(({ date }) => date)].join(' ');
  });
}

describe('cartograph map', () => {
  it('keeps the first of two hospitals that use one id, and says so', async () => {
    const from = (source: string) => ({ meta: { source } });
    const input = ndjson(
      patient('a', from('https://ehr.children.example.org')),
      patient('a', { ...from('https://kis.klinikum.example.org'), birthDate: '1990-01-01' }),
    );
    const { status: exit, stdout, stderr } = await spawnCartograph(['map', '-'], input);
    expect(exit).toBe(1);
    expect(parseLines(stdout)).toEqual([
      expect.objectContaining({
        id: 'a',
        patient: { birthDate: expect.objectContaining({ value: '2012-05-01' }) },
      }),
    ]);
    expect(parseLines(stderr)).toEqual([
      expect.objectContaining({ code: 'site-conflict', reference: 'Patient/a', file: 'stdin', line: 2 }),
    ]);
  });

  it('reads standard input and prints a record a patient, in the order of ids', async () => {
    const input = ndjson(patient('b'), patient('a'), status('o1', { reference: 'Patient/b' }, '2025-01-02'));
    const { status: exit, stdout, stderr } = await spawnCartograph(['map', '-'], input);
    expect([exit, stderr]).toEqual([0, '']);
    expect(outline(stdout)).toEqual(['a', 'b 2025-01-02']);
  });

  it('unpacks gzip on standard input', async () => {
    const { status: exit, stdout } = await spawnCartograph(['map', '-'], gzipSync(ndjson(patient('a'))));
    expect(exit).toBe(0);
    expect(outline(stdout)).toEqual(['a']);
  });

  it('collects a patient over the files of a folder, whatever their order', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cartograph-map-'));
    await writeFile(
      join(folder, '1-Observation.ndjson.gz'),
      gzipSync(
        ndjson(
          status('o1', { reference: 'Patient/a' }, '2025-01-02'),
          status('o2', { reference: 'http://ehr.example.org/fhir/Patient/a' }, '2025-01-03'),
          status('o3', { reference: 'Patient?identifier=urn:mrn|7' }, '2025-01-04'),
          status('o4', { identifier: { system: 'urn:mrn', value: '7' } }, '2025-01-05'),
        ),
      ),
    );
    const mrn = { identifier: [{ system: 'urn:mrn', value: '7' }] };
    await writeFile(join(folder, '2-Patient.json'), JSON.stringify(patient('a', mrn), null, 2));
    const { stdout } = await spawnCartograph(['map', folder]);
    await rm(folder, { recursive: true });
    expect(outline(stdout)).toEqual(['a 2025-01-02 2025-01-03 2025-01-04 2025-01-05']);
  });

  it('gives nothing of a hospital to the patient of another that has the same id', async () => {
    const children = { meta: { source: 'https://ehr.children.example.org' } };
    const klinikum = { meta: { source: 'https://kis.klinikum.example.org' } };
    const input = ndjson(
      patient('a', children),
      { ...status('o1', { reference: 'Patient/a' }, '2025-01-02'), ...children },
      patient('a', { ...klinikum, birthDate: '1990-01-01' }),
      { ...status('o2', { reference: 'Patient/a' }, '2025-01-03'), ...klinikum },
      {
        ...status('o3', { reference: 'https://kis.klinikum.example.org/fhir/Patient/a' }, '2025-01-04'),
        ...klinikum,
      },
    );
    const { stdout, stderr } = await spawnCartograph(['map', '-'], input);
    expect(outline(stdout)).toEqual(['a 2025-01-02']);
    expect(parseLines(stderr).map(({ code, reference }) => `${code} ${reference}`)).toEqual([
      'site-conflict Patient/a',
      'patient-unknown Observation/o2',
      'patient-unknown Observation/o3',
    ]);
  });

  it('gives what an identifier names to nobody where two people carry it', async () => {
    const mrn = { identifier: [{ system: 'urn:mrn', value: '7' }] };
    const byIdentifier = { identifier: { system: 'urn:mrn', value: '7' } };
    const input = ndjson(
      patient('p', mrn),
      patient('q', { ...mrn, birthDate: '2013-01-01' }),
      status('o1', byIdentifier, '2025-01-02'),
      status('o2', { reference: 'Patient/q' }, '2025-01-03'),
    );
    const { stdout, stderr } = await spawnCartograph(['map', '-'], input);
    expect(outline(stdout)).toEqual(['p', 'q 2025-01-03']);
    expect(parseLines(stderr).map(({ code, reference }) => `${code} ${reference}`)).toEqual([
      'identity-conflict Patient/p',
      'subject-ambiguous Observation/o1',
      'identity-conflict Patient/q',
      'subject-ambiguous Observation/o1',
    ]);
  });

  it('makes one record of patients that share an identifier, named by the smallest id', async () => {
    const mrn = { identifier: [{ system: 'urn:mrn', value: '7' }] };
    const input = ndjson(
      status('o1', { reference: 'Patient/z' }, '2025-01-02'),
      patient('z', mrn),
      patient('k', mrn),
      status('o2', { reference: 'Patient/k' }, '2025-01-03'),
    );
    expect(outline((await spawnCartograph(['map', '-'], input)).stdout)).toEqual(['k 2025-01-02 2025-01-03']);
  });

  it.each([
    [
      'the later lastUpdated, wherever it stands',
      { lastUpdated: '2025-02-02T00:00:00Z' },
      { lastUpdated: '2025-02-01T00:00:00Z' },
      '2025-01-02',
    ],
    ['the higher version', { versionId: '10' }, { versionId: '9' }, '2025-01-02'],
    ['else the one that comes later', {}, {}, '2025-01-03'],
  ])('takes of two versions %s', async (_name, first, second, expected) => {
    const subject = { reference: 'Patient/a' };
    const input = ndjson(
      patient('a'),
      { ...status('o1', subject, '2025-01-02'), meta: first },
      { ...status('o1', subject, '2025-01-03'), meta: second },
    );
    expect(outline((await spawnCartograph(['map', '-'], input)).stdout)).toEqual([`a ${expected}`]);
  });

  it('forgets what a later version says was entered in error', async () => {
    const one = status('o1', { reference: 'Patient/a' }, '2025-01-02');
    const input = ndjson(patient('a'), one, { ...one, status: 'entered-in-error' });
    expect(outline((await spawnCartograph(['map', '-'], input)).stdout)).toEqual(['a']);
  });

  it('names file and line of a malformed line, maps the rest, and ends with 1', async () => {
    const input = `${ndjson(patient('a'))}{"resourceType":"Patient","name":\n${ndjson(patient('b'))}`;
    const { status: exit, stdout, stderr } = await spawnCartograph(['map', '-'], input);
    expect(exit).toBe(1);
    expect(outline(stdout)).toEqual(['a', 'b']);
    expect(parseLines(stderr)).toMatchObject([
      { code: 'json-malformed', severity: 'error', file: 'stdin', line: 2 },
    ]);
  });

  it('says so when a resource names no patient that is here', async () => {
    const input = ndjson(patient('a'), status('o1', { display: 'somebody' }, '2025-01-02'));
    const { status: exit, stderr } = await spawnCartograph(['map', '-'], input);
    expect(exit).toBe(0);
    expect(parseLines(stderr)).toMatchObject([{ code: 'patient-unknown', reference: 'Observation/o1' }]);
  });

  it('does not take empty input for a hospital without patients', async () => {
    const { status, stdout, stderr } = await spawnCartograph(['map', '-']);
    expect([status, stdout]).toEqual([1, '']);
    expect(parseLines(stderr)).toMatchObject([
      { code: 'not-fhir', severity: 'warning', file: 'stdin' },
      { code: 'not-fhir', severity: 'error', found: '-' },
    ]);
  });

  it('ends quietly when its reader has had enough', async () => {
    const entry = fileURLToPath(new URL('../../src/cli/cartograph.ts', import.meta.url));
    const patients = Array.from({ length: 2000 }, (_, index) => patient(`p${index}`));
    const child = spawn(process.execPath, ['--no-warnings', entry, 'map', '-'], { stdio: 'pipe' });
    child.stdout.once('data', () => child.stdout.destroy());
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.stdin.end(ndjson(...patients));
    const exit = await new Promise((resolve) => child.on('close', resolve));
    expect([exit, stderr]).toEqual([0, '']);
  });
});

describe('wrong usage', () => {
  it.each([
    ['no command', [], 'Usage: cartograph'],
    ['an unknown command', ['frobnicate'], "unknown command 'frobnicate'"],
    ['no input', ['map'], "missing required argument 'in'"],
    ['an unknown option', ['map', '--frob', '-'], "unknown option '--frob'"],
    ['a mappings folder that is none', ['map', '--mappings', '/nonexistent', '-'], 'file-unreadable'],
  ])('%s ends with 2 and one clear sentence', async (_name, args, expected) => {
    const { status: exit, stdout, stderr } = await spawnCartograph(args);
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toContain(expected);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });

  it('help is no error', async () => {
    const { status: exit, stdout } = await spawnCartograph(['--help']);
    expect(exit).toBe(0);
    expect(stdout).toContain('map');
  });
});
