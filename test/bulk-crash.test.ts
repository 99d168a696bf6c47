/** kill -9 of the service while it imports and exports; two instances on one database, one of them killed. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import {
  ASYNC,
  exported,
  finished,
  kickOff,
  type Line,
  linesOf,
  type Manifest,
  namesOf,
} from './support/bulk-client.ts';
import { patient, vitalStatus } from './support/bundles.ts';
import {
  connectTo,
  killProcess,
  postmasterPid,
  type ServiceProcess,
  startProcess,
} from './support/service-process.ts';
import { createTestDatabase, makeDataFolder, type TestDatabase } from './support/test-database.ts';

const LINES = 4_000;
const BAD_LINE_EVERY = 500;
const KILLS = 3;

beforeEach(() => expect.hasAssertions());

/** The place of a job on another instance, or on the same at another port. */
function placeAt({ url }: ServiceProcess, place: string): string {
  return `${url}${new URL(place).pathname}`;
}

function kickOffImport(service: ServiceProcess, folder: string): Promise<string> {
  const parameter = [{ name: 'folder', valueString: folder }];
  return kickOff(service, '/fhir/R4/$import', {
    method: 'POST',
    headers: { ...ASYNC, 'content-type': 'application/fhir+json' },
    body: JSON.stringify({ resourceType: 'Parameters', parameter }),
  });
}

async function stop({ child }: ServiceProcess): Promise<void> {
  child.kill('SIGTERM');
  if (child.exitCode === null && child.signalCode === null)
    await new Promise((done) => child.once('exit', done));
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(5);
}

describe('killed', () => {
  let dataFolder: string;
  let files: string;
  let service: ServiceProcess;
  let client: pg.Client;

  beforeAll(async () => {
    dataFolder = await makeDataFolder();
    files = join(dataFolder, 'files');
    await mkdir(files);
    const lines = Array.from({ length: LINES }, (_, n) =>
      n % BAD_LINE_EVERY === 0
        ? '{"resourceType":"Observation"}'
        : JSON.stringify(vitalStatus(`o-${n}`, { reference: `Patient/p-${n % 7}` }, '2024-01-01')),
    );
    const patients = Array.from({ length: 7 }, (_, n) => JSON.stringify(patient(`p-${n}`)));
    await writeFile(join(files, 'a.ndjson'), patients.join('\n'));
    await writeFile(join(files, 'b.ndjson'), lines.join('\n'));
    service = await start();
  }, 60_000);
  afterAll(async () => {
    await client.end();
    await stop(service);
    await rm(dataFolder, { recursive: true, force: true });
  }, 60_000);

  async function start(): Promise<ServiceProcess> {
    const started = await startProcess(dataFolder, { CARTOGRAPH_IMPORT_FOLDERS: files });
    client = await connectTo(dataFolder);
    return started;
  }

  async function restart(): Promise<void> {
    await killProcess(service);
    await client.end().catch(() => undefined);
    service = await start();
  }

  /** The service starts its PostgreSQL again. */
  async function killDatabase(): Promise<void> {
    process.kill(await postmasterPid(dataFolder), 'SIGKILL');
    await client.end().catch(() => undefined);
    await until(async () => {
      const next = await connectTo(dataFolder).catch(() => undefined);
      if (next !== undefined) client = next;
      return next !== undefined;
    });
  }

  async function count(sql: string): Promise<number> {
    const { rows } = await client.query<{ readonly n: number }>(`select count(*)::integer as n from ${sql}`);
    return rows[0]?.n ?? 0;
  }

  it(`imports every line once, killed ${KILLS} times, one of them its PostgreSQL`, async () => {
    const place = await kickOffImport(service, files);
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await until(async () => (await count('resource')) > (kill * LINES) / (KILLS + 1));
      await (kill === 2 ? killDatabase() : restart());
    }
    const answer = (await (await finished(placeAt(service, place))).json()) as Line;
    const bad = LINES / BAD_LINE_EVERY;
    expect(answer.input).toEqual([
      { source: 'a.ndjson', stored: 7, unchanged: 0, failed: 0 },
      { source: 'b.ndjson', stored: LINES - bad, unchanged: 0, failed: bad },
    ]);
    expect(await count('resource')).toBe(7 + LINES - bad);
    expect(await count('resource_history')).toBe(0);
    const wrong = (await linesOf(answer.error)).map(
      ({ extension }) => extension[0].extension[1].valuePositiveInt,
    );
    expect(wrong).toEqual(Array.from({ length: bad }, (_, n) => 1 + n * BAD_LINE_EVERY));
  }, 180_000);

  it('goes on with an import at which it was stopped', async () => {
    const place = await kickOffImport(service, files);
    const job = `bulk_job where id = '${place.split('/').at(-1)}'`;
    await until(async () => (await count(`${job} and (progress->>'line')::integer > 0`)) > 0);
    await client.end();
    await stop(service);
    expect(service.child.exitCode).toBe(0);
    service = await start();
    const answer = (await (await finished(placeAt(service, place))).json()) as Line;
    const bad = LINES / BAD_LINE_EVERY;
    expect(answer.input[1]).toEqual({
      source: 'b.ndjson',
      stored: 0,
      unchanged: LINES - bad,
      failed: bad,
    });
    expect(answer.error[0].count).toBe(bad);
  }, 120_000);

  it.each(['before its first file', 'in the midst of its files'])(
    'exports everything once, killed %s',
    async (when) => {
      const place = await kickOff(service, '/fhir/R4/$export');
      const id = place.split('/').at(-1);
      const job = `bulk_job where id = '${id}'`;
      await until(async () =>
        when.startsWith('before')
          ? (await count(`${job} and status = 'running'`)) > 0
          : (await count(`bulk_chunk where job_id = '${id}'`)) > 0 ||
            (await count(`${job} and status = 'done'`)) > 0,
      );
      await restart();
      const manifest = (await (await finished(placeAt(service, place))).json()) as Manifest;
      const names = namesOf(await linesOf(manifest.output));
      expect(names).toHaveLength(7 + LINES - LINES / BAD_LINE_EVERY);
      expect(new Set(names).size).toBe(names.length);
      expect(manifest.error).toEqual([]);
    },
    120_000,
  );
});

