/** The TypeScript types of the canonical model, from its JSON Schema. */
import { readFile } from 'node:fs/promises';
import { compile } from 'json-schema-to-typescript';

const SCHEMA = new URL('../src/cohort/cohort-record.schema.json', import.meta.url);

export const COHORT_TYPES_FILE = 'src/cohort/cohort-record.generated.ts';

export async function cohortTypes(): Promise<string> {
  const schema = JSON.parse(await readFile(SCHEMA, 'utf8'));
  const source = await compile(schema, 'CohortRecord', {
    additionalProperties: false,
    bannerComment: '/* Generated from cohort-record.schema.json by `npm run generate`; do not edit. */',
    ignoreMinAndMaxItems: true,
    style: { singleQuote: true, printWidth: 110 },
  });
  return source
    .replace(/^( {2,})(\w+\??: )/gm, '$1readonly $2')
    .replace(/: (\w+|\([^()]*\))\[\]/g, ': readonly $1[]');
}
