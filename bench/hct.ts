/**
 * `node bench/hct.ts`: the service as it is started, on its own PostgreSQL; warm CDS Hooks calls with a prefetch of 500
 * resources over HTTP, the load made by another process. The bar: p99 under 50 ms at 20 calls a second offered, and at
 * least 100 calls a second with 16 clients back to back. Before it the same logic in CQL, on the same patients, for the
 * ratio. Last line: the figures, and whether the bar holds.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPatients, callOf, PREFETCH_SIZE } from './hct-calls.ts';
import { compareWithCql } from './hct-cql.ts';
import type { LoadResult } from './hct-load.ts';

const BAR = { p99: 50, perSecond: 100 } as const;
const SERVICE = '/cds-services/hct-consolidation-patient-view';
const PATIENTS = 40;
/** CQL takes about a second for each. */
const PATIENTS_IN_CQL = 20;

function startService(dataFolder: string): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const child = spawn(process.execPath, ['src/main.ts'], {
    env: { ...process.env, CARTOGRAPH_PORT: '0', CARTOGRAPH_DATA: dataFolder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((done, fail) => {
    let written = '';
    child.stdout.on('data', (chunk: Buffer) => {
      if (written.length < 65_536) written += String(chunk);
      const url = /"url":"([^"]+)"/.exec(written)?.[1];
      if (url !== undefined) done({ child, url });
    });
    child.once('exit', () => fail(new Error('The service did not start')));
  });
}

async function load(url: string, file: string): Promise<LoadResult> {
  const child = spawn(process.execPath, ['bench/hct-load.ts', url, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let written = '';
  child.stdout.on('data', (chunk: Buffer) => {
    written += String(chunk);
  });
  await once(child, 'exit');
  return JSON.parse(written) as LoadResult;
}

const folder = await mkdtemp(join(tmpdir(), 'cartograph-bench-'));
await chmod(folder, 0o755);
try {
  const patients = buildPatients(PATIENTS);
  const calls = patients.map(callOf);
  const peer = await compareWithCql(
    patients
      .slice(0, PATIENTS_IN_CQL)
      .map(({ patient, resources, products }) => [patient, ...resources, ...products]),
  );
  const file = join(folder, 'calls.json');
  await writeFile(file, JSON.stringify(calls));
  const service = await startService(join(folder, 'data'));
  try {
    const { p50, p99, max, perSecond, offered, clients, failed } = await load(
      `${service.url}${SERVICE}`,
      file,
    );
    const holds = failed === 0 && p99 < BAR.p99 && perSecond >= BAR.perSecond;
    process.stdout.write(
      `hct: ${PREFETCH_SIZE} resources a call, ${cpus().length} cores; ${offered}/s offered: p50 ${p50.toFixed(1)} ms, ` +
        `p99 ${p99.toFixed(1)} ms, max ${max.toFixed(1)} ms (bar: p99 under ${BAR.p99}); ${clients} clients: ` +
        `${perSecond.toFixed(0)} calls/s (bar ${BAR.perSecond}); ${failed} failed; in CQL on ` +
        `${peer.patients} of the patients, ${peer.statuses} statuses and every criterion equal: ${peer.cql.toFixed(0)} ms each, ours ` +
        `${peer.ours.toFixed(1)} ms, ratio ${(peer.cql / peer.ours).toFixed(0)}: ${holds ? 'holds' : 'does not hold'}\n`,
    );
    process.exitCode = holds ? 0 : 1;
  } finally {
    const gone = once(service.child, 'exit');
    service.child.kill('SIGTERM');
    await gone;
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
