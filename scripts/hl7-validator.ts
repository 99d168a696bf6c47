/** HL7's validator in Java, built by Maven where both are here (test/conformance/hl7-validator). */
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { OWN_GUIDE } from '../src/profiles/load-profiles.ts';
import { readArchive } from './ig-archive.ts';

const run = promisify(execFile);

const PROJECT = fileURLToPath(new URL('../test/conformance/hl7-validator', import.meta.url));
const BUILT = fileURLToPath(new URL('../.cache/hl7-validator', import.meta.url));
const MAX_OUTPUT = 64 * 1024 * 1024;

export type Hl7Validator =
  | { readonly kind: 'missing'; readonly reason: string }
  | {
      readonly kind: 'ready';
      /** Runs a class of the project and gives what it prints. */
      readonly run: (mainClass: string, args: readonly string[]) => Promise<string>;
    };

/** Throws where Java and Maven are here and the project does not compile. */
export async function findHl7Validator(): Promise<Hl7Validator> {
  for (const tool of ['java', 'mvn']) {
    if (!(await isThere(tool))) return { kind: 'missing', reason: `${tool} is not installed` };
  }
  const classPath = await build();
  if (classPath === undefined) return { kind: 'missing', reason: 'Maven cannot get what the project needs' };
  return {
    kind: 'ready',
    run: async (mainClass, args) => {
      const call = ['-cp', classPath, `org.example.cartograph.${mainClass}`, ...args];
      return (await run('java', call, { maxBuffer: MAX_OUTPUT })).stdout;
    },
  };
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

/** The guide as files in folders of `scratch`: all its definitions, its profiles once more, its examples. */
export async function writeGuide(
  scratch: string,
): Promise<Readonly<Record<'definitions' | 'profiles' | 'examples', string>>> {
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
  return { definitions, profiles, examples };
}
