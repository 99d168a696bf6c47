/** HL7's validator, run by Maven and Java, over our guide and what the demo gives, and what ours says of the same files. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadProfiles } from '../src/profiles/load-profiles.ts';
import { demoOutput } from './conformance-demo-output.ts';
import { findHl7Validator, writeGuide } from './hl7-validator.ts';

const INVALID = fileURLToPath(new URL('../test/profiles/invalid-examples', import.meta.url));

/** Of the demo's bundles and patients one of so many, unless everything is asked for. */
export const SAMPLE = 8;

/** One definition, example, or answer of the demo. */
export interface PeerRun {
  readonly name: string;
  /** What it is meant to be. */
  readonly meant: 'valid' | 'invalid';
  readonly hl7: 'valid' | 'invalid';
  readonly ours: 'valid' | 'invalid';
  /** First error of HL7's validator; empty where it has none. */
  readonly hl7Error: string;
  readonly ourError: string;
}

export type PeerRuns =
  | { readonly kind: 'run'; readonly runs: readonly PeerRun[] }
  | { readonly kind: 'skipped'; readonly reason: string };

/**
 * Throws where Java and Maven are there and the validator yet does not run.
 * @param every of the demo's bundles and patients only one of so many.
 */
export async function runPeer(every: number): Promise<PeerRuns> {
  const validator = await findHl7Validator();
  if (validator.kind === 'missing') return { kind: 'skipped', reason: validator.reason };
  const scratch = await mkdtemp(path.join(tmpdir(), 'guide-'));
  try {
    const folders = await unpack(scratch, every);
    const stdout = await validator.run('ValidateFolders', [folders.definitions, ...folders.all]);
    return { kind: 'run', runs: await compare(stdout) };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Folders of the package's definitions, its examples, the demo's output, and the invalid examples where there are some. */
async function unpack(
  scratch: string,
  every: number,
): Promise<{ readonly definitions: string; readonly all: readonly string[] }> {
  const { definitions, profiles, examples } = await writeGuide(scratch);
  const demo = path.join(scratch, 'demo');
  await mkdir(demo);
  for (const [name, resource] of await demoOutput(every)) {
    await writeFile(path.join(demo, `${name}.json`), JSON.stringify(resource));
  }
  return { definitions, all: [profiles, examples, demo, ...(await invalidFolder())] };
}

async function invalidFolder(): Promise<readonly string[]> {
  const files = existsSync(INVALID) ? await readdir(INVALID) : [];
  return files.some((file) => file.endsWith('.json')) ? [INVALID] : [];
}

async function compare(output: string): Promise<readonly PeerRun[]> {
  const lines = output.split('\n').filter((line) => line.includes('\t'));
  const validator = await loadProfiles();
  const runs: PeerRun[] = [];
  for (const line of lines) {
    const [file = '', errors = '', hl7Error = ''] = line.split('\t');
    const issues = validator.validateResource(JSON.parse(await readFile(file, 'utf8')));
    const found = issues.filter(({ severity }) => severity === 'error');
    runs.push({
      name: path.basename(file, '.json'),
      meant: path.dirname(file) === INVALID ? 'invalid' : 'valid',
      hl7: Number(errors) > 0 ? 'invalid' : 'valid',
      ours: found.length > 0 ? 'invalid' : 'valid',
      hl7Error,
      ourError: found.length > 0 ? `${found[0]?.expression}: ${found[0]?.message}` : '',
    });
  }
  return runs;
}
