/** Replaces references and other links that only this bundle or a search can answer by `Type/id`. */
import type { Resource } from '@medplum/fhirtypes';
import { CartographError } from '../core/cartograph-error.ts';
import type { Code } from '../core/catalogue.ts';
import { type Finding, quote } from '../core/finding.ts';
import { type Condition, parseCondition } from '../fhir/condition.ts';
import { elementTypeAt } from '../fhir/element-type-at.ts';
import type { PlannedWrite } from '../fhir/plan-entry.ts';
import { parseReference, replaceReferences } from '../fhir/references.ts';
import { replaceNarrativeLinks } from '../fhir/replace-narrative-links.ts';
import { replaceStrings } from '../fhir/replace-strings.ts';
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
  readonly #byFullUrl: ReadonlyMap<string, TargetedWrite>;
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
    const targetOf = (url: string): string => this.#targetOf(url, ownBase) ?? url;
    return replaceStrings(resource, resourcePath, (text, path, name) => {
      if (name === 'reference') return this.#resolve(text, path, ownBase);
      if (name === 'div') return replaceNarrativeLinks(text, targetOf);
      if (!MAY_BE_LINK.test(text)) return text;
      const target = targetOf(text);
      return target !== text && isLink(resource, path.slice(resourcePath.length)) ? target : text;
    });
  }

  #resolve(text: string, path: string, ownBase: string): string {
    const form = parseReference(text);
    if (form.form === 'conditional') return this.#resolveCondition(form.type, form.query, path) ?? text;
    const target = this.#targetOf(text, ownBase);
    if (target === undefined && form.form === 'urn')
      this.#report('reference-unresolved', path, quote(text), 'the fullUrl of an entry');
    return target ?? text;
  }

  /** Where a link leads that names an entry of the bundle; what it says of version and fragment is kept. */
  #targetOf(text: string, ownBase: string): string | undefined {
    const [url = ''] = text.split('#', 1);
    const fragment = text.slice(url.length);
    const version = /\/_history\/[^/]+$/.exec(url)?.[0] ?? '';
    const form = parseReference(url);
    const name =
      form.form === 'literal'
        ? `${form.base || ownBase}${form.type}/${form.id}`
        : normalised(url.slice(0, url.length - version.length));
    const target = this.#byFullUrl.get(name);
    if (target === undefined) return undefined;
    // What gets its id here has one version, whatever it had where it comes from.
    const shown = version !== '' && target.mode === 'new' ? '/_history/1' : version;
    return `${keyOf(target)}${shown}${fragment}`;
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

function indexFullUrls(targets: readonly TargetedWrite[]): ReadonlyMap<string, TargetedWrite> {
  const index = new Map<string, TargetedWrite>();
  for (const target of targets) {
    if (target.write.fullUrl !== undefined) index.set(normalised(target.write.fullUrl), target);
  }
  return index;
}

/** No text that could be replaced is without a colon or a slash. */
const MAY_BE_LINK = /^[a-z][a-z0-9+.-]*:|^[A-Z][A-Za-z]+\//i;
const LINK_TYPES: readonly (string | undefined)[] = ['uri', 'url', 'oid', 'uuid'];

/** What R4 has replaced beside references (http, 3.1.0.11.2); `meta.source` says where the resource was before. */
function isLink(resource: Resource, path: string): boolean {
  return path !== '.meta.source' && LINK_TYPES.includes(elementTypeAt(resource, path));
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
