/** Replaces references that only this bundle or a search can answer by `Type/id`. */
import type { Resource } from '@medplum/fhirtypes';
import { CartographError } from '../core/cartograph-error.ts';
import type { Code } from '../core/catalogue.ts';
import { type Finding, quote } from '../core/finding.ts';
import { type Condition, parseCondition } from '../fhir/condition.ts';
import type { PlannedWrite } from '../fhir/plan-entry.ts';
import { parseReference, replaceReferences } from '../fhir/references.ts';
import type { SearchContext } from '../fhir/search/parse-criterion.ts';
import { keyOf, type ResourceKey } from '../store/resource-store.ts';
import type { Matches } from './find-matches.ts';
import type { TargetedWrite } from './resolve-targets.ts';
import { WrittenMatches } from './written-matches.ts';

/** Conditions of all conditional references, so that they can be looked up at once. */
export function referenceConditions(
  writes: readonly PlannedWrite[],
  context: SearchContext,
): readonly Condition[] {
  const conditions: Condition[] = [];
  for (const { resource, resourcePath } of writes) {
    replaceReferences(resource, resourcePath, (text, path) => {
      const form = parseReference(text);
      if (form.form === 'conditional') conditions.push(parseCondition(form.type, form.query, path, context));
      return text;
    });
  }
  return conditions;
}

/**
 * The resources with their references resolved, in the order of the targets. Conditional references see what the
 * bundle itself writes, as FHIR asks (WrittenMatches). Throws every `reference-unresolved` and `reference-ambiguous` at once.
 */
export function resolveReferences(
  targets: readonly TargetedWrite[],
  removed: readonly ResourceKey[],
  matches: Matches,
  context: SearchContext,
): readonly Resource[] {
  const resolver = new Resolver(targets, removed, matches, context);
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
  readonly #written: WrittenMatches;
  readonly #context: SearchContext;

  constructor(
    targets: readonly TargetedWrite[],
    removed: readonly ResourceKey[],
    matches: Matches,
    context: SearchContext,
  ) {
    this.#matches = matches;
    this.#context = context;
    this.#byFullUrl = indexFullUrls(targets);
    this.#written = new WrittenMatches(targets, removed);
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
    const condition = parseCondition(type, query, path, this.#context);
    const found = this.#written.after(condition, this.#matches(condition));
    if (found.length === 1) return `${type}/${found[0]}`;
    const code = found.length === 0 ? 'reference-unresolved' : 'reference-ambiguous';
    this.#report(code, path, found.length === 0 ? 'no match' : 'several matches', `one ${type}`);
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

/** UUIDs are equal whatever the case of their letters. */
function normalised(url: string): string {
  return /^urn:/i.test(url) ? url.toLowerCase() : url;
}

/** Base of the server that an entry came from: what stands before `Type/id` in its full URL. */
function baseOf(fullUrl: string | undefined): string {
  const form = fullUrl === undefined ? undefined : parseReference(fullUrl);
  return form?.form === 'literal' ? form.base : '';
}
