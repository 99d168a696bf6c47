/**
 * JSON Schema 2020-12 of what we run of a ViewDefinition (SQL on FHIR v2, StructureDefinition ViewDefinition). FHIR's
 * descriptive elements are let through at the top; inside, an unknown name is an error, for it is most often a
 * misspelling.
 */

const CONSTANT_TYPES = {
  Base64Binary: 'string',
  Boolean: 'boolean',
  Canonical: 'string',
  Code: 'string',
  Date: 'string',
  DateTime: 'string',
  Decimal: 'number',
  Id: 'string',
  Instant: 'string',
  Integer: 'integer',
  Integer64: 'integer',
  Oid: 'string',
  PositiveInt: 'integer',
  String: 'string',
  Time: 'string',
  UnsignedInt: 'integer',
  Uri: 'string',
  Url: 'string',
  Uuid: 'string',
} as const;

const EXPRESSION = { type: 'string', minLength: 1 } as const;
const ELEMENT = { id: { type: 'string' }, extension: { type: 'array' } } as const;
const SELECTS = { type: 'array', minItems: 1, items: { $ref: '#/$defs/select' } } as const;

export const VIEW_DEFINITION_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://cartograph.example.org/schema/view-definition',
  type: 'object',
  required: ['resource', 'select'],
  properties: {
    resourceType: { type: 'string' },
    url: { type: 'string' },
    name: { type: 'string' },
    status: { type: 'string' },
    resource: { type: 'string', minLength: 1 },
    select: SELECTS,
    where: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path'],
        properties: { ...ELEMENT, path: EXPRESSION, description: { type: 'string' } },
        additionalProperties: false,
      },
    },
    constant: { type: 'array', items: { $ref: '#/$defs/constant' } },
  },
  $defs: {
    select: {
      type: 'object',
      properties: {
        ...ELEMENT,
        column: { type: 'array', items: { $ref: '#/$defs/column' } },
        select: SELECTS,
        forEach: EXPRESSION,
        forEachOrNull: EXPRESSION,
        repeat: { type: 'array', minItems: 1, items: EXPRESSION },
        unionAll: SELECTS,
      },
      additionalProperties: false,
    },
    column: {
      type: 'object',
      required: ['name', 'path'],
      properties: {
        ...ELEMENT,
        name: { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9_]*$' },
        path: EXPRESSION,
        description: { type: 'string' },
        collection: { type: 'boolean' },
        type: { type: 'string', minLength: 1 },
        tag: {
          type: 'array',
          items: {
            type: 'object',
            required: ['name', 'value'],
            properties: { ...ELEMENT, name: { type: 'string' }, value: { type: 'string' } },
            additionalProperties: false,
          },
        },
      },
      additionalProperties: false,
    },
    constant: {
      type: 'object',
      required: ['name'],
      properties: {
        ...ELEMENT,
        name: { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9_]*$' },
        ...Object.fromEntries(
          Object.entries(CONSTANT_TYPES).map(([type, json]) => [`value${type}`, { type: json }]),
        ),
      },
      additionalProperties: false,
    },
  },
} as const;
