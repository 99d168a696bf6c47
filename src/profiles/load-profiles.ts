import { fileURLToPath } from 'node:url';
import { DefinitionStore, heldSource } from './definition-store.ts';
import { loadPackage } from './load-package.ts';
import { loadR4Core } from './load-r4-core.ts';
import { Validator } from './validator.ts';
import type { ValidatorSettings } from './validator-context.ts';

/** The guide of this project. */
export const OWN_GUIDE = fileURLToPath(new URL('../../profiles/package.tgz', import.meta.url));

export interface ProfileSources {
  /** Packages, folders and files of further guides; a later one goes before an earlier one. */
  readonly guides?: readonly string[];
  /** Definitions in memory, which go before all others. */
  readonly definitions?: readonly unknown[];
  readonly settings?: Partial<ValidatorSettings>;
}

const DEFAULTS: ValidatorSettings = { unknownExtensions: 'error' };

/**
 * A validator for R4, this project's guide and the guides named. Nothing is compiled before it is needed.
 * @throws CartographError `file-unreadable` or `json-malformed` for a guide that cannot be read.
 */
export async function loadProfiles({
  guides = [],
  definitions = [],
  settings = {},
}: ProfileSources = {}): Promise<Validator> {
  const [core, ...packages] = await Promise.all([loadR4Core(), ...[OWN_GUIDE, ...guides].map(loadPackage)]);
  const held = [...packages, definitions].map(heldSource).reverse();
  return new Validator(new DefinitionStore([...held, core]), { ...DEFAULTS, ...settings });
}
