/** The committed package and the mapping files, as the tests of the guide read them. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readArchive } from '../../scripts/ig-archive.ts';

export interface GuideFile {
  readonly file: string;
  readonly content: Resource;
}

export interface Resource {
  readonly resourceType: string;
  readonly id: string;
  readonly url?: string;
  readonly type?: string;
  readonly abstract?: boolean;
  readonly concept?: readonly { readonly code: string }[];
  readonly contained?: readonly Resource[];
  readonly meta?: {
    readonly profile?: readonly string[];
    readonly tag?: readonly { readonly system: string; readonly code: string }[];
  };
  readonly [element: string]: unknown;
}

const ROOT = new URL('../../', import.meta.url);

export const packageText = await readArchive(fileURLToPath(new URL('profiles/package.tgz', ROOT)));

const parsed: readonly GuideFile[] = [...packageText].map(([file, content]) => ({
  file,
  content: JSON.parse(content),
}));

const isResource = ({ file }: GuideFile): boolean => /\/[A-Z][A-Za-z]+-[^/]+\.json$/.test(file);
const isExample = ({ file }: GuideFile): boolean => file.startsWith('package/example/');

export const definitions = parsed
  .filter((each) => isResource(each) && !isExample(each))
  .map((each) => each.content);
export const examples = parsed
  .filter((each) => isResource(each) && isExample(each))
  .map((each) => each.content);
export const structures = definitions.filter(({ resourceType }) => resourceType === 'StructureDefinition');

/** The examples and what they contain. */
export const instances = examples.flatMap((example) => [example, ...(example.contained ?? [])]);

/** Every JSON file under mappings/, none where the folder is missing. */
export async function mappingFiles(): Promise<readonly { readonly file: string; readonly text: string }[]> {
  const folder = new URL('mappings/', ROOT);
  if (!existsSync(folder)) return [];
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    names.map(async (file) => ({ file, text: await readFile(new URL(file, folder), 'utf8') })),
  );
}

export const readSource = (file: string): Promise<string> => readFile(new URL(file, ROOT), 'utf8');
