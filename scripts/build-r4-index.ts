/**
 * `npm run r4-core` writes profiles/r4-core.br: R4's own definitions, cut to what validation needs, so that the package
 * they come from (191 MB) is not needed to run. Lines of JSON under brotli: first a header with the digest of what it
 * was built from and the kind and URL of every further line. With `--check` only says whether it is current.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { trimCodeSystem, trimSearchParameter, trimStructure, trimValueSet } from './r4-core-trim.ts';

type Json = Readonly<Record<string, unknown>>;

const ROOT = new URL('../', import.meta.url);
const PACKAGE = new URL('node_modules/hl7.fhir.r4.examples/', ROOT);
const TARGET = new URL('profiles/r4-core.br', ROOT);
const SOURCES = ['scripts/build-r4-index.ts', 'scripts/r4-core-trim.ts'];
const KINDS = ['StructureDefinition', 'ValueSet', 'CodeSystem', 'SearchParameter'] as const;

async function inputDigest(): Promise<string> {
  const { version } = JSON.parse(await readFile(new URL('package.json', PACKAGE), 'utf8'));
  const hash = createHash('sha256').update(`hl7.fhir.r4.examples@${version}\n`);
  for (const file of SOURCES) {
    hash.update((await readFile(new URL(file, ROOT), 'utf8')).replaceAll('\r\n', '\n'));
  }
  return hash.digest('hex');
}

async function readDefinitions(): Promise<readonly Json[]> {
  const names = (await readdir(PACKAGE)).filter((name) =>
    KINDS.some((kind) => name.startsWith(`${kind}-`) && name.endsWith('.json')),
  );
  return Promise.all(
    names.sort().map(async (name) => JSON.parse(await readFile(new URL(name, PACKAGE), 'utf8'))),
  );
}

/** Properties of concepts that a value set filters by. */
function filteredProperties(definitions: readonly Json[]): ReadonlySet<string> {
  const text = JSON.stringify(definitions.filter(({ resourceType }) => resourceType === 'ValueSet'));
  return new Set([...text.matchAll(/"filter":\[\{"property":"([^"]+)"/g)].map(([, name]) => String(name)));
}

function trim(definition: Json, properties: ReadonlySet<string>): Json | undefined {
  switch (definition['resourceType']) {
    case 'StructureDefinition':
      return definition['snapshot'] === undefined ? undefined : trimStructure(definition);
    case 'CodeSystem':
      return trimCodeSystem(definition, properties);
    case 'ValueSet':
      return trimValueSet(definition);
    default:
      return trimSearchParameter(definition);
  }
}

async function build(digest: string): Promise<Buffer> {
  const definitions = await readDefinitions();
  const properties = filteredProperties(definitions);
  const kept = definitions.map((each) => trim(each, properties)).filter((each) => each !== undefined);
  const entries = kept.map(({ resourceType, url }) => [resourceType, url]);
  const lines = [
    JSON.stringify({ inputDigest: digest, entries }),
    ...kept.map((each) => JSON.stringify(each)),
  ];
  const text = Buffer.from(lines.join('\n'));
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
  };
  return brotliCompressSync(text, { params });
}

const digest = await inputDigest();
if (process.argv.includes('--check')) {
  const present = await readFile(TARGET).then(
    (bytes) => brotliDecompressSync(bytes).toString('utf8'),
    () => '{}',
  );
  const header = JSON.parse(present.slice(0, Math.max(0, present.indexOf('\n'))) || '{}');
  if (header.inputDigest !== digest) {
    process.stderr.write(
      'profiles/r4-core.br is stale or missing: run "node scripts/build-r4-index.ts" and commit it.\n',
    );
    process.exitCode = 1;
  }
} else {
  const bytes = await build(digest);
  await writeFile(TARGET, bytes);
  process.stderr.write(`profiles/r4-core.br written: ${bytes.length} bytes.\n`);
}
