import { spawn } from 'node:child_process';
import { buffer, text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const ENTRY = fileURLToPath(new URL('../../src/cli/cartograph.ts', import.meta.url));

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  /** The same as bytes. */
  readonly bytes: Buffer;
  readonly stderr: string;
}

/** Runs the command as a user would, with `input` on its standard input. */
export async function spawnCartograph(
  args: readonly string[],
  input: string | Uint8Array = '',
  env: NodeJS.ProcessEnv = {},
): Promise<Finished> {
  const child = spawn(process.execPath, ['--no-warnings', ENTRY, ...args], {
    stdio: 'pipe',
    env: { ...process.env, ...env },
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [bytes, stderr, status] = await Promise.all([buffer(child.stdout), text(child.stderr), closed]);
  return { status, stdout: bytes.toString('utf8'), bytes, stderr };
}

/** The JSON values of NDJSON output. */
export function parseLines(output: string): readonly Readonly<Record<string, unknown>>[] {
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
}
