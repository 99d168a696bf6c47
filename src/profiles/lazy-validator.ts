import { loadProfiles, type ProfileSources } from './load-profiles.ts';
import type { Validator } from './validator.ts';

/** One validator for all who ask, loaded when the first asks; after a failure the next one tries again. */
export function lazyValidator(sources: ProfileSources = {}): () => Promise<Validator> {
  let loading: Promise<Validator> | undefined;
  return () => {
    loading ??= loadProfiles(sources).catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}
