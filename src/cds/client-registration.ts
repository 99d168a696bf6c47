/** Which CDS clients may call, from a file of the operator. */
import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { JSONWebKeySet } from 'jose';
import { rejection } from '../core/cartograph-error.ts';

export interface CdsClient {
  /** Issuer of its tokens. */
  readonly iss: string;
  /** Public keys; keys that a token points to are never fetched. */
  readonly jwks: JSONWebKeySet;
  /** Bases of the FHIR servers from which data may be fetched for it. */
  readonly fhirServers: readonly string[];
  /** Site of the resources that it sends; that of the service where absent. */
  readonly site?: string;
}

export interface CdsRegistrations {
  /** Address of this service as the clients know it, without a slash at the end: the audience of their tokens. */
  readonly baseUrl: string;
  readonly clients: readonly CdsClient[];
}

const PUBLIC_KEY = {
  type: 'object',
  required: ['kty'],
  properties: { kty: { enum: ['EC', 'RSA'] }, d: false, k: false },
} as const;

const SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['baseUrl', 'clients'],
  properties: {
    baseUrl: { type: 'string', pattern: '^https?://[^\\s?#]*[^\\s?#/]$' },
    clients: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['iss', 'jwks', 'fhirServers'],
        properties: {
          iss: { type: 'string', minLength: 1 },
          jwks: {
            type: 'object',
            required: ['keys'],
            properties: { keys: { type: 'array', minItems: 1, items: PUBLIC_KEY } },
          },
          fhirServers: { type: 'array', items: { type: 'string', pattern: '^https?://[^\\s?#]+$' } },
          site: { type: 'string', minLength: 1 },
        },
      },
    },
  },
} as const;

const ajv = new Ajv2020({ strict: true, strictTypes: false });
addFormats.default(ajv);
const validate = ajv.compile(SCHEMA);

/** Throws `file-unreadable` or `configuration-invalid` naming the element; a private key in the file is refused. */
export async function loadClientRegistrations(file: string): Promise<CdsRegistrations> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw rejection('file-unreadable', 'The file of CDS clients cannot be read', { found: file, cause });
  });
  const content = parse(text);
  if (!validate(content)) {
    const [error] = validate.errors ?? [];
    throw rejection('configuration-invalid', `CDS clients: ${error?.instancePath} ${error?.message}`, {
      expression: error?.instancePath ?? '',
    });
  }
  const registrations = content as CdsRegistrations;
  const issuers = registrations.clients.map(({ iss }) => iss);
  if (new Set(issuers).size < issuers.length) {
    throw rejection('configuration-invalid', 'CDS clients: two clients have the same iss');
  }
  return registrations;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw rejection('configuration-invalid', 'The file of CDS clients is not JSON', {
      expression: 'CARTOGRAPH_CDS_CLIENTS',
      cause,
    });
  }
}
