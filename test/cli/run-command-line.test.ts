import { readFile } from 'node:fs/promises';
import { spawnCartograph } from './spawn-cartograph.ts';

it('says its version and the meaning of its exit status', async () => {
  const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { readonly version: string };
  expect((await spawnCartograph(['--version'])).stdout).toBe(`${version}\n`);
  expect((await spawnCartograph(['--help'])).stdout).toContain('1 the input has errors');
});
