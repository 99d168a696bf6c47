/** Replaces references and other links that only this bundle or a search can answer by `Type/id`. */
import type { Resource } from '@medplum/fhirtypes';
import { CartographError } from '../core/cartograph-error.ts';
import type { Code } from '../core/catalogue.ts';
import { type Finding, quote } from '../core/finding.ts';
import { type Condition, parseCondition } from '../fhir/condition.ts';
import { elementAt } from '../fhir/element-at.ts';
import type { PlannedWrite } from '../fhir/plan-entry.ts';
import { parseReference, replaceReferences } from '../fhir/references.ts';
import { replaceNarrativeLinks } from '../fhir/replace-narrative-links.ts';
import { replaceStrings } from '../fhir/replace-strings.ts';
import type { SearchContext } from '../fhir/search/parse-criterion.ts';
import { keyOf, type ResourceKey } from '../store/resource-store.ts';
import type { Matches } from './find-matches.ts';
import type { TargetedWrite } from './resolve-targets.ts';
import type { VersionedLinks } from './settle-versions.ts';
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

export interface ResolvedReferences {
  /** In the order of the targets. */
  readonly resources: readonly Resource[];
  /** Links that name a version of what the bundle writes, by the target that owns them. */
  readonly versioned: VersionedLinks;
}

/**
 * The resources with their references resolved. Conditional references see what the
 * bundle itself writes, as FHIR asks (WrittenMatches). Throws every `reference-unresolved` and `reference-ambiguous` at once.
 */
export function resolveReferences(
  targets: readonly TargetedWrite[],
  removed: readonly ResourceKey[],
  matches: Matches,
  context: SearchContext,
): ResolvedReferences {
  const resolver = new Resolver(targets, removed, matches, context);
  const resources = targets.map((target) =>
    target.mode === 'matched' ? target.write.resource : resolver.resolveAll(target),
  );
  const [first, ...rest] = resolver.findings;
  if (first !== undefined) throw new CartographError([first, ...rest]);
  return { resources, versioned: resolver.versioned };
}

class Resolver {
  readonly findings: Finding[] = [];
  readonly versioned = new Map<TargetedWrite, ReadonlyMap<string, TargetedWrite>>();
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

  resolveAll(owner: TargetedWrite): Resource {
    const { resource, resourcePath, fullUrl } = owner.write;
    const links = new Links(this.#byFullUrl, baseOf(fullUrl));
    const resolved = replaceStrings(resource, resourcePath, (text, path, name) => {
      if (name === 'reference') return this.#resolve(text, path, links);
      if (name === 'div') return replaceNarrativeLinks(text, (url) => links.follow(url) ?? url);
      if (text === AS_VERSION_SPECIFIC && isAsked(resource, path.slice(resourcePath.length)))
        links.askForVersion(path);
      if (!MAY_BE_LINK.test(text) || links.follow(text) === undefined) return text;
      return isLink(resource, path.slice(resourcePath.length)) ? (links.follow(text, path) ?? text) : text;
    });
    if (links.versioned.size > 0) this.versioned.set(owner, links.versioned);
    return resolved;
  }

  #resolve(text: string, path: string, links: Links): string {
    const form = parseReference(text);
    if (form.form === 'conditional') return this.#resolveCondition(form.type, form.query, path) ?? text;
    const target = links.follow(text, path);
    if (target === undefined && form.form === 'urn')
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

/** Asks of the reference that it stands on that it be of the version which the transaction makes. */
const AS_VERSION_SPECIFIC = 'http://hl7.org/fhir/StructureDefinition/resolve-as-version-specific';

/** The links of one resource that name an entry of the bundle. */
class Links {
  readonly #byFullUrl: ReadonlyMap<string, TargetedWrite>;
  readonly #ownBase: string;
  readonly #followed = new Map<string, TargetedWrite>();
  readonly #named = new Set<string>();

  constructor(byFullUrl: ReadonlyMap<string, TargetedWrite>, ownBase: string) {
    this.#byFullUrl = byFullUrl;
    this.#ownBase = ownBase;
  }

  /** Where it leads; what it says of version and fragment is kept. `path` where it is followed for good. */
  follow(text: string, path?: string): string | undefined {
    const [url = ''] = text.split('#', 1);
    const version = /\/_history\/[^/]+$/.exec(url)?.[0] ?? '';
    const form = parseReference(url);
    const name =
      form.form === 'literal'
        ? `${form.base || this.#ownBase}${form.type}/${form.id}`
        : normalised(url.slice(0, url.length - version.length));
    const target = this.#byFullUrl.get(name);
    if (target === undefined) return undefined;
    if (path !== undefined) {
      this.#followed.set(path, target);
      if (version !== '') this.#named.add(path);
    }
    return `${keyOf(target)}${version}${text.slice(url.length)}`;
  }

  /** `path` is that of the URL of an extension of a Reference. */
  askForVersion(path: string): void {
    this.#named.add(path.replace(/\.extension\[\d+\]\.url$/, '.reference'));
  }

  /** Those that have to name a version. */
  get versioned(): ReadonlyMap<string, TargetedWrite> {
    return new Map([...this.#followed].filter(([path]) => this.#named.has(path)));
  }
}

function indexFullUrls(targets: readonly TargetedWrite[]): ReadonlyMap<string, TargetedWrite> {
  const index = new Map<string, TargetedWrite>();
  for (const target of targets) {
    if (target.write.fullUrl !== undefined) index.set(normalised(target.write.fullUrl), target);
  }
  return index;
}

/** The extension of that URL may say no. */
function isAsked(resource: Resource, path: string): boolean {
  return elementAt(resource, path.replace(/\.url$/, '.valueBoolean')).value === true;
}

/** No text that could be replaced is without a colon or a slash. */
const MAY_BE_LINK = /^[a-z][a-z0-9+.-]*:|^[A-Z][A-Za-z]+\//i;
const LINK_TYPES: readonly (string | undefined)[] = ['uri', 'url', 'oid', 'uuid'];

/** What R4 has replaced beside references (http, 3.1.0.11.2); `meta.source` says where the resource was before. */
function isLink(resource: Resource, path: string): boolean {
  return path !== '.meta.source' && LINK_TYPES.includes(elementAt(resource, path).type);
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
