/** Replaces references that only this bundle or a search can answer by `Type/id`. */
import type { Resource } from '@medplum/fhirtypes';
import { CartographError } from '../core/cartograph-error.ts';
import type { Code } from '../core/catalogue.ts';
import { type Finding, quote } from '../core/finding.ts';
import { type IdentifierCondition, parseIdentifierCondition } from '../fhir/identifier-condition.ts';
import type { PlannedWrite } from '../fhir/plan-entry.ts';
import { identifiersOf, parseReference, replaceReferences } from '../fhir/references.ts';
import { identifierName } from '../store/identifier-index.ts';
import { keyOf, type ResourceKey } from '../store/resource-store.ts';
import type { Matches, TargetedWrite } from './resolve-targets.ts';

/** Conditions of all conditional references, so that they can be looked up at once. */
export function referenceConditions(writes: readonly PlannedWrite[]): readonly IdentifierCondition[] {
  const conditions: IdentifierCondition[] = [];
  for (const { resource, resourcePath } of writes) {
    replaceReferences(resource, resourcePath, (text, path) => {
      const form = parseReference(text);
      if (form.form === 'conditional') conditions.push(parseIdentifierCondition(form.type, form.query, path));
      return text;
    });
  }
  return conditions;
}

/**
 * The resources with their references resolved, in the order of the targets. Conditional references see what the
 * bundle itself writes, as FHIR asks. Throws every `reference-unresolved` and `reference-ambiguous` at once.
 */
export function resolveReferences(
  targets: readonly TargetedWrite[],
  removed: readonly ResourceKey[],
  matches: Matches,
): readonly Resource[] {
  const resolver = new Resolver(targets, removed, matches);
  const resolved = targets.map(({ write, mode }) =>
    mode === 'matched' ? write.resource : resolver.resolveAll(write),
  );
  const [first, ...rest] = resolver.findings;
  if (first !== undefined) throw new CartographError([first, ...rest]);
  return resolved;
}

class Resolver {
  readonly findings: Finding[] = [];
  readonly #matches: Matches;
  readonly #byFullUrl: ReadonlyMap<string, string>;
  readonly #inBundle: ReadonlyMap<string, readonly string[]>;
  /** What is stored of these counts no longer. */
  readonly #overwritten: ReadonlySet<string>;

  constructor(targets: readonly TargetedWrite[], removed: readonly ResourceKey[], matches: Matches) {
    this.#matches = matches;
    this.#byFullUrl = indexFullUrls(targets);
    this.#inBundle = indexIdentifiers(targets);
    this.#overwritten = new Set([...targets.filter(({ mode }) => mode === 'put'), ...removed].map(keyOf));
  }

  resolveAll({ resource, resourcePath, fullUrl }: PlannedWrite): Resource {
    const ownBase = baseOf(fullUrl);
    return replaceReferences(resource, resourcePath, (text, path) => {
      const form = parseReference(text);
      if (form.form === 'urn') return this.#resolveUrn(text, path);
      if (form.form === 'conditional') return this.#resolveCondition(form.type, form.query, path) ?? text;
      if (form.form !== 'literal') return text;
      return this.#byFullUrl.get(`${form.base || ownBase}${form.type}/${form.id}`) ?? text;
    });
  }

  #resolveUrn(text: string, path: string): string {
    const target = this.#byFullUrl.get(normalised(text));
    if (target === undefined)
      this.#report('reference-unresolved', path, quote(text), 'the fullUrl of an entry');
    return target ?? text;
  }

  #resolveCondition(type: string, query: string, path: string): string | undefined {
    const condition = parseIdentifierCondition(type, query, path);
    const stored = this.#matches(condition).filter((id) => !this.#overwritten.has(keyOf({ type, id })));
    const found = [...new Set([...stored, ...(this.#inBundle.get(identifierName(condition)) ?? [])])];
    if (found.length === 1) return `${type}/${found[0]}`;
    const code = found.length === 0 ? 'reference-unresolved' : 'reference-ambiguous';
    this.#report(code, path, `${found.length} matches`, `one ${type} with that identifier`);
    return undefined;
  }

  #report(code: Code, expression: string, found: string, expected: string): void {
    const message = `${expression}: found ${found}, expected ${expected}`;
    this.findings.push({ code, severity: 'error', message, expression, found, expected });
  }
}

function indexFullUrls(targets: readonly TargetedWrite[]): ReadonlyMap<string, string> {
  const index = new Map<string, string>();
  for (const target of targets) {
    if (target.write.fullUrl !== undefined) index.set(normalised(target.write.fullUrl), keyOf(target));
  }
  return index;
}

function indexIdentifiers(targets: readonly TargetedWrite[]): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  for (const { write, type, id, mode } of targets) {
    if (mode === 'matched') continue;
    for (const identifier of identifiersOf(write.resource)) {
      const name = identifierName({ type, ...identifier });
      index.set(name, [...(index.get(name) ?? []), id]);
    }
  }
  return index;
}

/** UUIDs are equal whatever the case of their letters. */
function normalised(url: string): string {
  return /^urn:/i.test(url) ? url.toLowerCase() : url;
}

/** Base of the server that an entry came from: what stands before `Type/id` in its full URL. */
function baseOf(fullUrl: string | undefined): string {
  const form = fullUrl === undefined ? undefined : parseReference(fullUrl);
  return form?.form === 'literal' ? form.base : '';
}
