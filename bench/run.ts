/** `npm run bench -- NAME`: runs `bench/NAME.ts`; without a name, says which there are. Peers run in the same process or run. */
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';

/** Files that a benchmark uses and that are none. */
const PARTS = new Set([
  'run',
  'hct-calls',
  'hct-load',
  'import-files',
  'most-memory',
  'server-growth',
  'server-load',
  'server-run',
  'validate-hl7',
]);

const folder = new URL('./', import.meta.url);
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => basename(file, '.ts'))
  .filter((name) => !PARTS.has(name));
const [name = '', ...options] = process.argv.slice(2);

if (names.includes(name)) {
  process.argv.splice(2, process.argv.length - 2, ...options);
  await import(new URL(`${name}.ts`, folder).href);
} else {
  process.stderr.write(`Expected one of ${names.join(', ')}; found "${name}"\n`);
  process.exitCode = 2;
}
