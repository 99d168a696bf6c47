/** HL7's validator cases: what each asks, what was recorded, and what we say. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { loadProfiles } from '../src/profiles/load-profiles.ts';
import type { ValidationIssue } from '../src/profiles/validation-issue.ts';

interface Recorded {
  readonly errors: number;
  readonly issues: readonly { readonly severity: string; readonly text: string }[];
}

interface ManifestCase {
  readonly name: string;
  readonly file: string;
  readonly base: Recorded;
  readonly profiles?: readonly string[];
  readonly profile?: {
    readonly source: string;
    readonly profiles: readonly string[];
    readonly result: Recorded;
  };
}

/** One run of one case: against the base, or against the case's profile. */
export interface CaseRun {
  readonly name: string;
  readonly kind: 'base' | 'profile';
  /** Any error or fatal, as recorded; as we say. */
  readonly recorded: boolean;
  readonly ours: boolean;
  /** Texts of the errors of the side that has them. */
  readonly errors: readonly string[];
  readonly crash?: string;
}

export function sharedFolder(): string | undefined {
  const named = process.env['CARTOGRAPH_SHARED'] ?? new URL('../../shared', import.meta.url).pathname;
  return existsSync(named) ? named : undefined;
}

export async function runValidatorCases(shared: string): Promise<readonly CaseRun[]> {
  const folder = path.join(shared, 'fhir/fhir-test-cases/validator-r4');
  const manifest = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8'));
  const runs: CaseRun[] = [];
  for (const each of manifest.cases as readonly ManifestCase[]) {
    runs.push(await runCase(each, 'base', folder));
    if (each.profile !== undefined) runs.push(await runCase(each, 'profile', folder));
  }
  return runs;
}

async function runCase(each: ManifestCase, kind: 'base' | 'profile', folder: string): Promise<CaseRun> {
  const { name, file, profiles: supporting = [], profile, base } = each;
  const isProfile = kind === 'profile' && profile !== undefined;
  const expected = isProfile ? profile.result : base;
  const guides = [...supporting, ...(isProfile ? [...profile.profiles, profile.source] : [])]
    .map((guide) => path.join(folder, guide))
    .filter((guide) => existsSync(guide));
  const recorded = expected.errors > 0;
  const about = { name, kind, recorded };
  try {
    const asked = isProfile
      ? [JSON.parse(await readFile(path.join(folder, profile.source), 'utf8')).url]
      : [];
    const issues = await validate(path.join(folder, file), guides, asked);
    const found = issues.filter(({ severity }) => severity === 'error');
    const texts = recorded ? expected.issues.map(({ text }) => text) : found.map(({ message }) => message);
    return { ...about, ours: found.length > 0, errors: texts };
  } catch (error) {
    return { ...about, ours: false, errors: [], crash: String(error) };
  }
}

type Verdict = readonly Pick<ValidationIssue, 'severity' | 'message'>[];

async function validate(
  file: string,
  guides: readonly string[],
  profiles: readonly string[],
): Promise<Verdict> {
  const validator = await loadProfiles({ guides });
  let resource: unknown;
  try {
    resource = JSON.parse((await readFile(file, 'utf8')).replace(/^\uFEFF/, ''));
  } catch {
    return [{ severity: 'error', message: 'not well-formed JSON' }];
  }
  return validator.validateResource(resource, { profiles });
}
