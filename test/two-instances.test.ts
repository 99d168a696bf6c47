/** Two instances on one external PostgreSQL under load: one is killed, one is drained, and nothing that was acknowledged is lost. */
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { patient, postEntry, putEntry, transaction, vitalStatus } from './support/bundles.ts';
import { killProcess, type ServiceProcess, startProcess } from './support/service-process.ts';
import { createTestDatabase, makeDataFolder, type TestDatabase } from './support/test-database.ts';

const CLIENTS = 8;
const OBSERVATIONS = 4;
const FHIR = { 'content-type': 'application/fhir+json' };

let dataFolder: string;
const databases: TestDatabase[] = [];
const running: ServiceProcess[] = [];
beforeAll(async () => {
  dataFolder = await makeDataFolder();
});
afterAll(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  for (const database of databases) await database.drop();
  await rm(dataFolder, { recursive: true, force: true });
});

async function newDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase();
  databases.push(database);
  return database;
}

async function start({ url }: TestDatabase): Promise<ServiceProcess> {
  const service = await startProcess(dataFolder, { DATABASE_URL: url });
  service.child.stdout?.resume();
  running.push(service);
  return service;
}

/** A patient's bundle; later editions change an observation of the earlier. */
function delivery(client: number, n: number): object {
  const edition = n % 3;
  const name = `i${client}-${n - edition}`;
  const subject = { reference: `Patient/${name}` };
  return transaction(
    putEntry(patient(name, { gender: edition === 2 ? 'male' : 'female' })),
    ...Array.from({ length: OBSERVATIONS }, (_, k) =>
      putEntry(vitalStatus(`${name}-${k}`, subject, `2024-0${edition + 1}-0${k + 1}`)),
    ),
    postEntry(
      { resourceType: 'Organization', identifier: [{ system: 'urn:i', value: name }], name },
      { ifNoneExist: `identifier=urn:i|${name}` },
    ),
  );
}

interface Answered {
  readonly status: number;
  readonly retryAfter: string | null;
}

async function send(url: string, body: object): Promise<Answered | undefined> {
  try {
    const response = await fetch(`${url}/fhir/R4`, {
      method: 'POST',
      headers: FHIR,
      body: JSON.stringify(body),
    });
    await response.arrayBuffer();
    return { status: response.status, retryAfter: response.headers.get('retry-after') };
  } catch {
    return undefined;
  }
}

interface Delivered {
  readonly count: number;
  /** Every answer that was no acknowledgement. */
  readonly refused: readonly Answered[];
}

/** Sends each bundle until it is acknowledged, by whichever instance. */
async function deliverAll(
  client: number,
  isMore: (count: number) => boolean,
  urls: readonly string[],
): Promise<Delivered> {
  const refused: Answered[] = [];
  let count = 0;
  for (; isMore(count); count += 1) {
    for (let attempt = client; ; attempt += 1) {
      const answer = await send(urls[attempt % urls.length] ?? '', delivery(client, count));
      if (answer?.status === 200) break;
      if (answer !== undefined) refused.push(answer);
      await sleep(20);
    }
  }
  return { count, refused };
}

/** Everything that is stored, but for server times and the ids that a server gives, and every record. */
async function stateOf({ url }: ServiceProcess): Promise<unknown> {
  const resources: unknown[] = [];
  const records: unknown[] = [];
  for (const type of ['Patient', 'Observation', 'Organization']) {
    let next: string | undefined = `${url}/fhir/R4/${type}?_count=500&_sort=_id`;
    while (next !== undefined) {
      const page = (await (await fetch(next)).json()) as {
        readonly entry: readonly { readonly resource: { readonly id: string; readonly meta: object } }[];
        readonly link: readonly { readonly relation: string; readonly url: string }[];
      };
      for (const { resource } of page.entry ?? []) {
        const { id, meta: _meta, ...rest } = resource;
        resources.push(JSON.stringify(type === 'Organization' ? rest : { id, ...rest }));
        if (type === 'Patient') records.push(await recordOf(url, id));
      }
      next = page.link.find(({ relation }) => relation === 'next')?.url;
    }
  }
  return { resources: resources.sort(), records };
}

async function recordOf(url: string, id: string): Promise<unknown> {
  return ((await (await fetch(`${url}/cohort/patients/${id}`)).json()) as { readonly record: unknown })
    .record;
}

it('lose no acknowledged request when one is killed and one is drained, and end as one alone', async () => {
  const shared = await newDatabase();
  const [killed, drained] = await Promise.all([start(shared), start(shared)]);
  const urls = [killed.url, drained.url];
  let isOver = false;
  const clients = Array.from({ length: CLIENTS }, (_, client) => deliverAll(client, () => !isOver, urls));
  await sleep(1_000);
  await killProcess(killed);
  urls[0] = (await start(shared)).url;
  await sleep(500);
  drained.child.kill('SIGTERM');
  const [exitCode] = await once(drained.child, 'exit');
  await sleep(500);
  isOver = true;
  urls[1] = urls[0] ?? '';
  const sent = await Promise.all(clients);
  const refused = sent.flatMap((one) => one.refused);
  expect(exitCode).toBe(0);
  expect(refused.filter(({ status, retryAfter }) => status !== 503 || retryAfter === null)).toEqual([]);
  const survivor = running.at(-1);
  if (survivor === undefined) throw new Error('Nothing runs');
  const alone = await start(await newDatabase());
  await Promise.all(sent.map(({ count }, client) => deliverAll(client, (n) => n < count, [alone.url])));
  expect(sent.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(3 * CLIENTS);
  expect(await stateOf(survivor)).toEqual(await stateOf(alone));
}, 180_000);
