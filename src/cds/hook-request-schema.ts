/** JSON Schemas of what clients send (CDS Hooks 2.0). What they do not name is allowed: the standard is extended so. */
import type { Hook } from './hook-request.ts';

const ID = '^[A-Za-z0-9.-]{1,64}$';
const REFERENCE = '^[A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64}$';
const USER = '^(Practitioner|PractitionerRole|Patient|RelatedPerson)/[A-Za-z0-9.-]{1,64}$';
const RESOURCE_TYPE = '^[A-Z][A-Za-z]+$';

const resource = {
  type: 'object',
  required: ['resourceType'],
  properties: { resourceType: { type: 'string', pattern: RESOURCE_TYPE } },
} as const;

const bundle = {
  type: 'object',
  required: ['resourceType'],
  properties: {
    resourceType: { const: 'Bundle' },
    entry: { type: 'array', items: { type: 'object', properties: { resource } } },
  },
} as const;

const viewContext = {
  userId: { type: 'string', pattern: USER },
  patientId: { type: 'string', pattern: ID },
  encounterId: { type: 'string', pattern: ID },
} as const;

const CONTEXTS = {
  'patient-view': { type: 'object', required: ['userId', 'patientId'], properties: viewContext },
  'order-select': {
    type: 'object',
    required: ['userId', 'patientId', 'selections', 'draftOrders'],
    properties: {
      ...viewContext,
      selections: { type: 'array', items: { type: 'string', pattern: REFERENCE } },
      draftOrders: bundle,
    },
  },
} as const;

/** The schema of a call of a service on this hook. */
export function hookRequestSchema(hook: Hook) {
  return {
    type: 'object',
    required: ['hook', 'hookInstance', 'context'],
    properties: {
      hook: { const: hook },
      hookInstance: { type: 'string', format: 'uuid' },
      fhirServer: { type: 'string', pattern: '^https?://[^\\s?#]+$' },
      fhirAuthorization: {
        type: 'object',
        required: ['access_token', 'token_type', 'expires_in', 'scope', 'subject'],
        properties: {
          access_token: { type: 'string', minLength: 1 },
          token_type: { const: 'Bearer' },
          expires_in: { type: 'integer' },
          scope: { type: 'string' },
          subject: { type: 'string' },
          patient: { type: 'string' },
        },
      },
      context: CONTEXTS[hook],
      prefetch: { type: 'object', additionalProperties: { oneOf: [{ type: 'null' }, resource] } },
      extension: { type: 'object' },
    },
    dependentRequired: { fhirAuthorization: ['fhirServer'] },
  } as const;
}

/** The schema of a call of the feedback endpoint. */
export const FEEDBACK_SCHEMA = {
  type: 'object',
  required: ['feedback'],
  properties: {
    feedback: {
      type: 'array',
      items: {
        type: 'object',
        required: ['card', 'outcome', 'outcomeTimestamp'],
        properties: {
          card: { type: 'string', minLength: 1 },
          outcome: { enum: ['accepted', 'overridden'] },
          acceptedSuggestions: {
            type: 'array',
            items: {
              type: 'object',
              required: ['id'],
              properties: { id: { type: 'string', minLength: 1 } },
            },
          },
          overrideReason: {
            type: 'object',
            properties: {
              reason: {
                type: 'object',
                required: ['code', 'system'],
                properties: { code: { type: 'string' }, system: { type: 'string' } },
              },
              userComment: { type: 'string' },
            },
          },
          outcomeTimestamp: { type: 'string', format: 'date-time' },
        },
        if: { properties: { outcome: { const: 'accepted' } } },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: { required: ['acceptedSuggestions'] },
      },
    },
  },
} as const;
