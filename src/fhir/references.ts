/** References between resources: their forms, where they stand in a resource, and how they are replaced. */
import type { Resource } from '@medplum/fhirtypes';
import { isResourceId } from './check-structure.ts';
import { isResourceType } from './element-types.ts';
import { replaceStrings } from './replace-strings.ts';

export type ReferenceForm =
  /** `Type/id`, alone or behind the base of a server, with or without a version. */
  | { readonly form: 'literal'; readonly type: string; readonly id: string; readonly base: string }
  /** `Type?criteria`. */
  | { readonly form: 'conditional'; readonly type: string; readonly query: string }
  /** `urn:uuid:…` or `urn:oid:…`, which only another entry of the same bundle can answer. */
  | { readonly form: 'urn' }
  /** `#id` of a contained resource. */
  | { readonly form: 'contained' }
  /** Anything else: it is kept, and leads nowhere. */
  | { readonly form: 'other' };

/** Looked for from the end, so that a long text takes no longer than its length. */
const LITERAL = /^(.*\/)?([A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})$/s;
const VERSION = /\/_history\/[A-Za-z0-9\-.]{1,64}$/;
const CONDITIONAL = /^([A-Za-z]+)\?(.*)$/s;
const BASE = /^(?:https?:\/\/.*\/)?$/s;

export function parseReference(text: string): ReferenceForm {
  if (text.startsWith('#')) return { form: 'contained' };
  if (text.includes(':') && /^urn:(?:uuid|oid):/i.test(text)) return { form: 'urn' };
  const conditional = text.includes('?') ? CONDITIONAL.exec(text) : null;
  if (conditional !== null && isResourceType(conditional[1] ?? '')) {
    return { form: 'conditional', type: conditional[1] ?? '', query: conditional[2] ?? '' };
  }
  const [, base = '', type = '', id = ''] = LITERAL.exec(text.replace(VERSION, '')) ?? [];
  if (isResourceType(type) && isResourceId(id) && (base === '' || BASE.test(base)))
    return { form: 'literal', type, id, base };
  return { form: 'other' };
}

/** A copy of the resource, every `Reference.reference` replaced by what `replace` answers; `path` is its FHIRPath. */
export function replaceReferences<T>(
  value: T,
  path: string,
  replace: (reference: string, path: string) => string,
): T {
  return replaceStrings(value, path, (text, at, name) => (name === 'reference' ? replace(text, at) : text));
}

/** One Reference of a resource. `isSubject`: it says whom the resource is about. */
export interface OutgoingReference {
  readonly reference?: string;
  readonly type?: string;
  readonly identifier?: { readonly system: string; readonly value: string };
  readonly isSubject: boolean;
}

/** The elements that say whom a resource is about, over all resource types. */
export const SUBJECT_ELEMENTS: ReadonlySet<string> = new Set([
  'subject',
  'patient',
  'beneficiary',
  'individual',
  'for',
]);

/** Every Reference of a resource, those of its contained resources too. */
export function referencesOf(resource: Resource): readonly OutgoingReference[] {
  const found: OutgoingReference[] = [];
  for (const [name, child] of Object.entries(resource)) collect(child, SUBJECT_ELEMENTS.has(name), found);
  return found;
}

function collect(value: unknown, isSubject: boolean, found: OutgoingReference[]): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, isSubject, found);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const { reference, identifier, type } = value as Readonly<Record<string, unknown>>;
  const logical = readIdentifier(identifier);
  if (typeof reference === 'string') found.push({ reference, isSubject });
  else if (logical !== undefined && !('resourceType' in value)) {
    found.push({ identifier: logical, isSubject, ...(typeof type === 'string' ? { type } : {}) });
  }
  for (const child of Object.values(value)) collect(child, false, found);
}

/** A business identifier as the conditional requests know it; system is empty where none is given. */
export interface BusinessIdentifier {
  readonly system: string;
  readonly value: string;
}

/**
 * The identifiers of a resource, those of its contained resources not among them; a master identifier is one, as the
 * search by `identifier` has it.
 */
export function identifiersOf(resource: Resource): readonly BusinessIdentifier[] {
  const { identifier, masterIdentifier } = resource as {
    readonly identifier?: unknown;
    readonly masterIdentifier?: unknown;
  };
  const all = [masterIdentifier, ...(Array.isArray(identifier) ? identifier : [identifier])];
  return all.map(readIdentifier).filter((one) => one !== undefined);
}

/** Undefined where there is no value. */
export function readIdentifier(identifier: unknown): BusinessIdentifier | undefined {
  if (typeof identifier !== 'object' || identifier === null || Array.isArray(identifier)) return undefined;
  const { system, value } = identifier as Readonly<Record<string, unknown>>;
  if (typeof value !== 'string' || value === '') return undefined;
  return { system: typeof system === 'string' ? system : '', value };
}
