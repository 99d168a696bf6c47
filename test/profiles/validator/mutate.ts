/** Seeded mutations of FHIR resources: some break a rule for certain, others only try to upset whoever reads them. */

type Json = Record<string, unknown>;

/** One place in a resource: a property of an object, or an item of an array. */
interface Place {
  readonly owner: Json | unknown[];
  readonly key: string | number;
  readonly value: unknown;
  readonly hasSidecar: boolean;
}

export interface Mutation {
  readonly name: string;
  readonly resource: unknown;
  /** True when no resource so changed can be valid. */
  readonly breaks: boolean;
}

/** Mulberry32: a small generator with 32 bits of state. Numbers from 0 up to 1. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Changes a place and says whether a rule is broken for certain; undefined where it cannot be applied. */
type Change = (place: Place, random: () => number) => boolean | undefined;

const DATE = /^\d{4}-\d{2}-\d{2}/;

const CHANGES: Readonly<Record<string, Change>> = {
  drop: ({ owner, key }) => {
    if (Array.isArray(owner)) owner.splice(Number(key), 1);
    else delete owner[key];
    return key === 'resourceType' || (Array.isArray(owner) && owner.length === 0);
  },
  duplicate: ({ owner, key, value }) => {
    if (!Array.isArray(owner)) return undefined;
    owner.splice(Number(key), 0, structuredClone(value));
    return false;
  },
  'unknown property': ({ value }) => {
    if (!isObject(value)) return undefined;
    value['notOfFhir'] = 1;
    return true;
  },
  'prototype key': ({ value }, random) => {
    if (!isObject(value)) return undefined;
    const key = ['__proto__', 'constructor', 'hasOwnProperty', 'toString'][Math.floor(random() * 4)] ?? '';
    Object.defineProperty(value, key, {
      value: { polluted: true },
      enumerable: true,
      configurable: true,
      writable: true,
    });
    return true;
  },
  null: (place) => {
    set(place, null);
    return !place.hasSidecar;
  },
  'empty array': (place) => set(place, []),
  'empty object': (place) => set(place, {}),
  'empty string': (place) => set(place, ''),
  'string to number': (place) => (typeof place.value === 'string' ? set(place, 12345) : undefined),
  'number to string': (place) =>
    typeof place.value === 'number' ? set(place, String(place.value)) : undefined,
  'boolean to string': (place) =>
    typeof place.value === 'boolean' ? set(place, String(place.value)) : undefined,
  'primitive to object': (place) =>
    isPrimitive(place.value) ? set(place, { value: place.value }) : undefined,
  'array to item': (place) => (Array.isArray(place.value) ? set(place, place.value[0]) : undefined),
  'item to array': (place) =>
    Array.isArray(place.value) || Array.isArray(place.owner) ? undefined : set(place, [place.value]),
  'impossible date': (place) => {
    if (typeof place.value !== 'string' || !DATE.test(place.value)) return undefined;
    return set(place, place.value.replace(DATE, '2023-02-30'));
  },
  'code of no value set': (place) => (place.key === 'status' ? set(place, 'not-a-status') : undefined),
  'dangling local reference': (place) => (place.key === 'reference' ? set(place, '#nowhere') : undefined),
  'reference that is none': (place) => (place.key === 'reference' ? set(place, 'Nonsense/1') : undefined),
  'tag in a text': (place) => {
    if (place.key !== 'text' || typeof place.value !== 'string') return undefined;
    return set(place, `${place.value} <script src="x">`);
  },
  'deep nesting': ({ value }) => {
    if (!isObject(value)) return undefined;
    let nested: Json = { url: 'http://example.org/deepest', valueBoolean: true };
    for (let i = 0; i < 200; i++) nested = { url: 'http://example.org/deep', extension: [nested] };
    value['extension'] = [nested];
    return true;
  },
  'huge array': ({ owner, value }) => {
    if (!Array.isArray(owner) || !isObject(value)) return undefined;
    const size = Math.min(500, Math.floor(200_000 / JSON.stringify(value).length));
    for (let i = 0; i < size; i++) owner.push(structuredClone(value));
    return false;
  },
};

const NAMES = Object.keys(CHANGES);

/** A changed copy of a resource. */
export function mutate(resource: unknown, random: () => number): Mutation {
  for (;;) {
    const copy: unknown = structuredClone(resource);
    const places = placesOf(copy);
    const place = places[Math.floor(random() * places.length)];
    const name = NAMES[Math.floor(random() * NAMES.length)] ?? '';
    const breaks = place === undefined ? undefined : CHANGES[name]?.(place, random);
    if (breaks !== undefined) return { name, resource: copy, breaks };
  }
}

function placesOf(value: unknown, found: Place[] = []): readonly Place[] {
  if (Array.isArray(value)) {
    for (const [key, item] of value.entries())
      add({ owner: value, key, value: item, hasSidecar: true }, found);
  } else if (isObject(value)) {
    for (const [key, child] of Object.entries(value)) {
      if (key.startsWith('_')) continue;
      add({ owner: value, key, value: child, hasSidecar: Object.hasOwn(value, `_${key}`) }, found);
    }
  }
  return found;
}

function add(place: Place, found: Place[]): void {
  found.push(place);
  placesOf(place.value, found);
}

function set({ owner, key }: Place, value: unknown): true {
  (owner as Json)[key] = value;
  return true;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPrimitive(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
