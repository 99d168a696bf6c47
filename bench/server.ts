/**
 * `npm run bench -- server`: the service as a process with its embedded PostgreSQL, load and both on the same cores.
 * Single Observations and transactions of 100 at 1, 8 and 64 clients, reads offered at 200 a second, and how long after
 * the last post every record is current. Last line: the figures, and whether the bar holds.
 */
import { readFile, rm } from 'node:fs/promises';
import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectTo, startProcess } from '../test/support/service-process.ts';
import { makeDataFolder } from '../test/support/test-database.ts';
import { type Measured, ServerLoad } from './server-load.ts';

const BAR = {
  bundledPerSecond: 3_000,
  singlePerSecond: 1_000,
  singleMs: 3,
  readMs: 10,
  currentMs: 60_000,
  megabytes: 512,
} as const;
const CLIENTS = [1, 8, 64] as const;
const PHASE_MS = 5_000;

function line(name: string, { clients, perSecond, p50, p99, failed }: Measured): string {
  const rest = failed === 0 ? '' : `, ${failed} failed`;
  return `${name}, ${clients} clients: ${perSecond.toFixed(0)}/s, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms${rest}\n`;
}

/** Milliseconds until no patient is marked stale. */
async function untilCurrent(dataFolder: string): Promise<number> {
  const started = performance.now();
  const client = await connectTo(dataFolder);
  for (;;) {
    const { rows } = await client.query<{ readonly n: string }>('select count(*) as n from stale_patient');
    if (rows[0]?.n === '0' || performance.now() - started > 2 * BAR.currentMs) break;
    await sleep(100);
  }
  await client.end();
  return performance.now() - started;
}

/** Most megabytes that the process has held; undefined where the system does not tell. */
async function mostMemory(pid: number | undefined): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /VmHWM:\s+(\d+) kB/.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
}

const dataFolder = await makeDataFolder();
const service = await startProcess(dataFolder, { CARTOGRAPH_LOG_LEVEL: 'info' });
service.child.stdout?.resume();
try {
  const load = new ServerLoad(service.url);
  await load.putPatients();
  await load.single(4, 1_000);
  const singles: Measured[] = [];
  const bundles: Measured[] = [];
  for (const clients of CLIENTS) singles.push(await load.single(clients, PHASE_MS));
  for (const clients of CLIENTS) bundles.push(await load.bundles(clients, PHASE_MS));
  const currentMs = await untilCurrent(dataFolder);
  const reads = await load.reads(64, 200, PHASE_MS);
  const megabytes = await mostMemory(service.child.pid);
  for (const one of singles) process.stdout.write(line('single posts', one));
  for (const one of bundles) process.stdout.write(line('in transactions of 100', one));
  process.stdout.write(line('reads at 200/s', reads));
  const [one, , many] = singles;
  const failures = [...singles, ...bundles, reads].reduce((sum, { failed }) => sum + failed, 0);
  const held = [
    failures === 0,
    bundles.slice(1).every(({ perSecond }) => perSecond >= BAR.bundledPerSecond),
    (many?.perSecond ?? 0) >= BAR.singlePerSecond,
    (one?.p50 ?? Number.POSITIVE_INFINITY) < BAR.singleMs,
    reads.p99 < BAR.readMs,
    currentMs <= BAR.currentMs,
    megabytes === undefined || megabytes <= BAR.megabytes,
  ];
  const holds = held.every(Boolean);
  process.stdout.write(
    `server: ${cpus().length} cores, bundles ${bundles.map(({ perSecond }) => perSecond.toFixed(0)).join(' / ')} resources/s, ` +
      `single posts ${singles.map(({ perSecond }) => perSecond.toFixed(0)).join(' / ')}/s at ${CLIENTS.join(' / ')} clients, ` +
      `one client ${one?.p50.toFixed(1)} ms, read p99 ${reads.p99.toFixed(1)} ms, current after ${(currentMs / 1000).toFixed(1)} s, ` +
      `${megabytes?.toFixed(0) ?? 'unknown'} MB; the bar ${holds ? 'holds' : 'does not hold'}\n`,
  );
  process.exitCode = holds ? 0 : 1;
} finally {
  service.child.kill('SIGTERM');
  await new Promise((done) => service.child.once('exit', done));
  await rm(dataFolder, { recursive: true, force: true });
}
