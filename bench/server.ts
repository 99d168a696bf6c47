/**
 * `npm run bench -- server`: the service as a process, load and PostgreSQL on the same cores, on embedded PostgreSQL and
 * then on an external one. Single Observations and transactions of 100 at 1, 8 and 64 clients, reads offered at 200 a
 * second, and how long after the last post every record is current; validation `warn` and mapping as they come. Last
 * line: the figures, and whether the bar holds. `-- server --full [--to N]`: what a resource costs when N are stored.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { measureGrowth } from './server-growth.ts';
import { type Measured, ServerLoad } from './server-load.ts';
import { type PostgresKind, startRun } from './server-run.ts';

const BAR = {
  bundledPerSecond: 3_000,
  singlePerSecond: 1_000,
  singleMs: 3,
  readMs: 10,
  currentMs: 60_000,
  megabytes: 512,
} as const;
const CLIENTS = [1, 8, 64] as const;
const PHASE_MS = 3_000;
const WARM_UP_MS = 1_000;

function tell(name: string, { clients, perSecond, p50, p99, failed }: Measured): void {
  const rest = failed === 0 ? '' : `, ${failed} failed`;
  process.stdout.write(
    `${name}, ${clients} clients: ${perSecond.toFixed(0)}/s, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms${rest}\n`,
  );
}

/** Measures, tells, and says whether the bar holds. */
async function measure(kind: PostgresKind): Promise<{ readonly summary: string; readonly holds: boolean }> {
  const run = await startRun(kind);
  try {
    const load = new ServerLoad(run.service.url);
    await load.putPatients();
    await load.single(4, WARM_UP_MS);
    const singles: Measured[] = [];
    const bundles: Measured[] = [];
    for (const clients of CLIENTS) singles.push(await load.single(clients, PHASE_MS));
    for (const clients of CLIENTS) bundles.push(await load.bundles(clients, PHASE_MS));
    const currentMs = await run.untilCurrent(2 * BAR.currentMs);
    await load.reads(64, 200, WARM_UP_MS);
    const reads = await load.reads(64, 200, PHASE_MS);
    const yardstick = await load.yardstick(64, 200, PHASE_MS);
    const megabytes = await run.mostMemory();
    for (const one of singles) tell(`${kind}: single posts`, one);
    for (const one of bundles) tell(`${kind}: in transactions of 100`, one);
    tell(`${kind}: reads at 200/s`, reads);
    tell(`${kind}: answers without a database at 200/s`, yardstick);
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
    const summary =
      `${kind} bundles ${bundles.map(({ perSecond }) => perSecond.toFixed(0)).join(' / ')} resources/s, ` +
      `single posts ${singles.map(({ perSecond }) => perSecond.toFixed(0)).join(' / ')}/s at ${CLIENTS.join(' / ')} clients, ` +
      `one client ${one?.p50.toFixed(1)} ms, read p99 ${reads.p99.toFixed(1)} ms (without a database ${yardstick.p99.toFixed(1)} ms), ` +
      `current after ${(currentMs / 1000).toFixed(1)} s, ${megabytes?.toFixed(0) ?? 'unknown'} MB`;
    return { summary, holds: held.every(Boolean) };
  } finally {
    await run.end();
  }
}

const { values } = parseArgs({ options: { full: { type: 'boolean' }, to: { type: 'string' } } });
const results =
  values.full === true
    ? [await measureGrowth(Number(values.to ?? 1_000_000), BAR.megabytes)]
    : [await measure('embedded'), await measure('external')];
const holds = results.every((result) => result.holds);
process.stdout.write(
  `server: ${cpus().length} cores, ${results.map(({ summary }) => summary).join('; ')}; the bar ${holds ? 'holds' : 'does not hold'}\n`,
);
process.exitCode = holds ? 0 : 1;
