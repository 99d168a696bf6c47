/** The search parameters that are indexed, from the definitions of R4 (hl7.fhir.r4.examples, CC0) and of our guide. */
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { elementsOf } from '../src/fhir/element-types.ts';
import { R4_RESOURCE_TYPES } from '../src/fhir/r4-elements.generated.ts';
import { OWN_GUIDE } from '../src/profiles/load-profiles.ts';
import { readArchive } from './ig-archive.ts';

export const SEARCH_PARAMETERS_FILE = 'src/fhir/search/search-parameters.generated.ts';

const PACKAGE = new URL('../node_modules/hl7.fhir.r4.examples/', import.meta.url);

interface Definition {
  readonly code: string;
  readonly type: string;
  readonly base?: readonly string[];
  readonly expression?: string;
  readonly target?: readonly string[];
  /** Of our guide's own. */
  readonly ownId?: string;
}

const HEAD = `/* Generated from the search parameters of R4 and of our guide by \`npm run generate\`; do not edit. */

/**
 * By resource type, one line a parameter: its name and type, then where its values stand as \`path:type\`, with
 * \`?name=value\` for elements of one kind only and \`extension/end\` for extensions by the end of their URL, then \`>Type\`
 * for the types that a reference may lead to, \`#system\` for the systems that elements of type code imply, and \`@id\`
 * for the definition of those that are the guide's own.
 */
export const SEARCH_PARAMETERS: Readonly<Record<string, readonly string[]>> = {
`;

export async function searchParameters(): Promise<string> {
  const definitions = await readDefinitions();
  const blocks = R4_RESOURCE_TYPES.flatMap((type) => {
    const lines = definitions
      .filter(({ base }) => base?.includes(type))
      .flatMap((definition) => describe(definition, type))
      .sort();
    return lines.length === 0
      ? []
      : [`  ${type}: [\n${lines.map((line) => `    '${line}',\n`).join('')}  ],\n`];
  });
  return `${HEAD}${blocks.join('')}};\n`;
}

async function readDefinitions(): Promise<readonly Definition[]> {
  const names = (await readdir(PACKAGE)).filter((name) => /^SearchParameter-.*\.json$/.test(name));
  const core = await Promise.all(
    names
      .sort()
      .map(async (name): Promise<Definition> => JSON.parse(await readFile(new URL(name, PACKAGE), 'utf8'))),
  );
  return [...core, ...(await ownDefinitions())];
}

async function ownDefinitions(): Promise<readonly Definition[]> {
  const files = [...(await readArchive(OWN_GUIDE))];
  return files
    .filter(([name]) => name.startsWith('package/SearchParameter-'))
    .map(([, text]): Definition & { readonly id: string } => JSON.parse(text))
    .map((definition) => ({ ...definition, ownId: definition.id }));
}

/** Nothing for composites, which the engine has for itself, for what is phonetic, and without an expression of paths. */
function describe({ code, type, expression, target, ownId }: Definition, owner: string): readonly string[] {
  if (expression === undefined || type === 'composite' || type === 'special') return [];
  if (code === 'phonetic') return [];
  const branches = expression.split('|').map((text) => text.trim());
  const places = branches.flatMap((branch) => placesOf(branch, owner));
  if (places.length === 0) return [];
  const only = /where\(resolve\(\) is ([A-Za-z]+)\)/.exec(
    branches.find((branch) => branch.startsWith(`${owner}.`)) ?? '',
  )?.[1];
  const targets = type === 'reference' ? (only === undefined ? (target ?? []) : [only]) : [];
  const listed = targets.length > 20 ? [] : targets.map((name) => `>${name}`);
  const own = ownId === undefined ? [] : [`@${ownId}`];
  const systems = type === 'token' ? impliedSystems(places, owner).map((system) => `#${system}`) : [];
  return [[code, type, ...new Set(places), ...listed, ...systems, ...own].join(' ')];
}

/** Code systems of the value sets that elements of type code are bound to; none where another type is among them. */
function impliedSystems(places: readonly string[], owner: string): readonly string[] {
  const paths = places.map((place) => /^([A-Za-z.]+):code$/.exec(place)?.[1]);
  if (!paths.every((path) => path !== undefined)) return [];
  return [...new Set(paths.flatMap((path) => systemsOf(bindingOf(owner, path))))].sort();
}

