import { Ajv2020 } from 'ajv/dist/2020.js';
import schema from './cohort-record.schema.json' with { type: 'json' };

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
const isRecord = ajv.compile(schema);

/** What is wrong with a record by the JSON Schema of the model: `/path message`; empty for a sound one. */
export function validateRecord(record: unknown): readonly string[] {
  if (isRecord(record)) return [];
  return (isRecord.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}
