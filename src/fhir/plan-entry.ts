/** What an entry of a transaction or batch asks for, read from its `request`. */
import type { BundleEntry, Resource } from '@medplum/fhirtypes';
import { rejection } from '../core/cartograph-error.ts';
import { quote } from '../core/finding.ts';
import { type Condition, parseCondition } from './condition.ts';
import {
  type Addressed,
  addressedBy,
  type EntryTarget,
  invalidUrl,
  parseEntryTarget,
} from './entry-target.ts';
import type { KnownVersion } from './is-fresh.ts';
import { parseJson } from './parse-json.ts';
import {
  type NameOfPrecondition,
  type Precondition,
  readPrecondition,
  refuseUnchecked,
  type StatedPreconditions,
} from './precondition.ts';
import type { SearchContext } from './search/parse-criterion.ts';

export type Interaction =
  | { readonly kind: 'create'; readonly type: string; readonly unless?: Condition }
  | (Precondition & { readonly kind: 'update'; readonly type: string; readonly id: string })
  | (Precondition & {
      readonly kind: 'update-where';
      readonly type: string;
      readonly where: Condition;
    });

export interface PlannedRead {
  readonly kind: 'read';
  readonly path: string;
  readonly type: string;
  readonly id: string;
  /** Undefined for the current one. */
  readonly version: number | undefined;
  readonly known: KnownVersion;
  /** HEAD: what would be answered, without the resource. */
  readonly isHead: boolean;
}

/** Any other GET, such as a search. */
export interface PlannedQuery {
  readonly kind: 'query';
  readonly path: string;
  readonly url: string;
  readonly isHead: boolean;
}

export interface PlannedDelete extends Precondition {
  readonly kind: 'delete';
  readonly path: string;
  readonly type: string;
  readonly target: Addressed;
}

export interface PlannedPatch extends Precondition {
  readonly kind: 'patch';
  readonly path: string;
  readonly type: string;
  readonly target: Addressed;
  readonly fullUrl?: string;
  /** Operations of RFC 6902, not yet looked at. */
  readonly operations: unknown;
}

export interface PlannedWrite {
  readonly kind: 'write';
  /** FHIRPath of the entry, such as `Bundle.entry[3]`; that of the resource behind it. */
  readonly path: string;
  readonly resourcePath: string;
  readonly fullUrl?: string;
  readonly interaction: Interaction;
  readonly resource: Resource;
  /** The version that it was made from and has to replace. */
  readonly madeFrom?: number;
}

export type PlannedEntry = PlannedRead | PlannedQuery | PlannedDelete | PlannedPatch | PlannedWrite;

/** Reads an entry that has passed the structural check. Throws a rejection that names the element at fault. */
export function planEntry(entry: BundleEntry, path: string, context: SearchContext): PlannedEntry {
  const request = requestOf(entry, path);
  const { method, url } = request;
  switch (method) {
    case 'GET':
    case 'HEAD':
      return planGet(request, path);
    case 'POST':
    case 'PUT':
      return planWrite(entry, request, path, context);
    case 'PATCH':
    case 'DELETE': {
      const target = parseEntryTarget(url, `${path}.request.url`);
      const shared = {
        path,
        type: target.type,
        target: addressedBy(target, `${path}.request.url`, context),
        ...readPrecondition(request.stated, namesWithin(path)),
      };
      if (method === 'DELETE') return { kind: 'delete', ...shared };
      return { kind: 'patch', ...shared, ...fullUrlOf(entry), operations: operationsOf(entry, path) };
    }
    default:
      throw unsupportedMethod(method, path);
  }
}

interface EntryRequest {
  readonly method: string;
  readonly url: string;
  readonly stated: StatedPreconditions;
}

