/** The index of R4 element types, from the core definitions of FHIR (hl7.fhir.r4.examples, CC0). */
import { readdir, readFile } from 'node:fs/promises';

export const R4_ELEMENTS_FILE = 'src/fhir/r4-elements.generated.ts';

const PACKAGE = new URL('../node_modules/hl7.fhir.r4.examples/', import.meta.url);

interface ElementDefinition {
  readonly path: string;
  readonly max: string;
  readonly type?: readonly { readonly code: string }[];
  readonly contentReference?: string;
}

interface Definition {
  readonly type: string;
  readonly kind: string;
  readonly derivation?: string;
  readonly abstract: boolean;
  readonly snapshot?: { readonly element: readonly ElementDefinition[] };
}

const HEAD = `/* Generated from the R4 core definitions by \`npm run generate\`; do not edit. */

/** Type, or path of a nested element, to "name type" separated by commas; a star where the element repeats. */
export const R4_ELEMENTS: Readonly<Record<string, string>> = {
`;

export async function r4Elements(): Promise<string> {
  const definitions = await coreDefinitions();
  const types = new Map<string, string[]>();
  for (const definition of definitions) addTypes(definition, types);
  const resources = definitions
    .filter((one) => one.kind === 'resource' && !one.abstract)
    .map((one) => one.type);
  const lines = [...types]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, elements]) => `  '${type}': '${elements.join(',')}',\n`);
  const list = resources.toSorted().map((type) => `  '${type}',\n`);
  return `${HEAD}${lines.join('')}};\n\n/** Every concrete resource type of R4. */\nexport const R4_RESOURCE_TYPES: readonly string[] = [\n${list.join('')}];\n`;
}

async function coreDefinitions(): Promise<readonly Definition[]> {
  const names = (await readdir(PACKAGE)).filter((name) => /^StructureDefinition-[A-Za-z]+\.json$/.test(name));
  const all = await Promise.all(
    names.map(
      async (name): Promise<Definition> => JSON.parse(await readFile(new URL(name, PACKAGE), 'utf8')),
    ),
  );
  return all.filter(
    (one) => one.derivation !== 'constraint' && (one.kind === 'resource' || one.kind === 'complex-type'),
  );
}

/** One entry for the type itself, and one for each element that has elements of its own. */
function addTypes(definition: Definition, types: Map<string, string[]>): void {
  for (const element of definition.snapshot?.element ?? []) {
    const dot = element.path.lastIndexOf('.');
    if (dot === -1) continue;
    const owner = element.path.slice(0, dot);
    const name = element.path.slice(dot + 1);
    const star = element.max === '*' || Number(element.max) > 1 ? '*' : '';
    const elements = types.get(owner) ?? [];
    types.set(owner, elements);
    for (const [shown, type] of typesOf(element, name)) elements.push(`${shown} ${type}${star}`);
  }
}

/** Names as they stand in JSON: `value[x]` becomes one name for each type. */
function typesOf(element: ElementDefinition, name: string): readonly (readonly [string, string])[] {
  if (element.contentReference !== undefined) return [[name, element.contentReference.slice(1)]];
  return (element.type ?? []).map(({ code }) => {
    const type = code.startsWith('http://hl7.org/fhirpath/') ? 'string' : code;
    if (type === 'BackboneElement' || type === 'Element') return [name, element.path];
    return name.endsWith('[x]')
      ? [name.slice(0, -3) + type.charAt(0).toUpperCase() + type.slice(1), type]
      : [name, type];
  });
}
