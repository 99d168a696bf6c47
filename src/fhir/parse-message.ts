/** A message bundle (R4, "Messaging using FHIR Resources"): its header, and what it brings, as writes. */
import { createHash } from 'node:crypto';
import type { BundleEntry, MessageHeader, Resource } from '@medplum/fhirtypes';
import { CartographError, rejection } from '../core/cartograph-error.ts';
import { type Finding, quote } from '../core/finding.ts';
import { checkEntry, checkStructure, isResourceId } from './check-structure.ts';
import { contentDigest } from './content-digest.ts';
import type { PlannedWrite } from './plan-entry.ts';

export interface Message {
  readonly header: MessageHeader & { readonly id: string };
  /** A resource with an id is stored under it, one without gets one. */
  readonly writes: readonly PlannedWrite[];
  /** Of what the message brings, the header and the id of the bundle apart. */
  readonly digest: string;
}

const MAX_FINDINGS = 100;

/** Throws a rejection where it is no message that could be answered: no bundle of that type, or no header with an id. */
export function parseMessageHeader(body: unknown): Message['header'] {
  if (!isRecord(body) || body['resourceType'] !== 'Bundle' || body['type'] !== 'message') {
    const found = isRecord(body) && body['resourceType'] === 'Bundle' ? body['type'] : 'another body';
    throw rejection('bundle-type-unsupported', 'The body is no message', {
      expression: 'Bundle.type',
      found: quote(found ?? 'no type'),
      expected: 'a Bundle of type message',
    });
  }
  const { entry, ...shell } = body;
  refuse(checkStructure(shell, 'Bundle'));
  const expression = 'Bundle.entry[0].resource';
  const [first]: readonly unknown[] = Array.isArray(entry) ? entry : [];
  const header: unknown = isRecord(first) ? first['resource'] : undefined;
  if (!isRecord(header) || header['resourceType'] !== 'MessageHeader') {
    throw rejection('bundle-invalid', 'The first entry of a message is its header', {
      expression,
      expected: 'a MessageHeader',
    });
  }
  refuse(checkStructure(header, expression));
  if (typeof header['id'] !== 'string' || !isResourceId(header['id'])) {
    throw rejection('element-missing', `${expression}.id: a message is known by the id of its header`, {
      expression: `${expression}.id`,
      expected: 'an id that the sender gives to no other message',
    });
  }
  const known = header as unknown as Message['header'];
  if (known.eventCoding === undefined && known.eventUri === undefined) {
    throw missing(`${expression}.event`, 'eventCoding or eventUri');
  }
  if (known.source?.endpoint === undefined) throw missing(`${expression}.source.endpoint`, 'a URL');
  return known;
}

/** Throws a rejection with everything that is wrong with what the message brings. */
export function parseMessage(body: unknown, header: Message['header']): Message {
  if (header.response !== undefined) {
    throw rejection('bundle-invalid', 'The message answers another one; there is nothing here that asked', {
      expression: 'Bundle.entry[0].resource.response',
      expected: 'no response',
    });
  }
  const entries = (body as { readonly entry: readonly unknown[] }).entry;
  const findings: Finding[] = [];
  const writes = entries.slice(1).flatMap((entry, index): readonly PlannedWrite[] => {
    try {
      return [planBrought(entry, `Bundle.entry[${index + 1}]`)];
    } catch (error) {
      if (!(error instanceof CartographError)) throw error;
      findings.push(...error.findings);
      return [];
    }
  });
  refuse(findings);
  const digest = createHash('sha256');
  for (const { resource, fullUrl } of writes) digest.update(`${fullUrl ?? ''} ${contentDigest(resource)}\n`);
  return { header, writes, digest: digest.digest('base64url') };
}

function planBrought(entry: unknown, path: string): PlannedWrite {
  refuse(checkEntry(entry, path));
  const { resource, fullUrl, request } = entry as BundleEntry<Resource>;
  if (request !== undefined) {
    throw rejection('bundle-invalid', `${path}.request: an entry of a message has none`, {
      expression: `${path}.request`,
      expected: 'no request, or a bundle of type transaction',
    });
  }
  const resourcePath = `${path}.resource`;
  if (resource === undefined) throw missing(resourcePath, 'a resource');
  const { resourceType: type, id } = resource;
  if (id !== undefined && !isResourceId(id)) {
    throw rejection('id-invalid', `${resourcePath}.id is no FHIR id`, {
      expression: `${resourcePath}.id`,
      expected: '1 to 64 of A-Z, a-z, 0-9, hyphen and dot',
    });
  }
  return {
    kind: 'write',
    path,
    resourcePath,
    interaction: id === undefined ? { kind: 'create', type } : { kind: 'update', type, id },
    resource,
    ...(fullUrl === undefined ? {} : { fullUrl }),
  };
}

function missing(expression: string, expected: string): CartographError {
  return rejection('element-missing', `${expression}: expected ${expected}`, { expression, expected });
}

function refuse(findings: readonly Finding[]): void {
  const [first, ...rest] = findings.slice(0, MAX_FINDINGS);
  if (first !== undefined) throw new CartographError([first, ...rest]);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
