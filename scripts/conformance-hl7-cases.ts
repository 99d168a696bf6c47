/** HL7's validator, run by Maven and Java, over our guide, and what ours says of the same files. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { loadProfiles, OWN_GUIDE } from '../src/profiles/load-profiles.ts';
import { readArchive } from './ig-archive.ts';

const run = promisify(execFile);

const PROJECT = fileURLToPath(new URL('../test/conformance/hl7-validator', import.meta.url));
const BUILT = fileURLToPath(new URL('../.cache/hl7-validator', import.meta.url));
const INVALID = fileURLToPath(new URL('../test/profiles/invalid-examples', import.meta.url));

const MAX_OUTPUT = 64 * 1024 * 1024;

/** One definition or example. */
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

/** Throws where Java and Maven are there and the validator yet does not run. */
export async function runPeer(): Promise<PeerRuns> {
  for (const tool of ['java', 'mvn']) {
    if (!(await isThere(tool))) return { kind: 'skipped', reason: `${tool} is not installed` };
  }
  const classPath = await build();
  if (classPath === undefined) return { kind: 'skipped', reason: 'Maven cannot get what the project needs' };
  const scratch = await mkdtemp(path.join(tmpdir(), 'guide-'));
  try {
    const folders = await unpack(scratch);
    const { stdout } = await run(
      'java',
      ['-cp', classPath, 'org.example.cartograph.ValidateFolders', folders.definitions, ...folders.all],
      { maxBuffer: MAX_OUTPUT },
    );
    return { kind: 'run', runs: await compare(stdout) };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function isThere(tool: string): Promise<boolean> {
  try {
    await run(tool, ['-version']);
    return true;
  } catch {
    return false;
  }
}

/** Without a network where an earlier build left all that is needed; undefined where it cannot be got. */
async function build(): Promise<string | undefined> {
  const file = path.join(BUILT, 'class-path.txt');
  const goals = ['-q', 'compile', 'dependency:build-classpath', `-Dmdep.outputFile=${file}`];
  for (const mode of [['-o'], []]) {
    try {
      await run('mvn', [...mode, ...goals], { cwd: PROJECT, maxBuffer: MAX_OUTPUT });
      const libraries = (await readFile(file, 'utf8')).trim();
      return [path.join(BUILT, 'classes'), libraries].join(path.delimiter);
    } catch (error) {
      const output = error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error);
      if (/COMPILATION ERROR/.test(output)) throw error;
    }
  }
  return undefined;
}

/** Folders of the package's definitions, its examples, and the invalid examples where there are some. */
async function unpack(
  scratch: string,
): Promise<{ readonly definitions: string; readonly all: readonly string[] }> {
  const definitions = path.join(scratch, 'definitions');
  const profiles = path.join(scratch, 'profiles');
  const examples = path.join(scratch, 'examples');
  for (const folder of [definitions, profiles, examples]) await mkdir(folder);
  for (const [name, text] of await readArchive(OWN_GUIDE)) {
    const file = path.basename(name);
    if (!/^[A-Z].*\.json$/.test(file)) continue;
    const isExample = name.startsWith('package/example/');
    await writeFile(path.join(isExample ? examples : definitions, file), text);
    if (!isExample && file.startsWith('StructureDefinition-')) {
      await writeFile(path.join(profiles, file), text);
    }
  }
  return { definitions, all: [profiles, examples, ...(await invalidFolder())] };
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
