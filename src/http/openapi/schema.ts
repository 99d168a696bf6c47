/** A JSON Schema, 2020-12, as OpenAPI 3.1 has it. */
export type Schema = Readonly<Record<string, unknown>>;

/** An object with these properties and no others; a name that ends in `?` may be absent. */
export function closed(properties: Readonly<Record<string, Schema>>): Schema {
  const entries = Object.entries(properties);
  return {
    type: 'object',
    additionalProperties: false,
    required: entries.flatMap(([name]) => (name.endsWith('?') ? [] : [name])),
    properties: Object.fromEntries(entries.map(([name, schema]) => [name.replace(/\?$/, ''), schema])),
  };
}

/** An object that has these properties and may have others. */
export function open(properties: Readonly<Record<string, Schema>>): Schema {
  return { ...closed(properties), additionalProperties: true };
}

export function listOf(items: Schema): Schema {
  return { type: 'array', items };
}

export function orNull(schema: Schema): Schema {
  return { anyOf: [schema, { type: 'null' }] };
}

export function ref(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` };
}

export function described(description: string, schema: Schema): Schema {
  return { ...schema, description };
}

export const text: Schema = { type: 'string' };
export const count: Schema = { type: 'integer', minimum: 0 };
export const integer: Schema = { type: 'integer' };
export const number: Schema = { type: 'number' };
export const truth: Schema = { type: 'boolean' };
/** Any object: what is in it is told where it is defined. */
export const anyObject: Schema = { type: 'object' };
export const fullDate: Schema = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
/** To the day, the month or the year. */
export const partialDate: Schema = { type: 'string', pattern: '^\\d{4}(-\\d{2}(-\\d{2})?)?$' };