/** Canonical of the value set that an element is bound to. */
function bindingOf(type: string, path: string): string | undefined {
  const { snapshot } = readCore(`StructureDefinition-${type}`) as {
    readonly snapshot: {
      readonly element: readonly {
        readonly path: string;
        readonly type?: readonly { readonly code: string }[];
        readonly binding?: { readonly valueSet?: string };
      }[];
    };
  };
  // The longest element of the path that the type has itself; the rest is of that element's type.
  const steps = path.split('.');
  for (let length = steps.length; length > 0; length -= 1) {
    const found = snapshot.element.find((one) => one.path === [type, ...steps.slice(0, length)].join('.'));
    if (found === undefined) continue;
    if (length === steps.length) return found.binding?.valueSet;
    return bindingOf(found.type?.[0]?.code ?? '', steps.slice(length).join('.'));
  }
  return undefined;
}

function systemsOf(valueSet: string | undefined): readonly string[] {
  if (valueSet === undefined) return [];
  const [url = ''] = valueSet.split('|');
  const { compose } = readCore(`ValueSet-${url.slice(url.lastIndexOf('/') + 1)}`) as {
    readonly compose?: { readonly include: readonly { readonly system?: string }[] };
  };
  return (compose?.include ?? []).flatMap(({ system }) => system ?? []);
}

function readCore(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`${name}.json`, PACKAGE), 'utf8'));
}

/** What our guide searches extensions by. */
const EXTENSION = /^(\w+)\.extension\.where\(url\.endsWith\('\/([a-z-]+)'\)\)\.value\.ofType\((\w+)\)$/;

/** A branch such as `(Observation.value as Quantity)` as places such as `valueQuantity:Quantity`. */
function placesOf(branch: string, owner: string): readonly string[] {
  const inExtension = EXTENSION.exec(branch);
  if (inExtension !== null) {
    const [, base, end, type] = inExtension;
    return base === owner ? [`extension/${end}.value${type}:${type}`] : [];
  }
  const plain = branch
    .replace(/^\((.*) as ([A-Za-z]+)\)$/, '$1.as($2)')
    .replace(/^\((.*) as ([A-Za-z]+)\)(\..*)$/, '$1.as($2)$3')
    .replace(/\.where\(resolve\(\) is [A-Za-z]+\)/, '')
    .replace(/\.exists\(\) and .*$/, '')
    .replaceAll(/\.as\(([A-Za-z]+)\)/g, '[$1]');
  if (plain.split('.')[0] !== owner) return [];
  const filter = /\.where\(([a-z]+)='([a-z]+)'\)/.exec(plain);
  const path = plain
    .replace(/\.where\([^)]*\)/, '')
    .split('.')
    .slice(1);
  if (path.some((step) => !/^[A-Za-z]+(?:\[[A-Za-z]+\])?$/.test(step))) return [];
  const ends = path.reduce<readonly End[]>(
    (found, step) => found.flatMap((end) => follow(end, step)),
    [{ path: [], type: owner }],
  );
  const suffix = filter === null ? '' : `?${filter[1]}=${filter[2]}`;
  return ends.map((end) => `${end.path.join('.')}:${end.type}${suffix}`);
}

interface End {
  readonly path: readonly string[];
  readonly type: string;
}

function follow({ path, type }: End, step: string): readonly End[] {
  const [, name = '', wanted] = /^([A-Za-z]+)(?:\[([A-Za-z]+)\])?$/.exec(step) ?? [];
  const elements = elementsOf(type);
  const direct = elements?.get(name);
  if (direct !== undefined) {
    const fits = wanted === undefined || wanted === direct.type;
    return fits ? [{ path: [...path, name], type: direct.type }] : [];
  }
  const choice = new RegExp(`^${name}([A-Z].*)$`);
  return [...(elements ?? [])].flatMap(([key, element]) => {
    const suffix = choice.exec(key)?.[1];
    const isOf = suffix !== undefined && suffix.toLowerCase() === element.type.toLowerCase();
    const fits = wanted === undefined || wanted.toLowerCase() === element.type.toLowerCase();
    return isOf && fits ? [{ path: [...path, key], type: element.type }] : [];
  });
}
