import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rejection } from '../core/cartograph-error.ts';
import {
  buildEndpointCatalogue,
  type EndpointCatalogue,
  type SiteDefinition,
} from '../endpoints/endpoint-catalogue.ts';

/**
 * Our endpoint definitions and those of the sites, from `sites/<site>/endpoints/*.json` in the mapping folder; one
 * definition a file. Throws `mapping-invalid` naming every file that cannot be used.
 */
export async function loadEndpoints(mappingsFolder: string): Promise<EndpointCatalogue> {
  const sites = join(mappingsFolder, 'sites');
  const names = await namesIn(sites, (entry) => entry.isDirectory());
  const lists = await Promise.all(names.map((site) => readSite(sites, site)));
  return buildEndpointCatalogue(lists.flat());
}

async function readSite(sites: string, site: string): Promise<readonly SiteDefinition[]> {
  const folder = join(sites, site, 'endpoints');
  const names = await namesIn(folder, (entry) => entry.isFile() && entry.name.endsWith('.json'));
  return Promise.all(
    names.map(async (name) => {
      const file = `sites/${site}/endpoints/${name}`;
      const text = await readFile(join(folder, name), 'utf8').catch((cause: unknown) => {
        throw rejection('file-unreadable', `The endpoint definition ${file} cannot be read`, { cause });
      });
      return { file, content: parse(file, text) };
    }),
  );
}

/** Sorted; a folder that is not there has none. */
async function namesIn(
  folder: string,
  wanted: (entry: { readonly name: string; isDirectory(): boolean; isFile(): boolean }) => boolean,
): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter(wanted)
    .map(({ name }) => name)
    .sort();
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw rejection('mapping-invalid', `${file} is not JSON: ${(cause as Error).message}`, { cause });
  }
}
