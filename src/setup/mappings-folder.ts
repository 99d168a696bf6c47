import { fileURLToPath } from 'node:url';
import type { Config } from '../config.ts';

/** The folder of the settings, else the one that comes with the software. */
export function mappingsFolderOf({ mappingsFolder }: Pick<Config, 'mappingsFolder'>): string {
  return mappingsFolder ?? fileURLToPath(new URL('../../mappings', import.meta.url));
}
