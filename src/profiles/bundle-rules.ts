/** Rules of bundles that FHIR R4 states in words (bundle.html, search.html, documents.html, messaging.html). */
import { quote } from '../core/finding.ts';
import { parseReference } from '../fhir/references.ts';
import { isObject, type JsonObject } from './definition.ts';
import { resolveReference } from './resolve-reference.ts';
import type { Run } from './run.ts';
import { checkSearchEntries } from './search-bundle.ts';

const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:/;
/** Relations of which a bundle has one link at most. */
const SINGLE: ReadonlySet<string> = new Set(['self', 'first', 'previous', 'prev', 'next', 'last']);

export function checkBundle(bundle: JsonObject, run: Run): void {
  const entries = listOf(bundle['entry']);
  checkLinks(listOf(bundle['link']), run);
  for (const [i, entry] of entries.entries()) checkFullUrl(entry, i, run);
  if (bundle['type'] === 'searchset') checkSearchEntries(entries, listOf(bundle['link']), run);
  if (bundle['type'] === 'document') checkComposition(bundle, entries[0], run);
  if (bundle['type'] === 'message') checkMessage(bundle, entries[0], run);
}

function listOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function checkLinks(links: readonly JsonObject[], run: Run): void {
  const seen = new Set<unknown>();
  for (const [i, { relation }] of links.entries()) {
    if (typeof relation === 'string' && SINGLE.has(relation) && seen.has(relation)) {
      run.push('link', i, 'Bundle.link');
      run.error('bundle-invalid', `a second link with the relation ${relation}`);
      run.pop();
    }
    seen.add(relation);
  }
}

/** Absolute, and, where it has the form of a REST URL, that of the resource. */
function checkFullUrl({ fullUrl, resource }: JsonObject, index: number, run: Run): void {
  if (typeof fullUrl !== 'string') return;
  run.push('entry', index, 'Bundle.entry');
  if (!ABSOLUTE.test(fullUrl)) {
    run.error('bundle-invalid', 'its fullUrl is no absolute URL', { expected: 'an absolute URL' });
  } else if (isObject(resource)) {
    const form = parseReference(fullUrl);
    const id = resource['id'];
    const isRest = form.form === 'literal' && form.type === resource['resourceType'];
    if (isRest && typeof id === 'string' && form.id !== id) {
      run.error('bundle-invalid', 'its fullUrl ends in another id than the resource has');
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
      if (reference.startsWith('urn:') || reference.startsWith('#')) continue;
      const found = parseReference(reference).form === 'literal' ? { found: quote(reference) } : {};
      run.error('reference-not-found', 'names a resource that the bundle does not carry', found);
    }
  });
  run.pop();
  run.pop();
}
