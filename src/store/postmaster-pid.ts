/** `postmaster.pid` of a PostgreSQL data folder: which process holds the folder, and how to stop it. */
import { readFile, readlink, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface PidFile {
  readonly pid: number;
  readonly port: number;
}

const FAST_SHUTDOWN_MS = 10_000;

/** Undefined where there is none, or none that can be read. */
export async function readPidFile(databaseFolder: string): Promise<PidFile | undefined> {
  const text = await readFile(join(databaseFolder, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  return Number.isInteger(pid) && pid > 0 ? { pid, port: Number(lines[3]) || 0 } : undefined;
}

/** True where that process lives and is a server of this folder, not another one that was given its number. */
export async function isClusterRunning(databaseFolder: string, { pid }: PidFile): Promise<boolean> {
  if (!isAlive(pid)) return false;
  // A server's working directory is its data folder, and a dead process that nobody awaits has none. Where there
  // is no /proc, a living process is believed.
  const workingFolder = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  if (workingFolder !== undefined) return workingFolder === (await realpath(databaseFolder));
  return (await readlink('/proc/self').catch(() => undefined)) === undefined;
}

export async function removeStalePidFile(databaseFolder: string): Promise<void> {
  await rm(join(databaseFolder, 'postmaster.pid'), { force: true });
}

/** Fast shutdown, and if that takes too long an immediate one, from which PostgreSQL recovers by its log. */
export async function stopCluster(databaseFolder: string, pidFile: PidFile): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    send(pidFile.pid, signal);
    for (let waited = 0; waited < FAST_SHUTDOWN_MS; waited += 20) {
      if (!(await isClusterRunning(databaseFolder, pidFile))) return;
      await sleep(20);
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function send(pid: number, signal: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Already gone.
  }
}
