import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildStatsCommand } from '../../../src/cli/stats-command.ts';
import { runCommand } from '../run-command.ts';
import { parseLines, spawnCartograph } from '../spawn-cartograph.ts';

/** Clinical specification 8.2, with its values of R. */
const TABLE = `months,event,group,cause,arm,named,switch
1.5,1,0,1,b,relapse,
3,1,1,2,a,death,1
4,0,0,0,b,censored,
5,1,1,1,a,relapse,2
5,1,0,1,b,relapse,
8,0,1,0,a,censored,
10,1,0,2,b,death,4
12,1,1,1,a,relapse,6
15,0,0,0,b,censored,
20,0,1,0,a,censored,9
24,1,0,1,b,relapse,
30,0,1,0,a,censored,12
`;

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cartograph-stats-'));
  file = join(folder, 'table.csv');
  await writeFile(file, TABLE);
});
afterAll(() => rm(folder, { recursive: true }));

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely
async function run(...args: readonly string[]): Promise<any> {
  const { stdout, stderr } = await runCommand(buildStatsCommand, [...args, '--data', file]);
  expect(stderr).toBe('');
  const [value] = parseLines(stdout);
  return value;
}

// What a method says of itself never hides what was asked for.
it.each([
  ['mann-whitney', ['--value', 'months', '--group', 'arm'], { value: 'months', group: 'arm' }],
  ['spearman', ['--value', 'months', '--with', 'cause'], { value: 'months', with: 'cause' }],
  ['mcnemar', ['--value', 'event', '--with', 'group'], { value: 'event', with: 'group' }],
  ['chi-square', ['--value', 'event', '--group', 'arm'], { group: 'arm', value: 'event' }],
])('%s names the method and its columns', async (method, args, columns) => {
  expect(await run(method, ...args)).toMatchObject({ method, columns });
});

const FOLLOWED = ['--time', 'months', '--event', 'event'];
const COMPETING = ['--time', 'months', '--event', 'cause'];

describe('cartograph stats', () => {
  it('km gives the estimate, its interval and the median', async () => {
    const { groups, confidence, reproducibility } = await run('km', ...FOLLOWED, '--at', '12,24,31');
    expect([confidence, reproducibility]).toEqual([{ type: 'log-log', level: 0.95 }, 'exact']);
    expect(groups).toHaveLength(1);
    const [{ n, events, median, at, curve }] = groups;
    expect([n, events, median]).toEqual([12, 7, { time: 12, lower: 3, upper: null }]);
    expect(at[0]).toMatchObject({ time: 12, atRisk: 5, events: 6 });
    expect(at[0].estimate).toBeCloseTo(0.432099, 6);
    expect([at[0].lower, at[0].upper].map((limit) => limit.toFixed(6))).toEqual(['0.141010', '0.698076']);
    expect(at[2]).toMatchObject({ estimate: null, reason: 'beyond-last-observation' });
    expect(curve).toHaveLength(11);
    expect(curve[3]).toMatchObject({ time: 5, atRisk: 9, events: 2, censored: 0 });
  });

  it('km by group, with another interval', async () => {
    const { groups } = await run('km', ...FOLLOWED, '--group', 'arm', '--conf', 'plain', '--no-curve');
    expect(groups.map(({ group, n, events }: Record<string, unknown>) => [group, n, events])).toEqual([
      ['a', 6, 3],
      ['b', 6, 4],
    ]);
    expect(groups[0]).not.toHaveProperty('curve');
  });

  it('logrank, gray, cox and the reverse Kaplan-Meier give what R gives', async () => {
    const [rank, gray, cox, breslow, followUp] = await Promise.all([
      run('logrank', ...FOLLOWED, '--group', 'group'),
      run('gray', ...COMPETING, '--group', 'group'),
      run('cox', ...FOLLOWED, '--covariates', 'group'),
      run('cox', ...FOLLOWED, '--covariates', 'group', '--ties', 'breslow'),
      run('reverse-km', ...FOLLOWED, '--conf', 'log'),
    ]);
    expect(rank.test.chiSquare).toBeCloseTo(0.342743, 6);
    expect(gray.tests.map(({ chiSquare }: { chiSquare: number }) => chiSquare.toFixed(6))).toEqual([
      '0.434522',
      '0.007293',
    ]);
    expect(cox.coefficients[0].coefficient).toBeCloseTo(-0.440874, 6);
    expect(cox.reproducibility).toBe('approx');
    expect(breslow.coefficients[0].ratio).toBeCloseTo(0.64611, 5);
    expect(followUp.groups[0].reverse).toMatchObject({ time: 20, lower: 15 });
  });

  it('cif takes causes by number and by name', async () => {
    const at = ['--at', '6,12,24', '--no-curve'];
    const byNumber = await run('cif', ...COMPETING, ...at);
    const byName = await run(
      'cif',
      '--time',
      'months',
      '--event',
      'named',
      '--causes',
      'relapse,death',
      ...at,
    );
    const estimates = byNumber.groups[0].causes.map((cause: { at: { estimate: number }[] }) =>
      cause.at.map(({ estimate }) => estimate.toFixed(6)),
    );
    expect(estimates).toEqual([
      ['0.268519', '0.376543', '0.592593'],
      ['0.083333', '0.191358', '0.191358'],
    ]);
    expect(byName.groups[0].causes.map(({ cause }: { cause: string }) => cause)).toEqual([
      'relapse',
      'death',
    ]);
    expect(byName.groups[0].causes[0].at).toEqual(byNumber.groups[0].causes[0].at);
  });

  it('takes a text covariate as a factor, its first level the reference', async () => {
    const { coefficients } = await run('cox', ...FOLLOWED, '--covariates', 'arm');
    expect(coefficients).toMatchObject([{ name: 'arm=b' }]);
    expect(coefficients[0].coefficient).toBeCloseTo(0.440874, 6);
  });

  it('follows an exposure from its beginning', async () => {
    const exposed = [...FOLLOWED, '--exposure', 'switch', '--no-curve'];
    const { groups, test, cox } = await run('simon-makuch', ...exposed);
    expect(groups.map(({ group, n }: Record<string, unknown>) => [group, n])).toEqual([
      ['not exposed', 12],
      ['exposed', 6],
    ]);
    expect(test.status).toBe('computed');
    expect(cox.n).toBe(18);
    const landmark = await run('landmark', ...exposed, '--landmark', '5');
    expect(landmark.excluded).toEqual({ eventBefore: 4, censoredBefore: 1 });
    expect(landmark.groups.map(({ n }: { n: number }) => n)).toEqual([6, 1]);
  });

  it('leaves out rows without a value and says how many', async () => {
    const { n, omitted } = await run('summary', '--value', 'switch');
    expect([n, omitted]).toEqual([6, 6]);
  });

  it.each([
    ['mann-whitney', ['--value', 'months', '--group', 'arm'], 'u'],
    ['t-test', ['--value', 'months', '--group', 'arm'], 't'],
    ['kruskal-wallis', ['--value', 'months', '--group', 'arm'], 'chiSquare'],
    ['wilcoxon', ['--value', 'months', '--with', 'group'], 'v'],
    ['paired-t', ['--value', 'months', '--with', 'group'], 't'],
    ['pearson', ['--value', 'months', '--with', 'group'], 'r'],
    ['spearman', ['--value', 'months', '--with', 'group'], 'rho'],
    ['chi-square', ['--value', 'event', '--group', 'arm'], 'chiSquare'],
    ['fisher', ['--value', 'event', '--group', 'arm'], 'oddsRatio'],
    ['mcnemar', ['--value', 'event', '--with', 'group'], 'discordant'],
    ['logistic', ['--event', 'event', '--covariates', 'months'], 'coefficients'],
    ['firth', [...FOLLOWED, '--covariates', 'arm'], 'coefficients'],
    ['zph', [...FOLLOWED, '--covariates', 'arm'], 'global'],
    ['finegray', [...COMPETING, '--covariates', 'arm'], 'coefficients'],
    ['rmst', [...FOLLOWED, '--limit', '24'], 'groups'],
    ['proportion', ['--event', 'event', '--group', 'arm'], 'groups'],
  ])('%s answers', async (method, args, key) => {
    const result = await run(method, ...args);
    expect(result).toHaveProperty(key);
    expect(result.status ?? 'computed').toBe('computed');
    expect(JSON.stringify(result)).not.toContain('NaN');
  });
});

