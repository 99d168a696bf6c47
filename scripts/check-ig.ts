/**
 * `npm run check:ig`: is profiles/package.tgz built from the present sources? Compares the digest of the sources;
 * with `--rebuild` compiles them and compares every file, which takes seconds. Exit 1 where not.
 */
import { fileURLToPath } from 'node:url';
import { readArchive } from './ig-archive.ts';
import { inputDigest } from './ig-digest.ts';

const archive = fileURLToPath(new URL('../profiles/package.tgz', import.meta.url));

const present = await readArchive(archive).catch(() => new Map<string, string>());
const digest = await inputDigest();

async function isCurrent(): Promise<boolean> {
  if (JSON.parse(present.get('package/other/build.json') ?? '{}').inputDigest !== digest) return false;
  if (!process.argv.includes('--rebuild')) return true;
  const { compileGuide } = await import('./ig-compile.ts');
  const { packageFiles } = await import('./ig-package-files.ts');
  const wanted = packageFiles(await compileGuide(), { inputDigest: digest });
  return wanted.size === present.size && [...wanted].every(([file, text]) => present.get(file) === text);
}

if (!(await isCurrent())) {
  process.stderr.write('profiles/package.tgz is stale or missing: run "npm run ig" and commit it.\n');
  process.exitCode = 1;
}
