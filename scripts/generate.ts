/** `npm run generate` writes every generated file; `-- --check` only tells which are stale, and fails. */
import { readFile, writeFile } from 'node:fs/promises';
import { generatedFiles } from './generated.ts';

const check = process.argv.includes('--check');
const root = new URL('../', import.meta.url);
let stale = 0;

for await (const { file, content } of generatedFiles()) {
  const present = await readFile(new URL(file, root), 'utf8').catch(() => '');
  if (present === content) continue;
  if (check) {
    stale += 1;
    process.stderr.write(`${file} is stale: run "npm run generate" and commit it.\n`);
  } else {
    await writeFile(new URL(file, root), content);
    process.stderr.write(`${file} written.\n`);
  }
}
process.exitCode = stale > 0 ? 1 : 0;
