/** Every call of docs/reproduction.md answers on the example cohort. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseLines, spawnCartograph } from './spawn-cartograph.ts';

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

const unique = [...new Set(calls.map(({ call }) => call))];
const answers = new Map<string, Awaited<ReturnType<typeof spawnCartograph>>>();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cartograph-reproduction-'));
  for (const { call, file } of sets) {
    const { status, stdout } = await spawnCartograph(argsOf(call));
    expect(status).toBe(0);
    await writeFile(join(folder, file), stdout);
  }
  const queue = [...unique];
  await Promise.all(
    Array.from({ length: 3 }, async () => {
      for (let call = queue.shift(); call !== undefined; call = queue.shift()) {
        answers.set(call, await spawnCartograph(argsOf(call)));
      }
    }),
  );
}, 240_000);
afterAll(() => rm(folder, { recursive: true }));

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

  it.each(unique)('cartograph %s', (call) => {
    const { status, stdout, stderr } = answers.get(call) ?? { status: null, stdout: '', stderr: '' };
    expect([status, stderr.includes('"severity":"error"')]).toEqual([0, false]);
    expect(parseLines(stdout)).toHaveLength(1);
  });
});
