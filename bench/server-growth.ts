/** `npm run bench -- server --full`: what storing a resource costs as more and more are stored. */
import { ServerLoad } from './server-load.ts';
import { type ServerRun, startRun } from './server-run.ts';

const FIRST = 10_000;
const CLIENTS = 8;
const ROUNDS = 5;
/** Resources of a round: for the full service more, so that what PostgreSQL tidies up at times counts by its share. */
const YOUNG_ROUND = 10_000;
const FULL_ROUND = 20_000;
/** Cost on the full service by cost on the young one. */
const BAR = 1.3;
const CURRENT_MS = 600_000;

interface Filled {
  readonly run: ServerRun;
  readonly load: ServerLoad;
}

/** Processor milliseconds of service and PostgreSQL, until every record is current, and what was stored for them. */
interface Cost {
  readonly ms: number;
  readonly resources: number;
}

/**
 * Ever more patients with a hundred resources each. The cost is processor time, rebuilding of records and PostgreSQL's
 * tidying up included. What else the machine does makes the same work dearer by half and more for minutes, so the full
 * service is held against a young one, with as many resources as the first had at the start, and the two take turns.
 */
export async function measureGrowth(
  to: number,
  maxMegabytes: number,
): Promise<{ readonly summary: string; readonly holds: boolean }> {
  const full = await startFilled();
  try {
    const told: string[] = [];
    for (let stored = FIRST; stored < to; ) {
      const next = Math.min(to, stored * 10);
      const cost = microseconds(await store(full, next - stored));
      told.push(`${cost.toFixed(0)} µs from ${stored} to ${next}`);
      process.stdout.write(`${told.at(-1)}\n`);
      stored = next;
    }
    const { atFull, atYoung } = await takeTurns(full);
    const growth = atFull / atYoung;
    const megabytes = await full.run.mostMemory();
    return {
      summary:
        `a resource costs ${told.join(', ')}; in turns ${atFull.toFixed(0)} µs at ${to} and ${atYoung.toFixed(0)} µs at ${FIRST}; ` +
        `growth ${growth.toFixed(2)}, ${megabytes?.toFixed(0) ?? 'unknown'} MB`,
      holds: growth <= BAR && (megabytes === undefined || megabytes <= maxMegabytes),
    };
  } finally {
    await full.run.end();
  }
}

async function startFilled(): Promise<Filled> {
  const run = await startRun('embedded');
  const load = new ServerLoad(run.service.url);
  await load.newPatients(CLIENTS, FIRST);
  await run.untilCurrent(CURRENT_MS);
  return { run, load };
}

/** Microseconds a resource on the full service and on a young one. */
async function takeTurns(full: Filled): Promise<{ readonly atFull: number; readonly atYoung: number }> {
  const young = await startFilled();
  try {
    const ofFull: Cost[] = [];
    const ofYoung: Cost[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      const [dear, cheap] = [await store(full, FULL_ROUND), await store(young, YOUNG_ROUND)];
      ofFull.push(dear);
      ofYoung.push(cheap);
      process.stdout.write(
        `round ${round}: ${microseconds(dear).toFixed(0)} µs full, ${microseconds(cheap).toFixed(0)} µs young\n`,
      );
    }
    return { atFull: microseconds(...ofFull), atYoung: microseconds(...ofYoung) };
  } finally {
    await young.run.end();
  }
}

async function store({ run, load }: Filled, resources: number): Promise<Cost> {
  const before = await run.processorMs();
  const { failed } = await load.newPatients(CLIENTS, resources);
  await run.untilCurrent(CURRENT_MS);
  const after = await run.processorMs();
  if (failed > 0) throw new Error(`${failed} transactions failed at ${load.stored} resources`);
  if (before === undefined || after === undefined) {
    throw new Error('this system does not tell the processor time of a process: run it on Linux');
  }
  return { ms: after - before, resources };
}

function microseconds(...costs: readonly Cost[]): number {
  const ms = costs.reduce((sum, cost) => sum + cost.ms, 0);
  return (ms * 1000) / costs.reduce((sum, { resources }) => sum + resources, 0);
}
