/** The service as a process of its own, which can be killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';

export interface ServiceProcess {
  readonly url: string;
  readonly child: ChildProcess;
}

/** Starts `src/main.ts` and waits until it listens. Rejects with what it wrote when it ends before. */
export function startProcess(dataFolder: string, env: NodeJS.ProcessEnv = {}): Promise<ServiceProcess> {
  const { DATABASE_URL: _external, ...inherited } = process.env;
  const child = spawn(process.execPath, ['src/main.ts'], {
    env: { ...inherited, CARTOGRAPH_PORT: '0', CARTOGRAPH_DATA: dataFolder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((done, fail) => {
    let written = '';
    const take = (chunk: Buffer): void => {
      written += String(chunk);
      const url = /"url":"([^"]+)"/.exec(written)?.[1];
      if (url !== undefined) done({ url, child });
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('close', () => fail(new Error(written)));
  });
}

/** kill -9, and waits until the process is gone. */
export async function killProcess({ child }: ServiceProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

export async function postmasterPid(dataFolder: string): Promise<number> {
  return Number((await readFile(join(dataFolder, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]);
}

/** A connection to the embedded PostgreSQL of the folder, past the service. */
export async function connectTo(dataFolder: string): Promise<pg.Client> {
  const password = await readFile(join(dataFolder, 'postgres-password'), 'utf8');
  const port = (await readFile(join(dataFolder, 'postgres/postmaster.pid'), 'utf8')).split('\n')[3];
  const client = new pg.Client({
    connectionString: `postgres://cartograph:${password}@127.0.0.1:${port}/cartograph`,
  });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
