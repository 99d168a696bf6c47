/**
 * ConceptMaps of the guide: from codes of others to ours, taken from mappings/concepts. A map there leads from both
 * to the values of the record; here the way through that value to our own code is gone once, so that a sender sees
 * what the service would read.
 */
import { readdir, readFile } from 'node:fs/promises';

interface Target {
  readonly code: string;
  readonly equivalence: string;
}

interface Group {
  readonly source: string;
  readonly target: string;
  readonly element: readonly { readonly code: string; readonly target: readonly Target[] }[];
}

interface Knowledge {
  readonly name: string;
  readonly title: string;
  readonly group: readonly Group[];
}

/** A ConceptMap as far as packing it needs to know. */
export interface GuideConceptMap {
  readonly resourceType: 'ConceptMap';
  readonly id: string;
  readonly [element: string]: unknown;
}

export const CONCEPTS = 'mappings/concepts/';

const ROOT = new URL('../', import.meta.url);
/** Maps of others' codes alone, with the map that has our codes for the same values. */
const OURS_IN: Readonly<Record<string, string>> = {
  'condition-grade': 'grade',
  'blood-pressure-part': 'observation-kind',
};
/** What the service calls values and plain words: nothing that a sender writes as a code. */
const INTERNAL = ['cohort-model', 'text'];
/** SNOMED CT's autologous transplantation, widely used for an allogeneic one: a guide must not spread it. */
const MISUSED = ['425983008'];

async function loadKnowledge(): Promise<ReadonlyMap<string, Knowledge>> {
  const files = (await readdir(new URL(CONCEPTS, ROOT))).filter((file) => file.endsWith('.json')).sort();
  const read = async (file: string) =>
    [
      file.replace(/\.json$/, ''),
      JSON.parse(await readFile(new URL(`${CONCEPTS}${file}`, ROOT), 'utf8')) as Knowledge,
    ] as const;
  return new Map(await Promise.all(files.map(read)));
}

/** Value of the record → our codes for it, as `system|code`. */
function ownCodes(
  groups: readonly Group[],
  systems: string,
  known: ReadonlySet<string>,
): ReadonlyMap<string, readonly string[]> {
  const codes = new Map<string, string[]>();
  for (const { source, element } of groups) {
    if (!isOwn(source, systems)) continue;
    for (const { code, target } of element) {
      for (const { code: value } of target) {
        if (!known.has(`${source}|${code}`)) continue;
        codes.set(value, [...(codes.get(value) ?? []), `${source}|${code}`]);
      }
    }
  }
  return codes;
}

const isOwn = (system: string, systems: string): boolean =>
  system.startsWith(systems) && !INTERNAL.includes(system.slice(systems.length));

/** One group for each pair of systems; a code whose value none or several of the guide's stand for is left out. */
function publishedGroups(foreign: readonly Group[], own: ReadonlyMap<string, readonly string[]>): Group[] {
  const groups = new Map<string, Group['element'][number][]>();
  for (const { source, element } of foreign) {
    for (const { code, target } of element.filter((each) => !MISUSED.includes(each.code))) {
      for (const { code: value, equivalence } of target) {
        const [ours, ...others] = own.get(value) ?? [];
        if (ours === undefined || others.length > 0) continue;
        const [system = '', ownCode = ''] = ours.split('|');
        const pair = `${source}|${system}`;
        const elements = groups.get(pair) ?? [];
        elements.push({ code, target: [{ code: ownCode, equivalence }] });
        groups.set(pair, elements);
      }
    }
  }
  return [...groups].map(([pair, element]) => {
    const [source = '', target = ''] = pair.split('|');
    return { source, target, element };
  });
}

const pascalCase = (id: string): string =>
  id
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/**
 * @param canonical base of the guide's URLs.
 * @param known the codes that the guide's code systems have, as `system|code`; no map leads to another.
 */
export async function conceptMaps(
  { canonical, copyright }: { readonly canonical: string; readonly copyright: string },
  known: ReadonlySet<string>,
): Promise<readonly GuideConceptMap[]> {
  const systems = `${canonical}/CodeSystem/`;
  const knowledge = await loadKnowledge();
  return [...knowledge].flatMap(([file, { title, group }]) => {
    const ours = knowledge.get(OURS_IN[file] ?? file)?.group ?? [];
    const foreign = group.filter(({ source }) => !source.startsWith(systems));
    const published = publishedGroups(foreign, ownCodes(ours, systems, known));
    if (published.length === 0) return [];
    const id = `cartograph-${file}`;
    return [
      {
        resourceType: 'ConceptMap',
        id,
        url: `${canonical}/ConceptMap/${id}`,
        name: `${pascalCase(file)}Map`,
        title,
        status: 'draft',
        experimental: false,
        description: `${title}: codes of public systems, each with the code of this guide that it is read as.`,
        copyright,
        group: published,
      },
    ];
  });
}
