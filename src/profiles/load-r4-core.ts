import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import type { JsonObject } from './definition.ts';
import type { DefinitionSource } from './definition-store.ts';

const FILE = new URL('../../profiles/r4-core.br', import.meta.url);

interface Header {
  readonly entries: readonly (readonly [resourceType: string, url: string])[];
}

/** R4's own definitions, unpatched, from the file built by scripts/build-r4-index.ts; each is parsed on first use. */
export async function loadR4Core(): Promise<DefinitionSource> {
  const bytes = await promisify(brotliDecompress)(await readFile(FILE));
  const lines = bytes.toString('utf8').split('\n');
  const { entries } = JSON.parse(lines[0] ?? '') as Header;
  const places = new Map(entries.map(([type, url], i) => [`${type} ${url}`, i + 1]));
  const parsed = new Map<number, JsonObject>();
  return {
    find: (resourceType, url) => {
      const place = places.get(`${resourceType} ${url}`);
      if (place === undefined) return undefined;
      const present = parsed.get(place);
      if (present !== undefined) return present;
      const definition = JSON.parse(lines[place] ?? '') as JsonObject;
      parsed.set(place, definition);
      return definition;
    },
  };
}
