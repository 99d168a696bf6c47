/** What CDS Hooks 2.0 asks of answers, written from the standard; ours and those of others are held against it. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
addFormats.default(ajv);

const coding = {
  type: 'object',
  required: ['code', 'system'],
  properties: { code: { type: 'string' }, system: { type: 'string' }, display: { type: 'string' } },
};

const action = {
  type: 'object',
  required: ['type', 'description'],
  properties: {
    type: { enum: ['create', 'update', 'delete'] },
    description: { type: 'string' },
    resource: { type: 'object', required: ['resourceType'] },
  },
};

const suggestion = {
  type: 'object',
  required: ['label'],
  properties: {
    label: { type: 'string' },
    uuid: { type: 'string' },
    isRecommended: { type: 'boolean' },
    actions: { type: 'array', items: action },
  },
};

const card = {
  type: 'object',
  required: ['summary', 'indicator', 'source'],
  properties: {
    uuid: { type: 'string', format: 'uuid' },
    summary: { type: 'string', minLength: 1, maxLength: 139 },
    detail: { type: 'string' },
    indicator: { enum: ['info', 'warning', 'critical'] },
    source: {
      type: 'object',
      required: ['label'],
      properties: {
        label: { type: 'string', minLength: 1 },
        url: { type: 'string', format: 'uri' },
        icon: { type: 'string', format: 'uri' },
        topic: coding,
      },
    },
    suggestions: { type: 'array', items: suggestion },
    selectionBehavior: { enum: ['at-most-one', 'any'] },
    overrideReasons: { type: 'array', items: coding },
    links: {
      type: 'array',
      items: {
        type: 'object',
        required: ['label', 'url', 'type'],
        properties: {
          label: { type: 'string' },
          url: { type: 'string' },
          type: { enum: ['absolute', 'smart'] },
        },
      },
    },
  },
  dependentRequired: { suggestions: ['selectionBehavior'] },
};

export const isHookResponse = ajv.compile({
  type: 'object',
  required: ['cards'],
  properties: { cards: { type: 'array', items: card }, systemActions: { type: 'array', items: action } },
});

export const isDiscovery = ajv.compile({
  type: 'object',
  required: ['services'],
  properties: {
    services: {
      type: 'array',
      items: {
        type: 'object',
        required: ['hook', 'description', 'id'],
        properties: {
          hook: { type: 'string', pattern: '^[a-z-]+$' },
          title: { type: 'string' },
          description: { type: 'string' },
          id: { type: 'string' },
          prefetch: { type: 'object', additionalProperties: { type: 'string' } },
          usageRequirements: { type: 'string' },
          extension: { type: 'object' },
        },
      },
    },
  },
});
