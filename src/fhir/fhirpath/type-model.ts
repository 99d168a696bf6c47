import r4 from 'fhirpath/fhir-context/r4';

/**
 * What R4 says of elements, read from the model tables of the FHIRPath library. A type is the name of a data type or
 * resource (`Quantity`, `Observation`), or the path of an element defined in place (`Observation.component`).
 */

/** A member of a type, with the JSON properties that may hold it; several when it is a choice. */
export interface Member {
  readonly choice: boolean;
  /** True for `valueQuantity`: a name in JSON that is none in FHIRPath. */
  readonly jsonNameOnly: boolean;
  readonly keys: readonly { readonly key: string; readonly type: string }[];
}

const MAX_ANCESTORS = 10;
const IN_PLACE = new Set(['BackboneElement', 'Element']);
const PRIMITIVES = {
  string: [
    'string',
    'code',
    'id',
    'markdown',
    'uri',
    'url',
    'canonical',
    'uuid',
    'oid',
    'base64Binary',
    'xhtml',
  ],
  number: ['integer', 'positiveInt', 'unsignedInt', 'decimal', 'integer64'],
  boolean: ['boolean'],
  date: ['date', 'dateTime', 'instant'],
  time: ['time'],
} as const;

/** How values of a type behave under operators. */
export type Kind = keyof typeof PRIMITIVES | 'complex';

const KINDS = new Map<string, Kind>(
  Object.entries(PRIMITIVES).flatMap(([kind, types]) => types.map((type) => [type, kind as Kind] as const)),
);
const cache = new Map<string, Member | undefined>();

export function kindOf(type: string): Kind {
  return KINDS.get(type) ?? 'complex';
}

/** The member of that name; undefined when R4 has none. A primitive's `value` is no property of JSON. */
export function memberOf(type: string, name: string): Member | undefined {
  if (name === 'value' && KINDS.has(type)) return undefined;
  const path = `${type}.${name}`;
  if (!cache.has(path)) cache.set(path, findMember(type, name));
  return cache.get(path);
}

function findMember(type: string, name: string): Member | undefined {
  let owner: string | undefined = type;
  for (let steps = 0; owner !== undefined && steps < MAX_ANCESTORS; steps++) {
    const found = ownMember(`${owner}.${name}`, name);
    if (found !== undefined) return found;
    owner = parentOf(owner);
  }
  return undefined;
}

function ownMember(path: string, name: string): Member | undefined {
  const elsewhere = own(r4.pathsDefinedElsewhere, path);
  if (elsewhere !== undefined) return single(name, elsewhere);
  const choices = own(r4.choiceTypePaths, path);
  if (choices !== undefined) {
    return {
      choice: true,
      jsonNameOnly: false,
      keys: choices.map((suffix) => ({ key: `${name}${suffix}`, type: typeOfSuffix(suffix) })),
    };
  }
  const declared: unknown = own(r4.path2Type, path);
  if (declared === undefined) return undefined;
  const type = typeof declared === 'string' ? declared : (declared as { readonly code: string }).code;
  return { ...single(name, IN_PLACE.has(type) ? path : plainType(type)), jsonNameOnly: hasTypeSuffix(path) };
}

/** The model's tables list the JSON names of choice elements beside the elements. */
function hasTypeSuffix(path: string): boolean {
  const nameAt = path.lastIndexOf('.') + 1;
  for (let at = nameAt + 1; at < path.length; at++) {
    if (own(r4.choiceTypePaths, path.slice(0, at))?.includes(path.slice(at)) === true) return true;
  }
  return false;
}

function single(key: string, type: string): Member {
  return { choice: false, jsonNameOnly: false, keys: [{ key, type }] };
}

/** `System.String` (the type of ids) behaves as `string`. */
function plainType(type: string): string {
  return type.startsWith('System.') ? lowerFirst(type.slice('System.'.length)) : type;
}

function typeOfSuffix(suffix: string): string {
  const primitive = lowerFirst(suffix);
  return KINDS.has(primitive) ? primitive : suffix;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function parentOf(type: string): string | undefined {
  const declared: unknown = own(r4.type2Parent, type) ?? own(r4.path2Type, type);
  return typeof declared === 'string' ? declared : undefined;
}

/** True when `type` is `ancestor` or derives from it. */
export function isSubtype(type: string, ancestor: string): boolean {
  let current: string | undefined = type;
  for (let steps = 0; current !== undefined && steps < MAX_ANCESTORS; steps++) {
    if (current === ancestor) return true;
    current = parentOf(current);
  }
  return false;
}

/** True for the names of R4 data types and resources. */
export function isTypeName(name: string): boolean {
  return (
    KINDS.has(name) || own(r4.type2Parent, name) !== undefined || name === 'Resource' || name === 'Element'
  );
}

/** True for the names of R4 resource types that have instances. */
export function isResourceType(name: string): boolean {
  const abstract = name === 'Resource' || name === 'DomainResource';
  return !abstract && /^[A-Z]/.test(name) && isTypeName(name) && isSubtype(name, 'Resource');
}

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
