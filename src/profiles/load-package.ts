import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { list } from 'tar';
import { rejection } from '../core/cartograph-error.ts';
import { isObject } from './definition.ts';

const DEFINITIONS: ReadonlySet<unknown> = new Set([
  'CodeSystem',
  'Questionnaire',
  'SearchParameter',
  'StructureDefinition',
  'ValueSet',
]);

/**
 * The definitions of a guide: an npm package of FHIR (`.tgz`), a folder of JSON files, or one file; of a Bundle those
 * that it carries. Examples of a package are no definitions.
 * @throws CartographError `file-unreadable`, `json-malformed`.
 */
export async function loadPackage(path: string): Promise<readonly unknown[]> {
  const texts = await readTexts(path);
  return texts.flatMap(({ name, text }) => definitionsOf(parse(name, text)));
}

interface NamedText {
  readonly name: string;
  readonly text: string;
}

async function readTexts(path: string): Promise<readonly NamedText[]> {
  try {
    if ((await stat(path)).isDirectory()) return await readFolder(path);
    if (/\.(tgz|tar\.gz)$/i.test(path)) return await readArchive(path);
    return [{ name: path, text: await readFile(path, 'utf8') }];
  } catch (cause) {
    throw rejection('file-unreadable', `${path}: it cannot be read as a guide`, { cause });
  }
}

async function readFolder(path: string): Promise<readonly NamedText[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((name) => isDefinitionFile(name.slice(path.length)))
    .sort();
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(name, 'utf8') })));
}

async function readArchive(path: string): Promise<readonly NamedText[]> {
  const texts: NamedText[] = [];
  await list({
    file: path,
    strict: true,
    onReadEntry: (entry) => {
      const chunks: Buffer[] = [];
      entry.on('data', (chunk) => chunks.push(chunk));
      entry.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        if (isDefinitionFile(entry.path)) texts.push({ name: entry.path, text });
      });
    },
  });
  return texts;
}

function isDefinitionFile(name: string): boolean {
  return (
    name.endsWith('.json') &&
    !/(^|[/\\])(examples?|other|openapi)[/\\]|\.index\.json$|package\.json$/.test(name)
  );
}

function parse(name: string, text: string): unknown {
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch {
    throw rejection('json-malformed', `${name}: not well-formed JSON`);
  }
}

function definitionsOf(resource: unknown): readonly unknown[] {
  if (!isObject(resource)) return [];
  if (DEFINITIONS.has(resource['resourceType'])) return [resource];
  if (resource['resourceType'] !== 'Bundle' || !Array.isArray(resource['entry'])) return [];
  return resource['entry'].flatMap((entry) => (isObject(entry) ? definitionsOf(entry['resource']) : []));
}
