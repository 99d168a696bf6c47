/** What R4 says of each element: its type and whether it repeats. */
import { R4_ELEMENTS, R4_RESOURCE_TYPES } from './r4-elements.generated.ts';

export interface ElementType {
  /** A FHIR type such as `dateTime`, or the path of a nested element such as `Bundle.entry`. */
  readonly type: string;
  readonly repeats: boolean;
}

const RESOURCE_TYPES: ReadonlySet<string> = new Set(R4_RESOURCE_TYPES);
const PARSED = new Map<string, ReadonlyMap<string, ElementType>>();

/** True for the name of a concrete R4 resource type; names are case-sensitive. */
export function isResourceType(name: string): boolean {
  return RESOURCE_TYPES.has(name);
}

/** Elements of a complex type by their JSON names; undefined where R4 has no such type. */
export function elementsOf(type: string): ReadonlyMap<string, ElementType> | undefined {
  const known = PARSED.get(type);
  if (known !== undefined) return known;
  const text = Object.hasOwn(R4_ELEMENTS, type) ? R4_ELEMENTS[type] : undefined;
  if (text === undefined) return undefined;
  const elements = new Map(text.split(',').map(parseElement));
  PARSED.set(type, elements);
  return elements;
}

function parseElement(text: string): readonly [string, ElementType] {
  const [name = '', type = ''] = text.split(' ');
  const repeats = type.endsWith('*');
  return [name, { type: repeats ? type.slice(0, -1) : type, repeats }];
}
