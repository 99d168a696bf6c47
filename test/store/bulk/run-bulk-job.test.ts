import { randomUUID } from 'node:crypto';
import { rejection } from '../../../src/core/cartograph-error.ts';
import { listFiles, removeChunks, saveChunk } from '../../../src/store/bulk/bulk-files.ts';
import { readBulkJob, removeBulkJob, saveBulkJob } from '../../../src/store/bulk/bulk-jobs.ts';
import { beginRun, saveRunState } from '../../../src/store/bulk/bulk-runs.ts';
import { type BulkWork, runBulkJob } from '../../../src/store/bulk/run-bulk-job.ts';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import { migrate } from '../../../src/store/migrate.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

const NOW = new Date('2024-05-01T10:00:00Z');
const RUNNING = new AbortController().signal;

let server: TestDatabase;
let database: Database;
const faults: unknown[] = [];
beforeAll(async () => {
  server = await createTestDatabase();
  database = openDatabase({ url: server.url, poolSize: 4 });
  await migrate(database);
});
afterAll(async () => {
  await database.end();
  await server.drop();
});
beforeEach(() => {
  faults.length = 0;
  expect.hasAssertions();
});

async function newJob(): Promise<string> {
  const id = randomUUID();
  const job = { id, kind: 'export', caller: 'c', site: 's', request: 'r', parameters: {} } as const;
  await saveBulkJob(database, { ...job, createdAt: NOW }, 100, () => Promise.resolve());
  return id;
}

function run(id: string, work: BulkWork, signal = RUNNING): Promise<void> {
  const onFault = (error: unknown): void => {
    faults.push(error);
  };
  return runBulkJob(id, signal, work, { database, now: () => NOW, keepMs: 3_600_000, onFault });
}

const stateOf = async (id: string) => {
  const job = await readBulkJob(database, id, NOW);
  return job && [job.status, job.failure?.[0]?.code];
};

it('ends a job that is done, for whose files the time runs then', async () => {
  const id = await newJob();
  await run(id, (begun) => saveRunState(database, begun, { progress: { n: 1 } }));
  const job = await readBulkJob(database, id, NOW);
  expect(job).toMatchObject({ status: 'done', progress: { n: 1 } });
  expect(job?.expiresAt).toEqual(new Date('2024-05-01T11:00:00Z'));
  expect(await readBulkJob(database, id, new Date('2024-05-01T11:00:00Z'))).toBeUndefined();
});

it('keeps why a job was refused, and no word of a defect', async () => {
  const refused = await newJob();
  await run(refused, () => Promise.reject(rejection('import-source-refused', 'no')));
  expect(await stateOf(refused)).toEqual(['failed', 'import-source-refused']);
  const broken = await newJob();
  await run(broken, () => Promise.reject(new Error('Jane Doe')));
  expect(await stateOf(broken)).toEqual(['failed', 'internal-fault']);
  expect(faults).toEqual([new Error('Jane Doe')]);
});

it('gives back to the queue what the database or the end of the service interrupted', async () => {
  const id = await newJob();
  const busy = () => Promise.reject(rejection('service-busy', 'gone'));
  await expect(run(id, busy)).rejects.toThrow('gone');
  expect(await stateOf(id)).toEqual(['running', undefined]);
  const stopping = new AbortController();
  const interrupted: BulkWork = (_run, _job, signal) => {
    stopping.abort();
    signal.throwIfAborted();
    return Promise.resolve();
  };
  await expect(run(id, interrupted, stopping.signal)).rejects.toThrow();
  expect(await stateOf(id)).toEqual(['waiting', undefined]);
  await run(id, () => Promise.resolve());
  expect(await stateOf(id)).toEqual(['done', undefined]);
});

it('gives up a job that gets nowhere ten times', async () => {
  const id = await newJob();
  for (let death = 1; death <= 10; death += 1) await beginRun(database, id);
  let works = 0;
  await run(id, async () => {
    works += 1;
  });
  expect([works, ...((await stateOf(id)) ?? [])]).toEqual([0, 'failed', 'job-abandoned']);
});

it('does not give up a job that gets on, however often it dies', async () => {
  const id = await newJob();
  for (let death = 1; death <= 25; death += 1) {
    const begun = await beginRun(database, id);
    if (begun !== undefined) await saveRunState(database, begun, { progress: { death }, isLasting: true });
  }
  await run(id, () => Promise.resolve());
  expect(await stateOf(id)).toEqual(['done', undefined]);
});

it('lets nobody write who was thought dead, and begins nothing that another has begun', async () => {
  const id = await newJob();
  let others = 0;
  await run(id, async (begun) => {
    const other = await beginRun(database, id);
    others = other?.epoch ?? 0;
    await saveRunState(database, begun, { progress: { from: 'the dead' } });
  });
  expect(others).toBe(2);
  expect(await readBulkJob(database, id, NOW)).toMatchObject({ status: 'running', progress: {} });
});

it('lets nobody who was thought dead remove what another has written', async () => {
  const id = await newJob();
  const chunk = { file: 1, list: 'output', type: 'Patient', ids: ['a'], lines: 1, content: '{}\n' } as const;
  await run(id, async (begun) => {
    await saveChunk(database, begun, { ...chunk, seq: 1 });
    await saveChunk(database, begun, { ...chunk, seq: 2 });
    await removeChunks(database, begun, 1);
    const other = await beginRun(database, id);
    if (other !== undefined) await saveChunk(database, other, { ...chunk, seq: 2 });
    await removeChunks(database, begun);
  });
  expect(await listFiles(database, id)).toMatchObject([{ file: 1, count: 2 }]);
});

it('leaves a cancelled job alone', async () => {
  const id = await newJob();
  await run(id, async (begun) => {
    await removeBulkJob(database, id);
    await saveRunState(database, begun, { progress: {} });
  });
  expect(await readBulkJob(database, id, NOW)).toBeUndefined();
  let works = 0;
  await run(id, async () => {
    works += 1;
  });
  expect(works).toBe(0);
});
