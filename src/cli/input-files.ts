import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** One place to read from: a file, or standard input. */
export interface InputFile {
  /** As the caller named it, or found below a folder that the caller named; `-` is standard input. */
  readonly path: string;
  /** Found below a folder, not named by the caller. */
  readonly found?: true;
  /** Why it cannot be read; absent where it can. */
  readonly problem?: string;
}

const READABLE = /\.(json|ndjson|jsonl)(\.gz)?$/i;

/**
 * What the arguments name: `-` is standard input; a file is read whatever it is called; below a folder, every
 * `.json` and `.ndjson`, plain or `.gz`, in the order of their names. What cannot be read is listed with the
 * reason, so that one missing file does not stop the others.
 */
export async function listInputFiles(inputs: readonly string[]): Promise<readonly InputFile[]> {
  const lists = await Promise.all(inputs.map((path) => listOne(path)));
  return lists.flat();
}

async function listOne(path: string): Promise<readonly InputFile[]> {
  if (path === '-') return [{ path }];
  try {
    if (!(await stat(path)).isDirectory()) return [{ path }];
    const names = (await readdir(path, { recursive: true, withFileTypes: true }))
      .filter((entry) => !entry.isDirectory() && READABLE.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name));
    return names.toSorted().map((name) => ({ path: name, found: true }));
  } catch (error) {
    return [{ path, problem: systemReason(error) }];
  }
}

/** The operating system's reason in words; an error that is none of its own is thrown again. */
export function systemReason(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (typeof code !== 'string') throw error;
  if (code === 'ENOENT') return 'it does not exist';
  if (code === 'EACCES' || code === 'EPERM') return 'it may not be read';
  if (code === 'Z_BUF_ERROR' || code === 'Z_DATA_ERROR')
    return 'its compressed data are damaged or cut short';
  return `it cannot be read (${code})`;
}
