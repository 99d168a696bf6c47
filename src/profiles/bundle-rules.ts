/** Rules of bundles that FHIR R4 states in words (bundle.html, search.html, documents.html, messaging.html). */
import { quote } from '../core/finding.ts';
import { parseReference } from '../fhir/references.ts';
import { isObject, type JsonObject } from './definition.ts';
import { carriedBy, resolveReference, targetsOf } from './resolve-reference.ts';
import type { Run } from './run.ts';
import { checkSearchEntries } from './search-bundle.ts';

const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:/;
/** Relations of which a bundle has one link at most. */
const SINGLE: ReadonlySet<string> = new Set(['self', 'first', 'previous', 'prev', 'next', 'last']);

export function checkBundle(bundle: JsonObject, run: Run): void {
  const entries = listOf(bundle['entry']);
  const { type } = bundle;
  checkLinks(listOf(bundle['link']), type, run);
  const isNamed = !ACTIONS.has(type);
  for (const [i, entry] of entries.entries()) checkFullUrl(entry, i, isNamed, run);
  if (type === 'searchset') checkSearchEntries(entries, listOf(bundle['link']), run);
  if (type === 'document') {
    checkComposition(bundle, entries[0], run);
    checkOrphans(bundle, entries, run);
  }
  if (type === 'message') checkMessage(bundle, entries[0], run);
}

function listOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Bundles whose entries are acts and may name what has no URL yet. */
const ACTIONS: ReadonlySet<unknown> = new Set([
  'transaction',
  'transaction-response',
  'batch',
  'batch-response',
]);
/** Pages of a list. */
const PAGED: ReadonlySet<unknown> = new Set(['searchset', 'history']);
const PAGES: ReadonlySet<unknown> = new Set(['first', 'previous', 'prev', 'next', 'last']);

function checkLinks(links: readonly JsonObject[], type: unknown, run: Run): void {
  const seen = new Set<unknown>();
  for (const [i, { relation }] of links.entries()) {
    if (PAGES.has(relation) && !PAGED.has(type)) {
      run.push('link', i, 'Bundle.link');
      run.error('bundle-invalid', `a link with the relation ${relation}, which only pages of a list have`);
      run.pop();
    }
    if (typeof relation === 'string' && SINGLE.has(relation) && seen.has(relation)) {
      run.push('link', i, 'Bundle.link');
      run.error('bundle-invalid', `a second link with the relation ${relation}`);
      run.pop();
    }
    seen.add(relation);
  }
}

/** There, but for bundles of acts; absolute; and, where it has the form of a REST URL, that of the resource. */
function checkFullUrl({ fullUrl, resource }: JsonObject, index: number, isNamed: boolean, run: Run): void {
  run.push('entry', index, 'Bundle.entry');
  if (typeof fullUrl !== 'string') {
    if (isNamed && resource !== undefined) {
      run.error('bundle-invalid', 'has a resource and no fullUrl', { expected: 'fullUrl' });
    }
  } else if (!ABSOLUTE.test(fullUrl)) {
    run.error('bundle-invalid', 'its fullUrl is no absolute URL', { expected: 'an absolute URL' });
  } else if (isObject(resource)) {
    const form = parseReference(fullUrl);
    const id = resource['id'];
    if (form.form === 'literal' && (form.id !== id || form.type !== resource['resourceType'])) {
      run.error('bundle-invalid', 'its fullUrl ends in another type or id than the resource has');
    }
  }
  run.pop();
}

/** A document carries what its Composition names (R4, documents.html). */
function checkComposition(bundle: JsonObject, first: JsonObject | undefined, run: Run): void {
  const composition = first?.['resource'];
  if (!isObject(composition) || composition['resourceType'] !== 'Composition') return;
  const named = ['subject', 'encounter', 'custodian'].map((key) => composition[key]);
  const parties = listOf(composition['attester']).map(({ party }) => party);
  const details = listOf(composition['event']).flatMap(({ detail }) => listOf(detail));
  const authors = listOf(composition['author']);
  const all = [...named, ...parties, ...authors, ...details, ...sectionEntries(composition['section'])];
  checkCarried(bundle, first, composition, all, run);
}

function sectionEntries(sections: unknown): readonly unknown[] {
  return listOf(sections).flatMap(({ entry, section }) => [...listOf(entry), ...sectionEntries(section)]);
}

function checkMessage(bundle: JsonObject, first: JsonObject | undefined, run: Run): void {
  const header = first?.['resource'];
  if (!isObject(header) || header['resourceType'] !== 'MessageHeader') return;
  checkCarried(bundle, first, header, listOf(header['focus']), run);
}

function checkCarried(
  bundle: JsonObject,
  entry: JsonObject | undefined,
  resource: JsonObject,
  references: readonly unknown[],
  run: Run,
): void {
  const fullUrl = entry?.['fullUrl'];
  run.push('entry', 0, 'Bundle.entry');
  run.push('resource', -1, 'Resource');
  const scope = { resource, container: resource, start: run.depth, carrier: bundle };
  run.within({ ...scope, ...(typeof fullUrl === 'string' ? { fullUrl } : {}) }, () => {
    for (const each of references) {
      const reference = isObject(each) ? each['reference'] : undefined;
      if (typeof reference !== 'string' || resolveReference(reference, run) !== undefined) continue;
      if (reference.startsWith('#')) continue;
      const found = parseReference(reference).form === 'literal' ? { found: quote(reference) } : {};
      run.error('reference-not-found', 'names a resource that the bundle does not carry', found);
    }
  });
  run.pop();
  run.pop();
}

/** Each entry of a document is linked to its Composition, forward or backward, over any number of steps. */
function checkOrphans(bundle: JsonObject, entries: readonly JsonObject[], run: Run): void {
  const neighbours = new Map<JsonObject, JsonObject[]>();
  const join = (from: JsonObject, to: JsonObject): void => {
    const known = neighbours.get(from);
    if (known === undefined) neighbours.set(from, [to]);
    else known.push(to);
  };
  const carried = carriedBy(bundle);
  for (const each of carried) {
    for (const target of targetsOf(each, bundle)) {
      join(each.resource, target);
      join(target, each.resource);
    }
  }
  const open = carried.slice(0, 1).map(({ resource }) => resource);
  const linked = new Set<unknown>(open);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const other of neighbours.get(next) ?? []) {
      if (!linked.has(other)) open.push(other);
      linked.add(other);
    }
  }
  for (const [i, { resource }] of entries.entries()) {
    if (!isObject(resource) || linked.has(resource)) continue;
    run.push('entry', i, 'Bundle.entry');
    run.error('bundle-invalid', 'nothing links the entry with the Composition of the document');
    run.pop();
  }
}
