/** Which elements of each resource type R4 marks as its summary, and which it requires (hl7.fhir.r4.examples, CC0). */
import { readFile } from 'node:fs/promises';
import { R4_RESOURCE_TYPES } from '../src/fhir/r4-elements.generated.ts';

export const SUMMARY_ELEMENTS_FILE = 'src/fhir/summary-elements.generated.ts';

const PACKAGE = new URL('../node_modules/hl7.fhir.r4.examples/', import.meta.url);

interface Element {
  readonly path: string;
  readonly min: number;
  readonly isSummary?: boolean;
}

const HEAD = '/* Generated from the R4 core definitions by `npm run generate`; do not edit. */\n';

export async function summaryElements(): Promise<string> {
  const types = await Promise.all(
    R4_RESOURCE_TYPES.map(async (type) => {
      const text = await readFile(new URL(`StructureDefinition-${type}.json`, PACKAGE), 'utf8');
      const elements = (JSON.parse(text).snapshot.element as readonly Element[]).filter(
        ({ path }) => path.split('.').length === 2,
      );
      return { type, elements };
    }),
  );
  const table = (name: string, comment: string, isKept: (element: Element) => boolean): string => {
    const lines = types.flatMap(({ type, elements }) => {
      const names = elements.filter(isKept).map(({ path }) => path.split('.')[1]);
      return names.length === 0 ? [] : [`  ${type}: '${names.join(' ')}',\n`];
    });
    return `\n/** ${comment} */\nexport const ${name}: Readonly<Record<string, string>> = {\n${lines.join('')}};\n`;
  };
  return [
    HEAD,
    table('SUMMARY_ELEMENTS', 'Elements of the summary of each type.', ({ isSummary }) => isSummary === true),
    table('MANDATORY_ELEMENTS', 'Elements that each type must have.', ({ min }) => min > 0),
  ].join('');
}
