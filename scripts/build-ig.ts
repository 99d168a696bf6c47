/** `npm run ig`: compiles the guide in profiles/ offline and writes profiles/package.tgz and docs/profiles.md. */
import { stat, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { writeArchive } from './ig-archive.ts';
import { compileGuide } from './ig-compile.ts';
import { inputDigest } from './ig-digest.ts';
import { GUIDE_INDEX_FILE, guideIndex } from './ig-index.ts';
import { packageFiles } from './ig-package-files.ts';

const root = new URL('../', import.meta.url);
const archive = fileURLToPath(new URL('profiles/package.tgz', root));
const scratch = fileURLToPath(new URL('.cache/', root));

const guide = await compileGuide();
for (const warning of guide.warnings) process.stderr.write(`warning ${warning}\n`);
for (const error of guide.errors) process.stderr.write(`error ${error}\n`);

if (guide.errors.length > 0) {
  process.stderr.write(`The guide has ${guide.errors.length} errors; nothing was written.\n`);
  process.exitCode = 1;
} else {
  await writeArchive(archive, packageFiles(guide, { inputDigest: await inputDigest() }), scratch);
  await writeFile(new URL(GUIDE_INDEX_FILE, root), await guideIndex());
  const { size } = await stat(archive);
  process.stderr.write(
    `profiles/package.tgz: ${guide.definitions.length} definitions, ${guide.examples.length} examples, ${Math.round(size / 1024)} kB\n`,
  );
}
