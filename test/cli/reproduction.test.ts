/** Every call of docs/reproduction.md answers on the example cohort. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildCohortCommand } from '../../src/cli/cohort-command.ts';
import { buildStatsCommand } from '../../src/cli/stats-command.ts';
import { runCommand } from './run-command.ts';
import { parseLines } from './spawn-cartograph.ts';

const COHORT = 'examples/cohort/native.ndjson';
const ROWS = [
  ...Array.from({ length: 13 }, (_, index) => `BEL-${index + 1}`),
  ...Array.from({ length: 10 }, (_, index) => `JI-${index + 1}`),
  ...Array.from({ length: 18 }, (_, index) => `PKU-${index + 1}`),
];

const page = await readFile('docs/reproduction.md', 'utf8');
const calls = [...page.matchAll(/^\| ([A-Z]+-\d+) \| .* \| `cartograph (.*)` \|$/gm)].map(
  ([, row = '', call = '']) => ({ row, call }),
);
const sets = [...page.matchAll(/^cartograph (cohort .*) > (\w+\.csv)$/gm)].map(
  ([, call = '', file = '']) => ({
    call,
    file,
  }),
);
const columns = /```text\n(.*)\n```/.exec(page)?.[1] ?? '';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cartograph-reproduction-'));
  for (const { call, file } of sets) await writeFile(join(folder, file), (await run(call)).stdout);
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

function run(call: string): ReturnType<typeof runCommand> {
  const [name, ...args] = argsOf(call);
  return runCommand(name === 'stats' ? buildStatsCommand : buildCohortCommand, args);
}

function argsOf(call: string): readonly string[] {
  return call
    .split(' ')
    .map((word) => (word === '$COHORT' ? COHORT : word === '$COLUMNS' ? columns : word))
    .map((word) => (word.endsWith('.csv') ? join(folder, word) : word));
}

describe('docs/reproduction.md', () => {
  it('has every row of the published tables', () => {
    expect([...new Set(calls.map(({ row }) => row))]).toEqual(ROWS);
    expect(sets).toHaveLength(4);
  });

  it.each([...new Set(calls.map(({ call }) => call))])('cartograph %s', async (call) => {
    const { stdout, stderr } = await run(call);
    expect(stderr).not.toContain('"severity":"error"');
    expect(parseLines(stdout)).toHaveLength(1);
  });
});
