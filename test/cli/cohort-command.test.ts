import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { parseLines, spawnCartograph } from './spawn-cartograph.ts';

const COHORT = ['cohort', 'examples/cohort/native.ndjson', '--as-of', '2025-06-30'];

describe('cartograph cohort', () => {
  it('gives survival with numbers at risk', async () => {
    const { status, stdout } = await spawnCartograph([...COHORT, '--endpoint', 'OS', '--by', 'prior-hct']);
    expect(status).toBe(0);
    const [report, ...more] = parseLines(stdout);
    expect(more).toEqual([]);
    expect(report).toMatchObject({
      report: 'survival',
      asOf: '2025-06-30',
      endpoint: { id: 'OS' },
      by: 'prior-hct',
      records: { n: 20, digest: expect.stringMatching(/^[0-9a-f]{64}$/) },
      versions: { mappings: expect.stringMatching(/^[0-9a-f]+$/) },
      test: { name: 'log-rank', status: 'computed' },
    });
    const strata = report?.['strata'] as readonly { readonly n: number; readonly numbersAtRisk: object[] }[];
    expect(strata.reduce((sum, { n }) => sum + n, 0)).toBe(20);
    expect(strata[0]?.numbersAtRisk[0]).toMatchObject({ time: 0, atRisk: strata[0]?.n });
  });

  it('gives cumulative incidence where events compete, at the days asked for', async () => {
    const args = [...COHORT, '--endpoint', 'CIR', '--at', '100,365', '--conf', 'plain', '--no-curve'];
    const [report] = parseLines((await spawnCartograph(args)).stdout);
    expect(report).toMatchObject({
      report: 'cumulative-incidence',
      confidence: { type: 'plain' },
      strata: [{ stratum: 'all', at: [{ time: 100 }, { time: 365 }] }],
    });
    expect(JSON.stringify(report)).not.toContain('"curve"');
  });

  it.each([
    ['analysis-set', ['--columns', 'cmax'], ['patient', 'origin', 'date', 'days', 'cmax']],
    ['adtte', ['--study', 'S1'], ['STUDYID', 'USUBJID', 'STARTDT', 'ADT', 'AVAL']],
  ])('writes %s as NDJSON, CSV and Parquet with the same rows', async (set, more, names) => {
    const args = [...COHORT, '--endpoint', 'CIR', '--report', set, ...more];
    const [ndjson, csv, parquet] = await Promise.all(
      ['ndjson', 'csv', 'parquet'].map((format) => spawnCartograph([...args, '--format', format])),
    );
    const rows = parseLines(ndjson?.stdout ?? '');
    expect(rows).toHaveLength(20);
    const lines = (csv?.stdout ?? '').trimEnd().split('\r\n');
    expect([lines[0]?.split(','), lines.length]).toEqual([Object.keys(rows[0] ?? {}), 21]);
    const read = await parquetReadObjects({ file: new Uint8Array(parquet?.bytes ?? []).buffer });
    const pick = (row: Readonly<Record<string, unknown>>) =>
      names.map((name) => {
        const value = row[name];
        return value instanceof Date ? value.toISOString().slice(0, 10) : value;
      });
    expect(read.map(pick)).toEqual(rows.map(pick));
  });

  it('takes clinical parameters by file and by call, and says which', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cohort-parameters-'));
    const file = join(folder, 'parameters.json');
    await writeFile(file, JSON.stringify({ severeFromGrade: 1, lloq: 50 }));
    const severe = async (...args: readonly string[]) => {
      const { status, stdout } = await spawnCartograph([...COHORT, '--report', 'paired', ...args]);
      expect(status).toBe(0);
      const [report] = parseLines(stdout);
      const shares = report?.['shares'] as readonly { readonly what: string }[];
      return [shares[2]?.what, report?.['parameters']];
    };
    expect(await severe()).toEqual(['CRS, grade 3 or more', {}]);
    expect(await severe('--parameters', file)).toEqual(['CRS, grade 1 or more', { severeFromGrade: 1 }]);
    expect(await severe('--parameters', file, '--parameter', 'severeFromGrade=2')).toEqual([
      'CRS, grade 2 or more',
      { severeFromGrade: 2 },
    ]);
    await rm(folder, { recursive: true });
  });

  it.each([
    [
      'a naive comparison by what happens later',
      ['--endpoint', 'OS', '--by', 'hct-after'],
      'immortal-time-bias',
    ],
    ['an unknown stratum', ['--endpoint', 'OS', '--by', 'arm'], 'parameter-invalid'],
    ['an unknown endpoint', ['--endpoint', 'EFS'], 'parameter-invalid'],
    ['days that are none', ['--endpoint', 'OS', '--at', 'soon'], 'numbers of days'],
    ['no endpoint', [], '--endpoint'],
    ['no endpoint of a table', ['--report', 'analysis-set'], '--endpoint'],
    ['the endpoint of a swimmer plot', ['--report', 'swimmer', '--endpoint', 'OS'], 'found swimmer'],
    ['the endpoint of pairs', ['--report', 'paired', '--endpoint', 'OS'], 'found paired'],
    ['a parameter of nothing', ['--endpoint', 'OS', '--parameter', 'colour=red'], 'docs/parameters.md'],
    [
      'a parameter out of range',
      ['--report', 'paired', '--parameter', 'severeFromGrade=9'],
      '"expected":"1 to 5"',
    ],
    [
      'a parameter of an endpoint',
      ['--endpoint', 'BCALOSS_CIF', '--parameter', 'bcaDefinition=BCA_PCT1'],
      'an endpoint is fixed by its definition',
    ],
    [
      'a parameter of other columns',
      ['--endpoint', 'OS', '--report', 'analysis-set', '--columns', 'auc', '--parameter', 'bcaConfirm=2'],
      'aucMethod',
    ],
    ['a table of a curve', ['--endpoint', 'OS', '--format', 'csv'], 'analysis-set or adtte, found curve'],
    ['columns of ADTTE', ['--endpoint', 'OS', '--report', 'adtte', '--columns', 'cmax'], "'--columns'"],
    ['strata of a swimmer plot', ['--report', 'swimmer', '--by', 'product'], "'--by'"],
    ['no curve of grades', ['--endpoint', 'OS', '--report', 'grades', '--no-curve'], "'--no-curve'"],
  ])('%s is wrong usage', async (_, args, expected) => {
    const { status, stdout, stderr } = await spawnCartograph([...COHORT, ...args]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(expected);
  });
});
