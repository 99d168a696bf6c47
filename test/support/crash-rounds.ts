/**
 * kill -9 of the service, and in every other round of its PostgreSQL too, while eight clients send what they would send
 * again: transactions, and single writes by condition. What was acknowledged must be there, whole and once.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type pg from 'pg';
import { patient, postEntry, putEntry, transaction, vitalStatus } from './bundles.ts';
import {
  connectTo,
  killProcess,
  postmasterPid,
  type ServiceProcess,
  startProcess,
} from './service-process.ts';

const CLIENTS = 8;
/** Of the clients, those that send one resource at a time. */
const SINGLES = 3;
const OBSERVATIONS = 9;
const SYSTEM = 'urn:crash';

export interface CrashResult {
  readonly acknowledged: number;
  /** Persons whose record was compared with one made anew. */
  readonly records: number;
  /** What is wrong, in words; empty where all is well. */
  readonly faults: readonly string[];
  /** Of the service, when it was stopped in the end. */
  readonly exitCode: number | null;
}

/** What one client sends in one request. Its name is that of every resource in it. */
interface Delivery {
  readonly name: string;
  readonly resources: number;
  readonly path: string;
  readonly body: object;
  readonly headers: Readonly<Record<string, string>>;
}

export async function runCrashRounds(
  dataFolder: string,
  rounds: number,
  onRound: (round: number) => void = () => undefined,
): Promise<CrashResult> {
  const acknowledged: string[] = [];
  const faults: string[] = [];
  let service = await startProcess(dataFolder);
  for (let round = 0; round < rounds; round += 1) {
    const { url } = service;
    const clients = Array.from({ length: CLIENTS }, (_, n) => sendUntilKilled(url, round, n));
    await sleep(150 + ((round * 37) % 200));
    await crash(service, dataFolder, round);
    const sent = await Promise.all(clients);
    acknowledged.push(...sent.flatMap((one) => one.acknowledged));
    service = await startProcess(dataFolder);
    faults.push(...(await inFolder(dataFolder, (client) => checkStored(client, acknowledged))));
    const again = sent.flatMap(({ acknowledged: names, unknown }) => [...names.slice(-2), unknown]);
    for (const name of again) faults.push(...(await redeliver(service, name, acknowledged)));
    faults.push(...(await inFolder(dataFolder, (client) => checkStored(client, acknowledged))));
    if (faults.length > 0) break;
    onRound(round + 1);
  }
  const compared = await compareRecords(service, dataFolder);
  service.child.kill('SIGTERM');
  await new Promise((done) => service.child.once('exit', done));
  return {
    acknowledged: acknowledged.length,
    records: compared.records,
    faults: [...faults, ...compared.faults],
    exitCode: service.child.exitCode,
  };
}

async function crash(service: ServiceProcess, dataFolder: string, round: number): Promise<void> {
  if (round % 4 === 1) process.kill(await postmasterPid(dataFolder), 'SIGKILL');
  await killProcess(service);
  if (round % 4 === 3) process.kill(await postmasterPid(dataFolder), 'SIGKILL');
}

function delivery(name: string): Delivery {
  const isSingle = Number(/-c(\d+)-/.exec(name)?.[1]) < SINGLES;
  return isSingle ? single(name) : bundle(name);
}

function bundle(name: string): Delivery {
  const subject = { reference: 'urn:uuid:9f2c7a52-64c0-4c8e-8a6e-0d9e4a6f7b10' };
  const body = transaction(
    { ...putEntry(patient(name)), fullUrl: subject.reference },
    ...Array.from({ length: OBSERVATIONS }, (_, n) =>
      putEntry(vitalStatus(`${name}-${n}`, subject, `2024-01-0${n + 1}`)),
    ),
    postEntry(
      { resourceType: 'Organization', identifier: [{ system: SYSTEM, value: name }], name },
      { ifNoneExist: `identifier=${SYSTEM}|${name}` },
    ),
  );
  return { name, resources: OBSERVATIONS + 2, path: '', body, headers: {} };
}

