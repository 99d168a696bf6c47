import { Ajv2020 } from 'ajv/dist/2020.js';
import schema from './endpoint-definition.schema.json' with { type: 'json' };

const ajv = new Ajv2020({ allErrors: true, strict: true });
const isDefinition = ajv.compile(schema);

/** What is wrong with a definition by its JSON Schema: `/path message`; empty for a sound one. */
export function validateEndpointDefinition(content: unknown): readonly string[] {
  if (isDefinition(content)) return [];
  return (isDefinition.errors ?? [])
    .filter(({ keyword }) => keyword !== 'if')
    .map(({ instancePath, message, params }) => {
      const { allowedValues, allowedValue, additionalProperty } = params as Readonly<Record<string, unknown>>;
      const detail = allowedValues ?? allowedValue ?? additionalProperty;
      const told = detail === undefined ? '' : `: ${JSON.stringify(detail)}`;
      return `${instancePath === '' ? '/' : instancePath} ${message ?? ''}${told}`;
    });
}
