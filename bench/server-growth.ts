/** `npm run bench -- server --full`: what storing a resource costs as more and more are stored. */
import { ServerLoad } from './server-load.ts';
import { type ServerRun, startRun } from './server-run.ts';

const FIRST = 10_000;
/** Resources over which the cost is measured. */
const WINDOW = 10_000;
const CLIENTS = 8;
/** Cost at the end by cost at the beginning. */
const BAR = 1.3;
const CURRENT_MS = 600_000;

interface Window {
  readonly stored: number;
  readonly perSecond: number;
  /** Microseconds of processor a resource, of service and PostgreSQL, until its record is current. */
  readonly cost: number | undefined;
}

/**
 * Ever more patients with a hundred resources each. The cost is processor time, which what else runs on the machine does
 * not change, and with it counts the rebuilding of the records; the rate is told beside it.
 */
export async function measureGrowth(
  to: number,
  maxMegabytes: number,
): Promise<{ readonly summary: string; readonly holds: boolean }> {
  const run = await startRun('embedded');
  try {
    const load = new ServerLoad(run.service.url);
    await load.newPatients(CLIENTS, FIRST);
    await run.untilCurrent(CURRENT_MS);
    const windows: Window[] = [];
    for (let stored = FIRST; ; stored = Math.min(to, stored * 10)) {
      await load.newPatients(CLIENTS, stored - load.stored);
      await run.untilCurrent(CURRENT_MS);
      windows.push(await measureWindow(run, load));
      if (stored >= to) break;
    }
    const megabytes = await run.mostMemory();
    const costs = windows.map(({ cost, perSecond }) => cost ?? 1_000_000 / perSecond);
    const growth = (costs.at(-1) ?? Number.POSITIVE_INFINITY) / (costs[0] ?? 1);
    const told = windows.map(
      ({ stored, cost, perSecond }) =>
        `${stored}: ${cost === undefined ? '' : `${cost.toFixed(0)} µs, `}${perSecond.toFixed(0)}/s`,
    );
    return {
      summary: `a resource costs at ${told.join('; at ')}; growth ${growth.toFixed(2)}, ${megabytes?.toFixed(0) ?? 'unknown'} MB`,
      holds: growth <= BAR && (megabytes === undefined || megabytes <= maxMegabytes),
    };
  } finally {
    await run.end();
  }
}

async function measureWindow(run: ServerRun, load: ServerLoad): Promise<Window> {
  const { stored } = load;
  const before = await run.processorMs();
  const { perSecond, failed } = await load.newPatients(CLIENTS, WINDOW);
  await run.untilCurrent(CURRENT_MS);
  const after = await run.processorMs();
  if (failed > 0) throw new Error(`${failed} transactions failed at ${stored} resources`);
  const cost = before === undefined || after === undefined ? undefined : ((after - before) * 1000) / WINDOW;
  const window = { stored, perSecond, cost };
  process.stdout.write(`${stored} stored: ${cost?.toFixed(0)} µs a resource, ${perSecond.toFixed(0)}/s\n`);
  return window;
}
