/** A digest of everything that the built guide depends on: its sources, its builder, SUSHI and R4 core. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { CONCEPTS } from './ig-concept-maps.ts';

const ROOT = new URL('../', import.meta.url);
const FSH = 'profiles/input/fsh/';
const BUILDER = [
  'ig-archive.ts',
  'ig-compile.ts',
  'ig-concept-maps.ts',
  'ig-core-package.ts',
  'ig-package-files.ts',
];
const TOOLS = ['fsh-sushi', 'hl7.fhir.r4.examples', 'tar'];

async function toolVersion(name: string): Promise<string> {
  const { version } = JSON.parse(await readFile(new URL(`node_modules/${name}/package.json`, ROOT), 'utf8'));
  return `${name}@${version}`;
}

async function filesIn(folder: string, ending: string): Promise<readonly string[]> {
  const names = (await readdir(new URL(folder, ROOT))).filter((file) => file.endsWith(ending)).sort();
  return names.map((name) => `${folder}${name}`);
}

/** SHA-256 in hex. Line endings do not count, so that a checkout on any system gives the same. */
export async function inputDigest(): Promise<string> {
  const files = [
    'profiles/sushi-config.yaml',
    ...(await filesIn(FSH, '.fsh')),
    ...(await filesIn(CONCEPTS, '.json')),
    ...BUILDER.map((file) => `scripts/${file}`),
  ];
  const hash = createHash('sha256');
  for (const file of files) {
    const text = (await readFile(new URL(file, ROOT), 'utf8')).replaceAll('\r\n', '\n');
    hash.update(`${file}\n${text.length}\n${text}`);
  }
  for (const tool of TOOLS) hash.update(`${await toolVersion(tool)}\n`);
  return hash.digest('hex');
}
