/** Reads `mappings/` and its site overlays; the only file of this folder that does I/O. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ConceptMap } from '@medplum/fhirtypes';
import { rejection } from '../core/cartograph-error.ts';
import type { ConceptMapFile } from '../fhir/terminology/concept-map.ts';
import { checkFactMap, checkSite, checkSystems, checkUnits } from './check-files.ts';
import { buildMappings, type Mappings, type SiteOverlay } from './mappings.ts';

interface JsonFile {
  readonly file: string;
  readonly text: string;
  readonly content: unknown;
}

/**
 * Loads and compiles the mapping knowledge under `folder`.
 * @throws CartographError `mapping-invalid` naming file and path, `file-unreadable` for a missing folder
 */
export async function loadMappings(folder: string): Promise<Mappings> {
  const [views, facts, concepts, [units], [systems], [watched], sites] = await Promise.all([
    readFolder(join(folder, 'views')),
    readFolder(join(folder, 'facts')),
    readFolder(join(folder, 'concepts')),
    readFiles(folder, ['units.json'], ''),
    readFiles(folder, ['systems.json'], ''),
    readFiles(folder, ['watched-words.json'], ''),
    readSites(join(folder, 'sites')),
  ]);
  const all = [...views, ...facts, ...concepts, ...sites.flatMap(({ files }) => files)];
  return buildMappings({
    version: digest([...all, ...[units, systems, watched].filter((file) => file !== undefined)]),
    views: views.map(({ file, content }) => ({ file, view: content })),
    factMaps: facts.map(({ file, content }) => ({ file, factMap: checkFactMap(file, content) })),
    concepts: concepts.map(conceptMapFile),
    units: checkUnits('units.json', units?.content),
    systems: checkSystems('systems.json', systems?.content),
    watchedWords: wordsOf(watched?.content),
    sites: sites.map(({ overlay }) => overlay),
  });
}

async function readSites(
  folder: string,
): Promise<readonly { readonly overlay: SiteOverlay; readonly files: readonly JsonFile[] }[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return Promise.all(
    names.sort().map(async (name) => {
      const label = `sites/${name}`;
      const [site] = await readFiles(join(folder, name), ['site.json'], label);
      if (site === undefined) throw rejection('mapping-invalid', `${label} has no site.json`);
      const present = new Set(await readdir(join(folder, name)));
      const concepts = present.has('concepts')
        ? await readFolder(join(folder, name, 'concepts'), `${label}/concepts`)
        : [];
      const units = present.has('units.json')
        ? await readFiles(join(folder, name), ['units.json'], label)
        : [];
      const checked = checkSite(site.file, site.content);
      if (checked.site !== name) {
        throw rejection(
          'mapping-invalid',
          `${site.file} /site: the folder is named ${name}; name both alike`,
          {
            expression: '/site',
            found: checked.site,
            expected: name,
          },
        );
      }
      const overlay = {
        ...checked,
        concepts: concepts.map(conceptMapFile),
        units: units[0] === undefined ? {} : checkUnits(units[0].file, units[0].content),
      };
      return { overlay, files: [site, ...concepts, ...units] };
    }),
  );
}

async function readFolder(folder: string, label = basename(folder)): Promise<readonly JsonFile[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw rejection('file-unreadable', `The mapping folder ${basename(folder)} cannot be read`, {
      found: folder,
      expected: 'mapping knowledge, in folders named views, facts, concepts and sites',
      cause,
    });
  });
  return readFiles(folder, names.filter((name) => name.endsWith('.json')).sort(), label);
}

/** `label` is how messages name the folder. */
async function readFiles(
  folder: string,
  names: readonly string[],
  label = basename(folder),
): Promise<readonly JsonFile[]> {
  return Promise.all(
    names.map(async (name) => {
      const file = label === '' ? name : `${label}/${name}`;
      const text = await readFile(join(folder, name), 'utf8').catch((cause: unknown) => {
        throw rejection('file-unreadable', `The mapping file ${file} cannot be read`, { cause });
      });
      return { file, text, content: parse(file, text) };
    }),
  );
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw rejection('mapping-invalid', `${file} is not JSON: ${(cause as Error).message}`, { cause });
  }
}

function conceptMapFile({ file, content }: JsonFile): ConceptMapFile {
  const map = content as Partial<ConceptMap> | null;
  if (map?.resourceType !== 'ConceptMap' || typeof map.url !== 'string' || !Array.isArray(map.group)) {
    throw rejection('mapping-invalid', `${file} is no ConceptMap with url and group`);
  }
  return { file, map: map as ConceptMap };
}

function wordsOf(content: unknown): readonly string[] {
  const words = (content as { readonly words?: unknown } | undefined)?.words;
  if (!Array.isArray(words) || !words.every((word) => typeof word === 'string')) {
    throw rejection('mapping-invalid', 'watched-words.json/words must be a list of lower-case texts');
  }
  return words;
}

function digest(files: readonly JsonFile[]): string {
  const hash = createHash('sha256');
  for (const { file, text } of files) hash.update(`${file}\0${text}\0`);
  return hash.digest('hex').slice(0, 16);
}
