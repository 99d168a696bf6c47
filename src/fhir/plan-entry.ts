/** What an entry of a transaction or batch asks for, read from its `request`. */
import type { BundleEntry, Resource } from '@medplum/fhirtypes';
import { rejection } from '../core/cartograph-error.ts';
import { quote } from '../core/finding.ts';
import { isResourceId } from './check-structure.ts';
import { type Condition, parseCondition } from './condition.ts';
import { isResourceType } from './element-types.ts';
import { parseJson } from './parse-json.ts';
import type { SearchContext } from './search/parse-criterion.ts';

/** What must hold of the stored version: that it has this number, or with null that there is none. */
interface Precondition {
  readonly ifVersion?: string | null;
}

export type Interaction =
  | { readonly kind: 'create'; readonly type: string; readonly unless?: Condition }
  | (Precondition & { readonly kind: 'update'; readonly type: string; readonly id: string })
  | (Precondition & {
      readonly kind: 'update-where';
      readonly type: string;
      readonly where: Condition;
    });

/** One resource, by id or by a condition that at most one meets. */
export type Addressed = { readonly id: string } | { readonly where: Condition };

export interface PlannedRead {
  readonly kind: 'read';
  readonly path: string;
  readonly type: string;
  readonly id: string;
  /** Undefined for the current one. */
  readonly version: number | undefined;
}

/** Any other GET: a search, a history, an operation. */
export interface PlannedQuery {
  readonly kind: 'query';
  readonly path: string;
  readonly url: string;
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
}

export type PlannedEntry = PlannedRead | PlannedQuery | PlannedDelete | PlannedPatch | PlannedWrite;

