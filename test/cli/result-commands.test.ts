import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseLines, spawnCartograph } from './spawn-cartograph.ts';

const AS_OF = '2025-06-30';

/** In an order that has nothing to do with theirs, each of them twice. */
function scrambledTwice(lines: readonly string[]): string {
  const scrambled = lines.toSorted((a, b) => (a.slice(-40) < b.slice(-40) ? -1 : 1));
  return [...scrambled, ...scrambled.toReversed()].map((line) => `${line}\n`).join('');
}

describe.each(['native', 'us-core'])(
  'a synthetic cohort as %s bundles, in any order and twice over',
  (dialect) => {
    interface Truth {
      readonly patient: string;
      readonly endpoints: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
      readonly hct: Readonly<Record<string, unknown>>;
    }
    let truth: readonly Truth[];
    let input: string;

    beforeAll(async () => {
      const folder = await mkdtemp(join(tmpdir(), 'cartograph-example-'));
      const file = join(folder, 'truth.json');
      const args = ['example', '--patients', '40', '--seed', 'any', '--dialect', dialect, '--truth', file];
      const { status, stdout } = await spawnCartograph(args);
      expect(status).toBe(0);
      truth = (JSON.parse(await readFile(file, 'utf8')) as { readonly patients: readonly Truth[] }).patients;
      input = scrambledTwice(stdout.trimEnd().split('\n'));
      await rm(folder, { recursive: true });
    });

    it('derives the endpoints that are true', async () => {
      const args = ['derive', '-', '--as-of', AS_OF, '--endpoint', 'OS', 'EFS_RW_D28', 'LFS_PEKING'];
      const { status, stdout } = await spawnCartograph(args, input);
      expect(status).toBe(0);
      const found = parseLines(stdout).map(({ patient, endpoint, status: result, type, date, days }) => ({
        patient,
        endpoint,
        result,
        type,
        date,
        days,
      }));
      const expected = truth.flatMap(({ patient, endpoints }) =>
        ['OS', 'EFS_RW_D28', 'LFS_PEKING'].map((endpoint) => {
          const { status: result, type, date, days } = endpoints[endpoint] ?? {};
          return { patient, endpoint, result, type, date, days };
        }),
      );
      expect(found).toEqual(expected);
    });

    it('assesses what is true', async () => {
      const { status, stdout } = await spawnCartograph(['hct', '-', '--as-of', AS_OF], input);
      expect(status).toBe(0);
      const found = parseLines(stdout).map((line) => [
        line['patient'],
        line['status'],
        line['branch'],
        line['missing'],
      ]);
      expect(found).toEqual(
        truth.map(({ patient, hct }) => [patient, hct['status'], hct['branch'], hct['missing']]),
      );
    });
  },
);

describe('cartograph derive', () => {
  const patient = `${JSON.stringify({ resourceType: 'Patient', id: 'a', gender: 'male', birthDate: '2012-05-01' })}\n`;

  it('gives everybody a line for every definition, the members in a fixed order', async () => {
    const { stdout } = await spawnCartograph(['derive', '-', '--as-of', AS_OF], patient);
    const lines = parseLines(stdout);
    expect(lines.length).toBeGreaterThanOrEqual(3);
    expect(new Set(lines.map(({ endpoint }) => endpoint)).size).toBe(lines.length);
    for (const line of lines)
      expect(line).toMatchObject({ patient: 'a', asOf: AS_OF, status: 'NOT_APPLICABLE' });
    expect(Object.keys(lines[0] ?? {}).slice(0, 5)).toEqual([
      'patient',
      'endpoint',
      'version',
      'asOf',
      'status',
    ]);
  });

  it.each([
    [
      'ids behind the option, input first',
      ['derive', '-', '--endpoint', 'OS', 'EFS_RW_D28'],
      ['OS', 'EFS_RW_D28'],
    ],
    ['input behind the option', ['derive', '--endpoint', 'OS', '-'], ['OS']],
    [
      'the option repeated',
      ['derive', '--endpoint', 'OS', '--endpoint', 'LFS_PEKING', '-'],
      ['OS', 'LFS_PEKING'],
    ],
    ['one id twice', ['derive', '-', '--endpoint', 'OS', 'OS'], ['OS']],
  ])('takes %s', async (_name, args, expected) => {
    const { stdout } = await spawnCartograph(args, patient);
    expect(parseLines(stdout).map(({ endpoint }) => endpoint)).toEqual(expected);
  });

  it('takes today where no date is given', async () => {
    const { stdout } = await spawnCartograph(['derive', '-', '--endpoint', 'OS'], patient);
    expect(parseLines(stdout)[0]?.['asOf']).toMatch(/^20\d\d-\d\d-\d\d$/);
  });

  it.each([
    ['an unknown endpoint', ['derive', '--endpoint', 'EFS', '-'], 'EFS_RW_D28'],
    ['an endpoint and no input', ['derive', '--endpoint', 'OS'], "missing required argument 'in'"],
    ['a date that the calendar has not', ['derive', '--as-of', '2025-02-30', '-'], 'YYYY-MM-DD'],
    ['a month for a date', ['hct', '--as-of', '2025-02', '-'], 'YYYY-MM-DD'],
    ['no patients', ['example', '--patients', '0'], 'from 1 to 9999'],
    ['an unknown dialect', ['example', '--dialect', 'latin'], 'native, us-core'],
  ])('%s is wrong usage', async (_name, args, expected) => {
    const { status, stdout, stderr } = await spawnCartograph(args, patient);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(expected);
  });
});

describe('cartograph example', () => {
  it('gives the same bytes for the same seed, others for another', async () => {
    const args = (seed: string) => ['example', '--patients', '2', '--seed', seed];
    const [first, again, other] = await Promise.all(
      ['x', 'x', 'y'].map((seed) => spawnCartograph(args(seed))),
    );
    expect(first?.stdout).toBe(again?.stdout);
    expect(first?.stdout).not.toBe(other?.stdout);
    expect(parseLines(first?.stdout ?? '').every(({ resourceType }) => resourceType === 'Bundle')).toBe(true);
  });
});
