import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { parseLines, spawnCartograph } from './spawn-cartograph.ts';

const LINES = [
  { resourceType: 'Patient', id: 'p', gender: 'female', name: [{ given: ['Ada', 'B'] }] },
  { resourceType: 'Patient', id: 'q', name: [{ given: ['say "x", y'] }] },
  { resourceType: 'Basic', id: 'b', code: { text: 'x' } },
]
  .map((line) => JSON.stringify(line))
  .join('\n');
const VIEW = {
  resourceType: 'ViewDefinition',
  name: 'people',
  status: 'active',
  resource: 'Patient',
  select: [
    {
      column: [
        { name: 'id', path: 'getResourceKey()' },
        { name: 'gender', path: 'gender' },
        { name: 'given', path: 'name.given', collection: true },
      ],
    },
  ],
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cartograph-view-'));
  await writeFile(join(folder, 'view.json'), JSON.stringify(VIEW));
  await writeFile(
    join(folder, 'single.json'),
    JSON.stringify({ ...VIEW, select: [{ column: [{ name: 'given', path: 'name.given' }] }] }),
  );
  await writeFile(join(folder, 'broken.json'), JSON.stringify({ ...VIEW, select: [{ column: [{}] }] }));
});
afterAll(() => rm(folder, { recursive: true }));

describe('cartograph view', () => {
  it('prints rows as NDJSON', async () => {
    const { status, stdout, stderr } = await spawnCartograph(['view', join(folder, 'view.json'), '-'], LINES);
    expect([status, stderr]).toEqual([0, '']);
    expect(parseLines(stdout)).toEqual([
      { id: 'Patient/p', gender: 'female', given: ['Ada', 'B'] },
      { id: 'Patient/q', gender: null, given: ['say "x", y'] },
    ]);
  });

  it('prints rows as CSV', async () => {
    const args = ['view', join(folder, 'view.json'), '-', '--format', 'csv'];
    const { status, stdout } = await spawnCartograph(args, LINES);
    expect(status).toBe(0);
    expect(stdout).toBe(
      'id,gender,given\r\nPatient/p,female,"[""Ada"",""B""]"\r\nPatient/q,,"[""say \\""x\\"", y""]"\r\n',
    );
  });

  it('prints rows as Parquet, and a value of another type than declared as a finding', async () => {
    const column = [
      { name: 'id', path: 'getResourceKey()' },
      { name: 'born', path: 'birthDate', type: 'date', tag: [{ name: 'ansi/type', value: 'DATE' }] },
      { name: 'children', path: 'multipleBirth.ofType(integer)' },
      { name: 'given', path: 'name.given', collection: true },
    ];
    const view = join(folder, 'typed.json');
    await writeFile(view, JSON.stringify({ ...VIEW, select: [{ column }] }));
    const people = [
      { resourceType: 'Patient', id: 'p', birthDate: '2012-02-29', multipleBirthInteger: 2 },
      { resourceType: 'Patient', id: 'q', birthDate: '2012-02' },
      { resourceType: 'Patient', id: 'r', name: [{ given: ['Ada', 'B'] }] },
    ];
    const input = people.map((one) => JSON.stringify(one)).join('\n');
    const { status, bytes, stderr } = await spawnCartograph(
      ['view', view, '-', '--format', 'parquet'],
      input,
    );
    expect(await parquetReadObjects({ file: new Uint8Array(bytes).buffer })).toEqual([
      { id: 'Patient/p', born: new Date('2012-02-29'), children: 2, given: [] },
      { id: 'Patient/r', born: null, children: null, given: ['Ada', 'B'] },
    ]);
    expect(status).toBe(1);
    expect(parseLines(stderr)).toEqual([
      expect.objectContaining({ code: 'cell-type-mismatch', reference: 'Patient/q', line: 2 }),
    ]);
  });

  it('goes on behind a resource to which the view cannot be applied', async () => {
    const { status, stdout, stderr } = await spawnCartograph(
      ['view', join(folder, 'single.json'), '-'],
      LINES,
    );
    expect(status).toBe(1);
    expect(parseLines(stdout)).toEqual([{ given: 'say "x", y' }]);
    expect(parseLines(stderr)).toEqual([
      expect.objectContaining({ code: 'expression-failed', reference: 'Patient/p', file: 'stdin', line: 1 }),
    ]);
  });

  it.each([
    ['broken.json', 'mapping-invalid'],
    ['missing.json', 'file-unreadable'],
  ])('refuses %s with %s', async (file, code) => {
    const { status, stderr } = await spawnCartograph(['view', join(folder, file), '-'], LINES);
    expect([status, parseLines(stderr)[0]?.['code']]).toEqual([2, code]);
  });
});

describe('cartograph mappings', () => {
  it('finds its own files sound, all expressions compiled, all elements known', async () => {
    const { status, stdout, stderr } = await spawnCartograph(['mappings', 'check']);
    expect([status, stderr]).toEqual([0, '']);
    expect(parseLines(stdout)).toEqual([expect.objectContaining({ fallbacks: [], unknownElements: [] })]);
  });

  it('names every trouble of a folder that is none', async () => {
    const { status, stdout, stderr } = await spawnCartograph(['mappings', 'check', '--mappings', folder]);
    expect([status, stdout]).toEqual([1, '']);
    expect(parseLines(stderr)[0]).toMatchObject({ code: 'file-unreadable' });
  });

  it('asks for input', async () => {
    expect((await spawnCartograph(['mappings', 'explain'])).status).toBe(2);
  });

  it('explains what was understood of a resource, and what fell through', async () => {
    const input = JSON.stringify({
      resourceType: 'Observation',
      id: 'o',
      status: 'final',
      code: {
        coding: [
          { system: 'http://loinc.org', code: '718-7' },
          { system: 'urn:local', code: 'HB' },
        ],
      },
      subject: { reference: 'Patient/p' },
      effectiveDateTime: '2022-03-01',
      valueQuantity: { value: 92, system: 'http://unitsofmeasure.org', code: 'g/L' },
    });
    const { status, stdout } = await spawnCartograph(['mappings', 'explain', '-'], input);
    expect(status).toBe(0);
    expect(parseLines(stdout)).toEqual([
      {
        resource: 'Observation/o',
        site: 'local',
        occurrence: 'OCCURRED',
        codes: [
          { element: 'code', system: 'http://loinc.org', code: '718-7', means: ['haemoglobin'] },
          { element: 'code', system: 'urn:local', code: 'HB', means: [] },
        ],
        matched: [
          {
            factMap: 'laboratory',
            view: 'laboratory_observation',
            kind: 'haemoglobin',
            rows: [{ effective_dateTime: '2022-03-01', value__value: [92], value__ucum: ['g/L'] }],
          },
        ],
        facts: [{ kind: 'laboratory', elements: { date: '2022-03-01', analyte: 'haemoglobin', value: 9.2 } }],
        findings: [],
      },
    ]);
  });
});