/** Reads an entry that has passed the structural check. Throws a rejection that names the element at fault. */
export function planEntry(entry: BundleEntry, path: string, context: SearchContext): PlannedEntry {
  const method: string | undefined = entry.request?.method;
  // Relative to the base either way; some clients begin with a slash.
  const url = entry.request?.url?.replace(/^\//, '');
  if (method === undefined || url === undefined) {
    const expression = `${path}.request`;
    throw rejection('element-invalid', `${expression}: method and url are required`, {
      expression,
      found: 'no method or no url',
      expected: 'request.method and request.url',
    });
  }
  if (method === 'GET') return planGet(url, path);
  refusePreconditions(entry, path);
  const target = parseTarget(url, `${path}.request.url`);
  const ifVersion = parseIfMatch(entry.request?.ifMatch, `${path}.request.ifMatch`);
  const condition = ifVersion === undefined ? {} : { ifVersion };
  if (method === 'DELETE') {
    return {
      kind: 'delete',
      path,
      type: target.type,
      target: addressed(target, path, context),
      ...condition,
    };
  }
  if (method === 'PATCH') {
    return {
      kind: 'patch',
      path,
      type: target.type,
      target: addressed(target, path, context),
      operations: operationsOf(entry, path),
      ...condition,
      ...(entry.fullUrl === undefined ? {} : { fullUrl: entry.fullUrl }),
    };
  }
  if (method !== 'POST' && method !== 'PUT') throw unsupportedMethod(method, path);
  const { resource, fullUrl } = entry;
  const resourcePath = `${path}.resource`;
  if (resource === undefined) {
    throw rejection('element-invalid', `${resourcePath}: nothing to store`, {
      expression: resourcePath,
      found: 'no resource',
      expected: `a ${target.type}`,
    });
  }
  const interaction =
    method === 'POST'
      ? planCreate(target, entry.request?.ifNoneExist, path, context)
      : { ...planUpdate(target, `${path}.request.url`, context), ...condition };
  checkTarget(interaction, resource, resourcePath);
  return {
    kind: 'write',
    path,
    resourcePath,
    interaction,
    resource,
    ...(fullUrl === undefined ? {} : { fullUrl }),
  };
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

interface Target {
  readonly type: string;
  readonly id?: string;
  readonly query?: string;
}

function parseTarget(url: string, expression: string): Target {
  const [, type = '', id, query] = /^([A-Za-z]+)(?:\/([^/?]*))?(?:\?(.*))?$/s.exec(url) ?? [];
  if (!isResourceType(type))
    throw invalidUrl(expression, url, 'a URL that begins with a resource type of FHIR R4');
  if (id !== undefined && !isResourceId(id)) {
    throw rejection('id-invalid', `${expression}: not a resource id`, {
      expression,
      found: quote(id),
      expected: '1 to 64 of A-Z, a-z, 0-9, hyphen and dot',
    });
  }
  return { type, ...(id === undefined ? {} : { id }), ...(query === undefined ? {} : { query }) };
}

function planCreate(
  target: Target,
  ifNoneExist: string | undefined,
  path: string,
  context: SearchContext,
): Interaction {
  if (target.id !== undefined || target.query !== undefined) {
    throw invalidUrl(`${path}.request.url`, 'more than a type', 'the resource type alone for POST');
  }
  if (ifNoneExist === undefined) return { kind: 'create', type: target.type };
  const unless = parseCondition(target.type, ifNoneExist, `${path}.request.ifNoneExist`, context);
  return { kind: 'create', type: target.type, unless };
}

function planUpdate(target: Target, expression: string, context: SearchContext): Interaction {
  if (target.id !== undefined && target.query === undefined) {
    return { kind: 'update', type: target.type, id: target.id };
  }
  if (target.id === undefined && target.query !== undefined) {
    const where = parseCondition(target.type, target.query, expression, context);
    return { kind: 'update-where', type: target.type, where };
  }
  throw invalidUrl(expression, 'another form', 'Type/id or Type?criteria for PUT');
}

/** Preconditions that are not checked must not be taken for met. */
function refusePreconditions(entry: BundleEntry, path: string): void {
  const method = entry.request?.method;
  const unchecked = [
    'ifNoneMatch' as const,
    'ifModifiedSince' as const,
    ...(method === 'POST' ? (['ifMatch'] as const) : []),
  ];
  for (const name of unchecked) {
    if (entry.request?.[name] === undefined) continue;
    const expression = `${path}.request.${name}`;
    throw rejection('condition-unsupported', `${expression} is not supported on ${method}`, {
      expression,
      found: name,
      expected: 'ifNoneExist, ifMatch, or no condition',
    });
  }
}

/** The version number of `W/"3"`; undefined without a header. Throws `condition-unsupported` for what names none. */
export function parseIfMatch(text: string | undefined, expression: string): string | undefined {
  if (text === undefined) return undefined;
  const version = /^\s*(?:W\/)?"?([A-Za-z0-9.-]{1,64})"?\s*$/.exec(text)?.[1];
  if (version !== undefined) return version;
  throw rejection('condition-unsupported', `${expression}: expected one version`, {
    expression,
    found: 'another form',
    expected: 'W/"1"',
  });
}

function planGet(url: string, path: string): PlannedRead | PlannedQuery {
  const [, target, version] = /^([A-Z][A-Za-z]+\/[^/?$_]+)(?:\/_history\/([1-9]\d{0,8}))?$/.exec(url) ?? [];
  if (target === undefined) return { kind: 'query', path, url };
  const { type, id = '' } = parseTarget(target, `${path}.request.url`);
  return { kind: 'read', path, type, id, version: version === undefined ? undefined : Number(version) };
}

/** Throws `url-invalid` where neither an id nor a condition is named. */
function addressed({ type, id, query }: Target, path: string, context: SearchContext): Addressed {
  const expression = `${path}.request.url`;
  if (id !== undefined && query === undefined) return { id };
  if (id === undefined && query !== undefined)
    return { where: parseCondition(type, query, expression, context) };
  throw invalidUrl(expression, 'another form', 'Type/id or Type?criteria');
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
    expected: 'GET, POST, PUT, PATCH or DELETE',
  });
}

function invalidUrl(expression: string, found: string, expected: string): Error {
  const shown = quote(found.split('?')[0] ?? '');
  return rejection('url-invalid', `${expression}: expected ${expected}`, {
    expression,
    found: shown,
    expected,
  });
}