describe('what cartograph stats cannot use', () => {
  async function fail(table: string, ...args: readonly string[]) {
    const { status, stdout, stderr } = await spawnCartograph(['stats', ...args, '--data', '-'], table);
    return { status, stdout, stderr };
  }
  const km = ['km', '--time', 't', '--event', 'e'];

  it.each([
    ['a negative time', 't,e\n1,0\n-1,1\n', 'Row 2: t is -1'],
    ['a time in words', 't,e\nsoon,1\n', 'Row 1: t is soon'],
    ['a text event code', 't,e\n1,relapse\n', '--causes'],
    ['a code that is neither 0 nor 1', 't,e\n1,2\n', 'Row 1: e is 2'],
    ['an empty table', '', 'empty'],
  ])('%s is an error of the input, and named', async (_, table, expected) => {
    const { status, stdout, stderr } = await fail(table, ...km);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain(expected);
    expect(JSON.parse(stderr.split('\n')[0] ?? '')).toMatchObject({ code: 'statistics-input-invalid' });
  });

  it.each([
    ['an unknown column', ['km', '--time', 'month', '--event', 'e'], 'expected":"t, e'],
    ['a missing option', ['km', '--time', 't'], 'km needs --event'],
    ['no covariates', ['cox', '--time', 't', '--event', 'e'], 'cox needs --covariates'],
    ['an unknown method', ['survfit', '--time', 't'], 'logrank'],
    ['an unknown interval', [...km, '--conf', 'loglog'], 'log-log'],
    ['a time that is none', [...km, '--at', '1,x'], 'number of 0 or more'],
  ])('%s is wrong usage', async (_, args, expected) => {
    const { status, stdout, stderr } = await fail('t,e\n1,1\n', ...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(expected);
  });

  it('one patient has a curve, and reasons for what does not exist', async () => {
    const one = await fail('t,e,g\n3,1,x\n', ...km);
    expect(parseLines(one.stdout)[0]).toMatchObject({ groups: [{ n: 1, events: 1, median: { time: 3 } }] });
    const test = await fail('t,e,g\n3,1,x\n', 'logrank', '--time', 't', '--event', 'e', '--group', 'g');
    expect(parseLines(test.stdout)[0]).toMatchObject({
      test: { status: 'not-computed', reason: 'too-few-groups' },
    });
  });

  it('no rows have reasons as well', async () => {
    const { status, stdout } = await fail('t,e\n', ...km, '--at', '1');
    expect(status).toBe(0);
    expect(parseLines(stdout)[0]).toMatchObject({ groups: [{ n: 0, at: [{ reason: 'no-observations' }] }] });
  });
});
