/** `npm run check:ig`: is profiles/package.tgz built from the present sources? Exit 1 where not. */
import { fileURLToPath } from 'node:url';
import { readArchive } from './ig-archive.ts';
import { inputDigest } from './ig-digest.ts';

const archive = fileURLToPath(new URL('../profiles/package.tgz', import.meta.url));

const files = await readArchive(archive).catch(() => new Map<string, string>());
const { inputDigest: built } = JSON.parse(files.get('package/other/build.json') ?? '{}');

if (built !== (await inputDigest())) {
  process.stderr.write('profiles/package.tgz is stale or missing: run "npm run ig" and commit it.\n');
  process.exitCode = 1;
}
