import { CORE, type Constraint, type ElementDefinition, type ElementType } from './definition.ts';
import type { DefinitionStore } from './definition-store.ts';

/** One JSON property that may hold an element. */
export interface Property {
  readonly key: string;
  /** The key of the object beside it; of primitives only. */
  readonly sidecarKey: string | undefined;
  /** Name of the shape of its values: a type, or the path of an element defined in place. */
  readonly type: string;
  readonly definition: ElementType | undefined;
  /** The step of a FHIRPath to it. */
  readonly step: string;
  readonly element: ShapeElement;
}

export interface ShapeElement {
  /** Without `[x]`. */
  readonly name: string;
  readonly definition: ElementDefinition;
  readonly choice: boolean;
  readonly repeats: boolean;
  readonly min: number;
  readonly max: number;
  readonly properties: readonly Property[];
}

/** What R4 says of a type, or of an element defined in place such as `Observation.component`. */
export interface Shape {
  readonly name: string;
  readonly isResource: boolean;
  readonly elements: ReadonlyMap<string, ShapeElement>;
  readonly byKey: ReadonlyMap<string, Property>;
  readonly constraints: readonly Constraint[];
}

const SYSTEM = 'http://hl7.org/fhirpath/System.';
const FHIR_TYPE = 'http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type';
const IN_PLACE: ReadonlySet<string> = new Set(['BackboneElement', 'Element']);

/** Shapes of all types of a store, built when first asked for. */
export class Shapes {
  readonly #store: DefinitionStore;
  readonly #shapes = new Map<string, Shape | undefined>();
  readonly #resourceTypes = new Map<string, boolean>();
  readonly #parents = new Map<string, string | undefined>();

  constructor(store: DefinitionStore) {
    this.#store = store;
  }

  get(name: string): Shape | undefined {
    if (!this.#shapes.has(name)) this.#build(name.split('.')[0] ?? name);
    return this.#shapes.get(name);
  }

  /** True for types whose values are JSON primitives. */
  isPrimitive(name: string): boolean {
    return isPrimitive(name);
  }

  /** True when `name` is `ancestor` or derives from it. */
  isA(name: string, ancestor: string): boolean {
    for (let type: string | undefined = name; type !== undefined; type = this.#parentOf(type)) {
      if (type === ancestor) return true;
    }
    return false;
  }

  isResourceType(name: string): boolean {
    const known = this.#resourceTypes.get(name);
    if (known !== undefined) return known;
    const structure = this.#store.type(name);
    const isOne = structure?.kind === 'resource' && structure.abstract !== true;
    if (structure !== undefined) this.#resourceTypes.set(name, isOne);
    return isOne;
  }

  #parentOf(name: string): string | undefined {
    const known = this.#parents.get(name);
    if (known !== undefined) return known;
    if (!this.#parents.has(name)) {
      const inPlace = name.includes('.') ? 'BackboneElement' : undefined;
      const base = this.#store.type(name)?.baseDefinition;
      this.#parents.set(name, inPlace ?? (base?.startsWith(CORE) ? base.slice(CORE.length) : undefined));
    }
    return this.#parents.get(name);
  }

  #build(typeName: string): void {
    const structure = this.#store.type(typeName);
    this.#shapes.set(typeName, undefined);
    const [root, ...rest] = structure?.snapshot?.element ?? [];
    if (structure === undefined || root === undefined) return;
    const isResource = structure.kind === 'resource';
    const owners = new Map<string, ElementDefinition[]>([[typeName, []]]);
    for (const element of rest) {
      const owner = element.path.slice(0, element.path.lastIndexOf('.'));
      owners.get(owner)?.push(element) ?? owners.set(owner, [element]);
    }
    for (const [path, definitions] of owners) {
      const elements = new Map(definitions.map((each) => [nameOf(each.path), buildElement(each)]));
      const properties = [...elements.values()].flatMap((element) => element.properties);
      this.#shapes.set(path, {
        name: path,
        isResource: isResource && path === typeName,
        elements,
        byKey: new Map(properties.map((property) => [property.key, property])),
        constraints: path === typeName ? (root.constraint ?? []) : [],
      });
    }
  }
}

function isPrimitive(name: string): boolean {
  return /^[a-z]/.test(name) && name !== 'xhtml';
}

function nameOf(path: string): string {
  const name = path.slice(path.lastIndexOf('.') + 1);
  return name.endsWith('[x]') ? name.slice(0, -3) : name;
}

function buildElement(definition: ElementDefinition): ShapeElement {
  const name = nameOf(definition.path);
  const choice = definition.path.endsWith('[x]');
  const max = definition.max === '*' ? Number.POSITIVE_INFINITY : Number(definition.max ?? '1');
  const properties: Property[] = [];
  const element: ShapeElement = {
    name,
    definition,
    choice,
    repeats: (definition.base?.max ?? definition.max) !== '1' && max !== 1,
    min: definition.min ?? 0,
    max,
    properties,
  };
  if (definition.contentReference !== undefined) {
    const type = definition.contentReference.slice(definition.contentReference.indexOf('#') + 1);
    properties.push({ key: name, sidecarKey: undefined, type, definition: undefined, step: name, element });
  }
  for (const type of definition.type ?? []) {
    const typeName = typeNameOf(type, definition);
    const key = choice ? `${name}${typeName.charAt(0).toUpperCase()}${typeName.slice(1)}` : name;
    const step = choice ? `${name}.ofType(${typeName})` : name;
    properties.push({
      key,
      sidecarKey: isPrimitive(typeName) ? `_${key}` : undefined,
      type: typeName,
      definition: type,
      step,
      element,
    });
  }
  return element;
}

/** `System.String` stands for ids and URLs, and says by an extension which of FHIR's types it is. */
function typeNameOf(type: ElementType, definition: ElementDefinition): string {
  if (IN_PLACE.has(type.code) && definition.path.includes('.')) return definition.path;
  if (!type.code.startsWith(SYSTEM)) return type.code;
  if (definition.base?.path === 'Resource.id' || definition.path === 'Resource.id') return 'id';
  const named = type.extension?.find(({ url }) => url === FHIR_TYPE);
  const value = named?.['valueUrl'] ?? named?.['valueUri'];
  return typeof value === 'string' ? value : 'string';
}