function single(name: string): Delivery {
  const body = { resourceType: 'Organization', identifier: [{ system: SYSTEM, value: name }], name };
  const headers = { 'if-none-exist': `identifier=${SYSTEM}|${name}` };
  return { name, resources: 1, path: '/Organization', body, headers };
}

async function send(url: string, name: string): Promise<number> {
  const { path, body, headers } = delivery(name);
  const response = await fetch(`${url}/fhir/R4${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json', ...headers },
    body: JSON.stringify(body),
  });
  await response.arrayBuffer();
  return response.status;
}

interface Sent {
  readonly acknowledged: readonly string[];
  /** The last one, of which the client never heard. */
  readonly unknown: string;
}

/** One after the other, until one is not answered, or not with success. */
async function sendUntilKilled(url: string, round: number, client: number): Promise<Sent> {
  const acknowledged: string[] = [];
  for (let n = 0; ; n += 1) {
    const name = `r${round}-c${client}-${n}`;
    const status = await send(url, name).catch(() => 0);
    if (status !== 200 && status !== 201) return { acknowledged, unknown: name };
    acknowledged.push(name);
  }
}

async function redeliver(
  service: ServiceProcess,
  name: string,
  acknowledged: string[],
): Promise<readonly string[]> {
  const status = await send(service.url, name);
  if (status !== 200 && status !== 201) return [`${name}: redelivery was answered ${status}`];
  if (!acknowledged.includes(name)) acknowledged.push(name);
  return [];
}

async function inFolder<T>(dataFolder: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connectTo(dataFolder);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Every delivery is stored whole and once, and those that were acknowledged are among them. */
async function checkStored(client: pg.Client, acknowledged: readonly string[]): Promise<readonly string[]> {
  const { rows } = await client.query<{ readonly name: string; readonly resources: number }>(
    `select coalesce(content->>'name', regexp_replace(id, '^(r\\d+-c\\d+-\\d+)(-\\d+)?$', '\\1')) as name,
            count(*)::int as resources
       from resource group by 1`,
  );
  const stored = new Map(rows.map(({ name, resources }) => [name, resources]));
  const broken = [...stored].filter(([name, resources]) => resources !== delivery(name).resources);
  const lost = acknowledged.filter((name) => !stored.has(name));
  return [
    ...broken.map(([name, resources]) => `${name}: ${resources} of ${delivery(name).resources} resources`),
    ...lost.map((name) => `${name}: acknowledged and lost`),
  ];
}

/** The record of every person as it came about, and as it is when every record was thrown away. */
async function compareRecords(
  service: ServiceProcess,
  dataFolder: string,
): Promise<{ readonly records: number; readonly faults: readonly string[] }> {
  return inFolder(dataFolder, async (client) => {
    const { rows } = await client.query<{ readonly id: string }>(
      'select patient_id as id from patient_person',
    );
    const ids = rows.map(({ id }) => id);
    const before = await recordsOf(service, ids);
    await client.query('delete from cohort_record');
    await client.query('insert into stale_patient (patient_id) select patient_id from patient_person');
    const after = await recordsOf(service, ids);
    const faults = ids
      .filter((id) => !isDeepStrictEqual(before.get(id), after.get(id)) || !isWhole(before.get(id)))
      .map((id) => `${id}: the record differs from one made anew`);
    return { records: ids.length, faults };
  });
}

async function recordsOf(
  service: ServiceProcess,
  ids: readonly string[],
): Promise<ReadonlyMap<string, unknown>> {
  const records = new Map<string, unknown>();
  for (const id of ids) {
    const response = await fetch(`${service.url}/cohort/patients/${id}`);
    records.set(id, ((await response.json()) as { readonly record: unknown }).record);
  }
  return records;
}

function isWhole(record: unknown): boolean {
  const { followUp } = record as { readonly followUp: { readonly vitalStatus: readonly unknown[] } };
  return followUp.vitalStatus.length === OBSERVATIONS;
}
