/**
 * The load of `bench/hct.ts`, a process of its own: posts the calls of a file to a service, first as many a second as
 * are offered, whether or not earlier ones are answered, then with clients that each wait for their answer.
 * `node bench/hct-load.ts URL FILE`; prints one line of JSON.
 */
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';

export interface LoadResult {
  readonly offered: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly clients: number;
  readonly perSecond: number;
  readonly failed: number;
}

const OFFERED_PER_SECOND = 20;
const OFFERED_SECONDS = 20;
const CLIENTS = 16;
const CLOSED_SECONDS = 12;
/** With all clients, so that every thread of the service is warm. */
const WARM_SECONDS = 8;

const [url = '', file = ''] = process.argv.slice(2);
const calls = (JSON.parse(readFileSync(file, 'utf8')) as readonly string[]).map((text) => Buffer.from(text));
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
let failed = 0;
let sent = 0;

function post(): Promise<void> {
  const body = calls[sent % calls.length] ?? Buffer.alloc(0);
  sent += 1;
  return new Promise((done) => {
    const headers = { 'content-type': 'application/json', 'content-length': body.length };
    const call = request(url, { method: 'POST', agent, headers }, (response) => {
      if (response.statusCode !== 200) failed += 1;
      response.resume().once('end', done);
    });
    call.once('error', () => {
      failed += 1;
      done();
    });
    call.end(body);
  });
}

/** Milliseconds from when a call was due to its answer, so that a late start counts against the service. */
async function offer(): Promise<readonly number[]> {
  const interval = 1000 / OFFERED_PER_SECOND;
  const start = performance.now();
  const latencies: Promise<number>[] = [];
  for (let index = 0; index < OFFERED_PER_SECOND * OFFERED_SECONDS; index += 1) {
    const due = start + index * interval;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((done) => setTimeout(done, wait));
    latencies.push(post().then(() => performance.now() - due));
  }
  return (await Promise.all(latencies)).sort((a, b) => a - b);
}

async function backToBack(seconds: number): Promise<number> {
  const end = performance.now() + seconds * 1000;
  let answered = 0;
  await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      while (performance.now() < end) {
        await post();
        answered += 1;
      }
    }),
  );
  return answered / seconds;
}

await backToBack(WARM_SECONDS);
const latencies = await offer();
const perSecond = await backToBack(CLOSED_SECONDS);
const at = (share: number): number => latencies[Math.ceil(latencies.length * share) - 1] ?? Number.NaN;
const result: LoadResult = {
  offered: OFFERED_PER_SECOND,
  p50: at(0.5),
  p99: at(0.99),
  max: at(1),
  clients: CLIENTS,
  perSecond,
  failed,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
agent.destroy();