function requestOf({ request }: BundleEntry, path: string): EntryRequest {
  const method: string | undefined = request?.method;
  // Relative to the base either way; some clients begin with a slash.
  const url = request?.url?.replace(/^\//, '');
  if (method === undefined || url === undefined) {
    const expression = `${path}.request`;
    throw rejection('element-invalid', `${expression}: method and url are required`, {
      expression,
      found: 'no method or no url',
      expected: 'request.method and request.url',
    });
  }
  const { ifMatch, ifNoneMatch, ifNoneExist, ifModifiedSince } = request ?? {};
  return { method, url, stated: { ifMatch, ifNoneMatch, ifNoneExist, ifModifiedSince } };
}

function namesWithin(path: string): NameOfPrecondition {
  return (name) => `${path}.request.${name}`;
}

function fullUrlOf({ fullUrl }: BundleEntry): { readonly fullUrl?: string } {
  return fullUrl === undefined ? {} : { fullUrl };
}

function planGet({ method, url, stated }: EntryRequest, path: string): PlannedRead | PlannedQuery {
  refuseUnchecked(stated, ['ifNoneMatch', 'ifModifiedSince'], namesWithin(path));
  const isHead = method === 'HEAD';
  const [, target, version] = /^([A-Z][A-Za-z]+\/[^/?$_]+)(?:\/_history\/([1-9]\d{0,8}))?$/.exec(url) ?? [];
  if (target === undefined) return { kind: 'query', path, url, isHead };
  const { type, id = '' } = parseEntryTarget(target, `${path}.request.url`);
  const { ifNoneMatch: tags, ifModifiedSince } = stated;
  const known = { tags, since: ifModifiedSince === undefined ? undefined : Date.parse(ifModifiedSince) };
  const number = version === undefined ? undefined : Number(version);
  return { kind: 'read', path, type, id, version: number, known, isHead };
}

function planWrite(
  entry: BundleEntry,
  { method, url, stated }: EntryRequest,
  path: string,
  context: SearchContext,
): PlannedWrite {
  const target = parseEntryTarget(url, `${path}.request.url`);
  const { resource } = entry;
  const resourcePath = `${path}.resource`;
  if (resource === undefined) {
    throw rejection('element-invalid', `${resourcePath}: nothing to store`, {
      expression: resourcePath,
      found: 'no resource',
      expected: `a ${target.type}`,
    });
  }
  const plan = method === 'POST' ? planCreate : planUpdate;
  const interaction = plan(target, stated, path, context);
  checkTarget(interaction, resource, resourcePath);
  return { kind: 'write', path, resourcePath, interaction, resource, ...fullUrlOf(entry) };
}

function planCreate(
  target: EntryTarget,
  stated: StatedPreconditions,
  path: string,
  context: SearchContext,
): Interaction {
  if (target.id !== undefined || target.query !== undefined) {
    throw invalidUrl(`${path}.request.url`, 'more than a type', 'the resource type alone for POST');
  }
  refuseUnchecked(stated, ['ifNoneExist'], namesWithin(path));
  const { ifNoneExist } = stated;
  if (ifNoneExist === undefined) return { kind: 'create', type: target.type };
  const unless = parseCondition(target.type, ifNoneExist, `${path}.request.ifNoneExist`, context);
  return { kind: 'create', type: target.type, unless };
}

function planUpdate(
  target: EntryTarget,
  stated: StatedPreconditions,
  path: string,
  context: SearchContext,
): Interaction {
  const precondition = readPrecondition(stated, namesWithin(path));
  const addressed = addressedBy(target, `${path}.request.url`, context);
  return 'id' in addressed
    ? { kind: 'update', type: target.type, id: addressed.id, ...precondition }
    : { kind: 'update-where', type: target.type, where: addressed.where, ...precondition };
}

/** Body and URL must name the same type, and for an update the same id. Throws `id-mismatch`. */
export function checkTarget(interaction: Interaction, resource: Resource, resourcePath: string): void {
  const wanted = interaction.kind === 'update' ? interaction.id : undefined;
  const name = resource.resourceType !== interaction.type ? 'resourceType' : 'id';
  if (name === 'id' && (wanted === undefined || resource.id === wanted)) return;
  const found = name === 'id' ? resource.id : resource.resourceType;
  const expected = name === 'id' ? wanted : interaction.type;
  const expression = `${resourcePath}.${name}`;
  throw rejection('id-mismatch', `${expression} differs from the URL`, {
    expression,
    found: found === undefined ? 'nothing' : quote(found),
    expected: quote(expected),
  });
}

/** FHIR sends a JSON Patch within a bundle as a Binary. */
function operationsOf({ resource }: BundleEntry, path: string): unknown {
  const expression = `${path}.resource`;
  const isPatch =
    resource?.resourceType === 'Binary' && resource.contentType === 'application/json-patch+json';
  if (isPatch && resource.data !== undefined) return parseJson(Buffer.from(resource.data, 'base64'));
  throw rejection('patch-invalid', `${expression}: expected a JSON Patch in a Binary`, {
    expression,
    found: resource === undefined ? 'no resource' : quote(resource.resourceType),
    expected: 'a Binary of application/json-patch+json with data',
  });
}

function unsupportedMethod(method: string, path: string): Error {
  const expression = `${path}.request.method`;
  return rejection('method-unsupported', `${expression}: ${quote(method)} is not offered here`, {
    expression,
    found: quote(method),
    expected: 'GET, HEAD, POST, PUT, PATCH or DELETE',
  });
}