describe('two instances', () => {
  let database: TestDatabase;
  let folders: readonly string[];
  let instances: readonly ServiceProcess[];

  beforeAll(async () => {
    database = await createTestDatabase();
    folders = await Promise.all([makeDataFolder(), makeDataFolder()]);
    const [imports = ''] = folders;
    instances = await Promise.all(
      folders.map((folder) =>
        startProcess(folder, { DATABASE_URL: database.url, CARTOGRAPH_IMPORT_FOLDERS: imports }),
      ),
    );
  }, 60_000);
  afterAll(async () => {
    await Promise.all(instances.map(stop));
    await database.drop();
    await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
  }, 60_000);

  /** Stores resources one by one until told to end; answers the names of those that were acknowledged. */
  function startWriting({ url }: ServiceProcess, prefix: string) {
    const acknowledged: string[] = [];
    let isEnding = false;
    const done = (async () => {
      for (let n = 0; !isEnding; n += 1) {
        const { status } = await fetch(`${url}/fhir/R4/Basic/${prefix}-${n}`, {
          method: 'PUT',
          headers: { 'content-type': 'application/fhir+json' },
          body: JSON.stringify({ resourceType: 'Basic', id: `${prefix}-${n}`, code: { text: 'x' } }),
        });
        if (status === 201) acknowledged.push(`Basic/${prefix}-${n}`);
      }
    })();
    const end = (): Promise<void> => {
      isEnding = true;
      return done;
    };
    return { acknowledged, end };
  }

  it('export one snapshot each while others write: nothing twice, and with the next export nothing missed', async () => {
    const [one, other] = instances;
    if (one === undefined || other === undefined) throw new Error('Two instances should run');
    const writers = [0, 1, 2, 3].map((n) => startWriting(n % 2 === 0 ? one : other, `w${n}`));
    await until(async () => writers.every(({ acknowledged }) => acknowledged.length > 20));
    const before = writers.flatMap(({ acknowledged }) => acknowledged);
    const first = await exported(one, '/fhir/R4/$export');
    const held = namesOf(await linesOf(first.output));
    expect(new Set(held).size).toBe(held.length);
    expect(before.filter((name) => !held.includes(name))).toEqual([]);
    await Promise.all(writers.map(({ end }) => end()));
    const next = await exported(other, `/fhir/R4/$export?_since=${first.transactionTime}`);
    const all = new Set([...held, ...namesOf(await linesOf(next.output))]);
    const written = writers.flatMap(({ acknowledged }) => acknowledged);
    expect(written.filter((name) => !all.has(name))).toEqual([]);
    expect(written.length).toBeGreaterThan(before.length);
  }, 60_000);

  it('import the same files at one time: every line once, whoever stores it', async () => {
    const [folder = ''] = folders;
    const about = (n: number) =>
      vitalStatus(`both-${n}`, { reference: `Patient/both-${n % 50}` }, '2024-01-01');
    const files = [
      Array.from({ length: 1_500 }, (_, n) => about(n)),
      Array.from({ length: 50 }, (_, n) => patient(`both-${n}`)),
      Array.from({ length: 1_500 }, (_, n) => about(1_499 - n)),
    ];
    for (const [n, lines] of files.entries()) {
      await writeFile(join(folder, `${n}.ndjson`), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    }
    const places = await Promise.all(instances.map((instance) => kickOffImport(instance, folder)));
    const answers = await Promise.all(places.map(async (place) => (await finished(place)).json()));
    const inputs: Line[] = answers.flatMap(({ input }: Line) => input);
    const sum = (name: string): number => inputs.reduce((all, input) => all + input[name], 0);
    expect([sum('stored'), sum('unchanged'), sum('failed')]).toEqual([1_550, 2 * 3_050 - 1_550, 0]);
  }, 90_000);

  it('answer for the same jobs, and one ends what the other was killed over', async () => {
    const [one, other] = instances;
    if (one === undefined || other === undefined) throw new Error('Two instances should run');
    const writer = startWriting(one, 'before');
    await until(async () => writer.acknowledged.length > 5);
    await writer.end();
    const place = await kickOff(one, '/fhir/R4/$export?_type=Basic');
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await until(async () => {
      const { rows } = await client.query(
        `select from bulk_job where status in ('running', 'done') and id = $1`,
        [place.split('/').at(-1)],
      );
      return rows.length > 0;
    });
    await client.end();
    await killProcess(one);
    const manifest = (await (await finished(placeAt(other, place))).json()) as Manifest;
    expect(manifest.output.map(({ type }) => type)).toEqual(['Basic']);
    const urls = manifest.output.map((file) => ({ ...file, url: placeAt(other, file.url) }));
    expect(namesOf(await linesOf(urls))).toEqual(expect.arrayContaining([...writer.acknowledged]));
    expect((await fetch(placeAt(other, place), { method: 'DELETE' })).status).toBe(202);
  }, 90_000);
});
