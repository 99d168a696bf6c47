/** What an entry of a transaction or batch asks for, read from its `request`. */
import type { BundleEntry, Resource } from '@medplum/fhirtypes';
import { rejection } from '../core/cartograph-error.ts';
import { quote } from '../core/finding.ts';
import { isResourceId } from './check-structure.ts';
import { isResourceType } from './element-types.ts';
import { type IdentifierCondition, parseIdentifierCondition } from './identifier-condition.ts';

export type Interaction =
  | { readonly kind: 'create'; readonly type: string; readonly unless?: IdentifierCondition }
  | { readonly kind: 'update'; readonly type: string; readonly id: string }
  | { readonly kind: 'update-where'; readonly type: string; readonly where: IdentifierCondition };

export interface PlannedRead {
  readonly kind: 'read';
  readonly path: string;
  readonly type: string;
  readonly id: string;
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

export type PlannedEntry = PlannedRead | PlannedWrite;

/** Reads an entry that has passed the structural check. Throws a rejection that names the element at fault. */
export function planEntry(entry: BundleEntry, path: string): PlannedEntry {
  const method: string | undefined = entry.request?.method;
  const url = entry.request?.url;
  if (method === undefined || url === undefined) {
    const expression = `${path}.request`;
    throw rejection('element-invalid', `${expression}: method and url are required`, {
      expression,
      found: 'no method or no url',
      expected: 'request.method and request.url',
    });
  }
  refusePreconditions(entry, path);
  const target = parseTarget(url, `${path}.request.url`);
  if (method === 'GET' && target.id !== undefined && target.query === undefined) {
    return { kind: 'read', path, type: target.type, id: target.id };
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
      ? planCreate(target, entry.request?.ifNoneExist, path)
      : planUpdate(target, `${path}.request.url`);
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

function planCreate(target: Target, ifNoneExist: string | undefined, path: string): Interaction {
  if (target.id !== undefined || target.query !== undefined) {
    throw invalidUrl(`${path}.request.url`, 'more than a type', 'the resource type alone for POST');
  }
  if (ifNoneExist === undefined) return { kind: 'create', type: target.type };
  const unless = parseIdentifierCondition(target.type, ifNoneExist, `${path}.request.ifNoneExist`);
  return { kind: 'create', type: target.type, unless };
}

function planUpdate(target: Target, expression: string): Interaction {
  if (target.id !== undefined && target.query === undefined) {
    return { kind: 'update', type: target.type, id: target.id };
  }
  if (target.id === undefined && target.query !== undefined) {
    const where = parseIdentifierCondition(target.type, target.query, expression);
    return { kind: 'update-where', type: target.type, where };
  }
  throw invalidUrl(expression, 'another form', 'Type/id or Type?identifier=system|value for PUT');
}

/** Preconditions that are not checked must not be taken for met. */
function refusePreconditions(entry: BundleEntry, path: string): void {
  for (const name of ['ifMatch', 'ifNoneMatch', 'ifModifiedSince'] as const) {
    if (entry.request?.[name] === undefined) continue;
    const expression = `${path}.request.${name}`;
    throw rejection('condition-unsupported', `${expression} is not supported`, {
      expression,
      found: name,
      expected: 'ifNoneExist with identifier=system|value, or no condition',
    });
  }
}

function unsupportedMethod(method: string, path: string): Error {
  const expression = `${path}.request.method`;
  return rejection('method-unsupported', `${expression}: ${quote(method)} is not offered here`, {
    expression,
    found: quote(method),
    expected: 'POST, PUT, or GET of Type/id',
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
