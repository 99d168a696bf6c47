/** The schema of the record, with its definitions as components. */
import recordSchema from '../../cohort/cohort-record.schema.json' with { type: 'json' };
import type { Schema } from './schema.ts';

/** Definitions of the record are told from others by this. */
const PREFIX = 'Record';

export function recordSchemas(): Readonly<Record<string, Schema>> {
  const { $schema: _dialect, $id: _id, $defs, ...record } = recordSchema;
  const definitions = Object.entries($defs).map(([name, schema]) => [`${PREFIX}${name}`, moved(schema)]);
  return { CohortRecord: moved(record), ...Object.fromEntries(definitions) };
}

function moved(schema: object): Schema {
  return JSON.parse(JSON.stringify(schema).replaceAll('#/$defs/', `#/components/schemas/${PREFIX}`));
}
