/** FHIR's conformance resources as the validator reads them: what decides validity, nothing else of theirs. */

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export interface Discriminator {
  readonly type: 'value' | 'exists' | 'pattern' | 'type' | 'profile';
  readonly path: string;
}

export interface Slicing {
  readonly discriminator?: readonly Discriminator[];
  readonly ordered?: boolean;
  readonly rules?: 'closed' | 'open' | 'openAtEnd';
}

export interface ElementType {
  readonly code: string;
  readonly profile?: readonly string[];
  readonly targetProfile?: readonly string[];
  readonly extension?: readonly JsonObject[];
}

export interface Constraint {
  readonly key: string;
  readonly severity: 'error' | 'warning';
  readonly human?: string;
  readonly expression?: string;
  readonly extension?: readonly JsonObject[];
}

export interface Binding {
  readonly strength: 'required' | 'extensible' | 'preferred' | 'example';
  readonly valueSet?: string;
  readonly extension?: readonly JsonObject[];
}

/** An ElementDefinition; `fixed[x]`, `pattern[x]`, `minValue[x]`, `maxValue[x]` are read by prefix. */
export interface ElementDefinition {
  readonly id?: string;
  readonly path: string;
  readonly sliceName?: string;
  readonly slicing?: Slicing;
  readonly min?: number;
  readonly max?: string;
  readonly base?: { readonly path: string; readonly max?: string };
  readonly contentReference?: string;
  readonly type?: readonly ElementType[];
  readonly maxLength?: number;
  readonly constraint?: readonly Constraint[];
  readonly isModifier?: boolean;
  readonly binding?: Binding;
  readonly [choice: string]: unknown;
}

export interface ExtensionContext {
  readonly type: 'fhirpath' | 'element' | 'extension';
  readonly expression: string;
}

export interface StructureDefinition {
  readonly resourceType: 'StructureDefinition';
  readonly url: string;
  readonly version?: string;
  readonly name?: string;
  readonly kind?: 'primitive-type' | 'complex-type' | 'resource' | 'logical';
  readonly abstract?: boolean;
  readonly type: string;
  readonly derivation?: 'specialization' | 'constraint';
  readonly baseDefinition?: string;
  readonly context?: readonly ExtensionContext[];
  readonly snapshot?: { readonly element: readonly ElementDefinition[] };
  readonly differential?: { readonly element: readonly ElementDefinition[] };
}

export interface SearchParameter {
  readonly url: string;
  readonly code: string;
  readonly type: string;
  readonly base: readonly string[];
}

/** The value of `fixed[x]` and its like, with its type; undefined where there is none. */
export function choiceOf(
  definition: ElementDefinition,
  prefix: 'fixed' | 'pattern' | 'minValue' | 'maxValue',
): { readonly type: string; readonly value: unknown } | undefined {
  for (const key of Object.keys(definition)) {
    if (!key.startsWith(prefix) || key.length === prefix.length) continue;
    const suffix = key.slice(prefix.length);
    if (/^[A-Z]/.test(suffix)) return { type: suffix, value: definition[key] };
  }
  return undefined;
}

/** A canonical URL without version or fragment. */
export function withoutVersion(canonical: string): string {
  const bar = canonical.indexOf('|');
  return bar < 0 ? canonical : canonical.slice(0, bar);
}

export const CORE = 'http://hl7.org/fhir/StructureDefinition/';
