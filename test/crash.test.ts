import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { patient, postEntry, putEntry, transaction, vitalStatus } from './support/bundles.ts';
import {
  connectTo,
  killProcess,
  postmasterPid,
  type ServiceProcess,
  startProcess,
} from './support/service-process.ts';
import { makeDataFolder } from './support/test-database.ts';

/** kill -9 of the service, in every other round of its PostgreSQL too, while eight clients send bundles. */
const ROUNDS = 20;
const CLIENTS = 8;
const OBSERVATIONS = 9;

let dataFolder: string;
beforeAll(async () => {
  dataFolder = await makeDataFolder();
});
afterAll(() => rm(dataFolder, { recursive: true, force: true }));

function bundle(name: string): object {
  const subject = { reference: 'urn:uuid:9f2c7a52-64c0-4c8e-8a6e-0d9e4a6f7b10' };
  return transaction(
    { ...putEntry(patient(name)), fullUrl: subject.reference },
    ...Array.from({ length: OBSERVATIONS }, (_, n) =>
      putEntry(vitalStatus(`${name}-${n}`, subject, '2024-01-01')),
    ),
    postEntry({ resourceType: 'Organization', name }),
  );
}

/** Sends bundles until the service is gone; answers the names of those that were acknowledged. */
async function sendUntilKilled(url: string, prefix: string): Promise<readonly string[]> {
  const acknowledged: string[] = [];
  for (let n = 0; ; n += 1) {
    const name = `${prefix}-${n}`;
    try {
      const response = await fetch(`${url}/fhir/R4`, {
        method: 'POST',
        headers: { 'content-type': 'application/fhir+json' },
        body: JSON.stringify(bundle(name)),
      });
      if (response.status !== 200) return acknowledged;
      acknowledged.push(name);
    } catch {
      return acknowledged;
    }
  }
}

interface Stored {
  readonly name: string;
  readonly resources: number;
}

/** Resources by the name of their bundle. */
async function storedBundles(): Promise<readonly Stored[]> {
  const client = await connectTo(dataFolder);
  const { rows } = await client.query<Stored>(
    `select coalesce(content->>'name', regexp_replace(id, '^(r\\d+-c\\d+-\\d+)(-\\d+)?$', '\\1')) as name,
            count(*)::int as resources
       from resource group by 1`,
  );
  await client.end();
  return rows;
}

it(`loses nothing that it acknowledged and keeps nothing by halves, ${ROUNDS} times`, async () => {
  const acknowledged: string[] = [];
  let service: ServiceProcess = await startProcess(dataFolder);
  for (let round = 0; round < ROUNDS; round += 1) {
    const { url } = service;
    const clients = Array.from({ length: CLIENTS }, (_, n) => sendUntilKilled(url, `r${round}-c${n}`));
    await sleep(150 + ((round * 37) % 200));
    if (round % 4 === 1) process.kill(await postmasterPid(dataFolder), 'SIGKILL');
    await killProcess(service);
    if (round % 4 === 3) process.kill(await postmasterPid(dataFolder), 'SIGKILL');
    acknowledged.push(...(await Promise.all(clients)).flat());
    service = await startProcess(dataFolder);
    const stored = await storedBundles();
    expect(stored.filter(({ resources }) => resources !== OBSERVATIONS + 2)).toEqual([]);
    const names = new Set(stored.map(({ name }) => name));
    expect(acknowledged.filter((name) => !names.has(name))).toEqual([]);
  }
  const [first = ''] = acknowledged;
  const record = await (await fetch(`${service.url}/cohort/patients/${first}`)).json();
  service.child.kill('SIGTERM');
  await new Promise((done) => service.child.once('exit', done));
  expect([service.child.exitCode, acknowledged.length > ROUNDS]).toEqual([0, true]);
  expect(record).toMatchObject({
    record: { id: first, followUp: { vitalStatus: [{ date: '2024-01-01' }] } },
  });
}, 180_000);
