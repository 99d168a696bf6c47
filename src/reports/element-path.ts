import schema from '../cohort/cohort-record.schema.json' with { type: 'json' };

/** Steps of a path into a record, such as `patient.sex.value`; `course` is the index course. */
export type ElementPath = readonly [string, ...string[]];

interface Node {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
}

/** The model's own schema, as far as a path needs it. */
const ROOT = schema as unknown as Node & { readonly $defs: Readonly<Record<string, Node>> };
const DEFINITIONS = ROOT.$defs;
/** Facts about the data, not the patient. */
const ABOUT_DATA = new Set(['sources', 'id', 'findings', 'modelVersion']);

/** Undefined for what is no element of the canonical record by its schema. */
export function parseElementPath(text: string): ElementPath | undefined {
  const [first, ...rest] = text.split('.');
  if (first === undefined || rest.length === 0) return undefined;
  const steps: ElementPath = [first, ...rest];
  if (steps.some((step) => ABOUT_DATA.has(step))) return undefined;
  let node: Node | undefined = first === 'course' ? DEFINITIONS['Course'] : propertyOf(ROOT, first);
  for (const step of rest) node = node === undefined ? undefined : propertyOf(node, step);
  return node === undefined || resolve(node).properties !== undefined ? undefined : steps;
}

/** Every value at the path, lists gone through; primitives alone. */
export function readElementPath(root: unknown, path: readonly string[]): readonly (string | number)[] {
  if (Array.isArray(root)) return root.flatMap((item) => readElementPath(item, path));
  const [step, ...rest] = path;
  if (step === undefined) {
    if (typeof root === 'boolean') return [String(root)];
    return typeof root === 'string' || typeof root === 'number' ? [root] : [];
  }
  if (typeof root !== 'object' || root === null || !(step in root)) return [];
  return readElementPath((root as Readonly<Record<string, unknown>>)[step], rest);
}

function propertyOf(node: Node, name: string): Node | undefined {
  const { properties } = resolve(node);
  return properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
}

/** The object behind references and lists. */
function resolve(node: Node): Node {
  if (node.$ref !== undefined) {
    const target = DEFINITIONS[node.$ref.slice('#/$defs/'.length)];
    return target === undefined ? {} : resolve(target);
  }
  return node.items === undefined ? node : resolve(node.items);
}
