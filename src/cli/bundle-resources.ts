import { createHash } from 'node:crypto';
import { identifierCondition, parametersOf } from '../fhir/identifier-condition.ts';
import { replaceReferences } from '../fhir/references.ts';

/** A JSON object, before anything has been said about what it is. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** One thing that an input value holds: a resource, the removal of one, or a place that should have held one. */
export type Held =
  | { readonly kind: 'resource'; readonly resource: JsonObject; readonly place: string; readonly rank: Rank }
  | { readonly kind: 'removal'; readonly reference: string; readonly lastUpdated: string | undefined }
  | { readonly kind: 'problem'; readonly problem: string; readonly place: string };

/** `create-if-none` yields to a resource of the same id that is there already. */
export type Rank = 'write' | 'create-if-none';

interface Entry {
  readonly resource: JsonObject;
  readonly place: string;
  readonly fullUrl: string | undefined;
  readonly id: string;
  readonly rank: Rank;
}

/**
 * The resources of a Bundle of any type, or the one resource that the value is. Entries get the ids that a server
 * would let them find each other by: an entry that creates a resource, or has no id, is named by a digest of its
 * bundle and its place there; a conditional one by its condition, so that it is the same resource in every bundle.
 * References to an entry's full URL are rewritten to those ids. The digests are of content: the same bundle read
 * twice gives the same resources.
 */
export function listHeldResources(value: JsonObject, place = ''): readonly Held[] {
  if (value['resourceType'] !== 'Bundle') {
    const id = typeof value['id'] === 'string' ? value['id'] : digest(JSON.stringify(value));
    return [{ kind: 'resource', resource: { ...value, id }, place, rank: 'write' }];
  }
  const listed = value['entry'] ?? [];
  if (!Array.isArray(listed)) return [{ kind: 'problem', problem: 'entry is not a list', place }];
  // A history lists the newest version first; where versions say nothing, what is read last counts.
  const entries = listed.map((entry: unknown, index) => ({ entry, place: join(place, `entry[${index}]`) }));
  if (value['type'] === 'history') entries.reverse();
  let ownDigest: string | undefined;
  const bundleDigest = () => {
    ownDigest ??= digest(JSON.stringify(value));
    return ownDigest;
  };
  const held = entries.flatMap((item) => readEntry(item.entry, item.place, bundleDigest));
  const ids = new Map<string, string>();
  for (const item of held) {
    if (item.kind === 'entry') for (const url of urlsOf(item.entry)) ids.set(url, targetOf(item.entry));
  }
  return held.map((item) => (item.kind === 'entry' ? finish(item.entry, ids) : item));
}

type ReadEntry = { readonly kind: 'entry'; readonly entry: Entry } | Held;

function readEntry(entry: unknown, place: string, bundleDigest: () => string): readonly ReadEntry[] {
  if (!isJsonObject(entry)) return [{ kind: 'problem', problem: 'the entry is not an object', place }];
  const request = isJsonObject(entry['request']) ? entry['request'] : {};
  const resource = entry['resource'];
  if (resource === undefined) return removalOf(request, entry['response']);
  const at = join(place, 'resource');
  if (!isJsonObject(resource))
    return [{ kind: 'problem', problem: 'the resource is not an object', place: at }];
  if (resource['resourceType'] === 'Bundle') return listHeldResources(resource, at);
  const { id, rank } = identityOf(resource, request, () => digest(`${bundleDigest()} ${at}`));
  const fullUrl = typeof entry['fullUrl'] === 'string' ? entry['fullUrl'] : undefined;
  return [{ kind: 'entry', entry: { resource, place: at, fullUrl, id, rank } }];
}

function removalOf(request: JsonObject, response: unknown): readonly Held[] {
  const url = request['url'];
  if (request['method'] !== 'DELETE' || typeof url !== 'string') return [];
  const modified = isJsonObject(response) ? response['lastModified'] : undefined;
  return [
    { kind: 'removal', reference: url, lastUpdated: typeof modified === 'string' ? modified : undefined },
  ];
}

function identityOf(
  resource: JsonObject,
  request: JsonObject,
  madeUp: () => string,
): { readonly id: string; readonly rank: Rank } {
  const created = request['method'] === 'POST';
  const condition = conditionOf(resource, created ? request['ifNoneExist'] : request['url']);
  if (condition !== undefined) return { id: digest(condition), rank: created ? 'create-if-none' : 'write' };
  const own = resource['id'];
  if (typeof own === 'string' && !created) return { id: own, rank: 'write' };
  return { id: madeUp(), rank: 'write' };
}

/** The condition in one form however it is written; undefined for other criteria, which a server would have to look up. */
function conditionOf(resource: JsonObject, query: unknown): string | undefined {
  if (typeof query !== 'string' || !query.includes('=')) return undefined;
  const condition = identifierCondition(String(resource['resourceType']), parametersOf(query));
  return condition && JSON.stringify([condition.type, condition.system, condition.value]);
}

/** The strings that references in the same bundle may use for an entry. */
function urlsOf({ fullUrl, resource }: Entry): readonly string[] {
  const own = resource['id'];
  const relative = typeof own === 'string' ? [`${String(resource['resourceType'])}/${own}`] : [];
  return fullUrl === undefined ? relative : [fullUrl, ...relative];
}

function targetOf({ resource, id }: Entry): string {
  return `${String(resource['resourceType'])}/${id}`;
}

function finish({ resource, place, id, rank }: Entry, ids: ReadonlyMap<string, string>): Held {
  const rewritten = replaceReferences(resource, place, (reference) => ids.get(reference) ?? reference);
  return { kind: 'resource', resource: { ...rewritten, id }, place, rank };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function join(place: string, step: string): string {
  return place === '' ? `Bundle.${step}` : `${place}.${step}`;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
