/**
 * `npm run demo`: starts the built service on its embedded PostgreSQL, posts the example cohort to it as an integration
 * engine would, and prints what the service says of every patient. It stays up until Ctrl-C; `-- --exit` ends it.
 * Everything goes over HTTP; nothing of the service is imported.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { styleText } from 'node:util';

const HOST = '127.0.0.1';
const PORT = process.env['CARTOGRAPH_PORT'] ?? '8103';
const URL_BASE = `http://${HOST}:${PORT}`;
const COHORT = new URL('cohort/', import.meta.url);
const COHORT_FILES = ['native.ndjson', 'us-core.ndjson'];
const SERVICE = fileURLToPath(new URL('../dist/cli/cartograph.js', import.meta.url));
const START_TIMEOUT_MS = 60_000;
const PARALLEL_POSTS = 4;
const ENDPOINT = 'EFS_RW_D28';

interface Bundle {
  readonly entry?: ReadonlyArray<{
    readonly resource?: { readonly resourceType: string; readonly id?: string };
  }>;
}

/** What is read of `GET /cohort/patients/{id}`. */
interface PatientAnswer {
  readonly record: {
    readonly id: string;
    readonly courses: ReadonlyArray<{
      readonly infusion: { readonly date: string };
    }>;
  };
  readonly derived: {
    readonly endpoints: ReadonlyArray<{
      readonly endpoint: string;
      readonly status: string;
      readonly type?: string;
      readonly days?: number;
    }>;
    readonly hct: { readonly status: string; readonly reason: string };
  };
}

/** A failure that the reader can do something about: told in a sentence, without a stack. */
class DemoFailure extends Error {}

async function main(): Promise<void> {
  const started = performance.now();
  const service = await startService();
  const stop = (): void => {
    service?.kill('SIGTERM');
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  // Whoever reads the table may stop reading.
  process.stdout.once('error', () => {
    stop();
    process.exit(0);
  });
  try {
    const lines = await Promise.all(COHORT_FILES.map((name) => readFile(new URL(name, COHORT), 'utf8')));
    const bundles = lines.flatMap((text) => text.split('\n').filter((line) => line !== ''));
    const truth = JSON.parse(await readFile(new URL('truth.json', COHORT), 'utf8')) as {
      readonly asOf: string;
    };
    await postAll(bundles);
    const patients = await askForPatients(bundles, truth.asOf);
    printTable(patients, truth.asOf);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    say(
      `\n${patients.length} patients from ${bundles.length} bundles in ${seconds} s. Synthetic data; not a medical device.`,
    );
  } catch (error) {
    stop();
    throw error;
  }
  await finish(service, stop);
}

async function finish(service: ChildProcess | undefined, stop: () => void): Promise<void> {
  if (service === undefined) return say(`The service that was already running stays up on ${URL_BASE}`);
  const ended = service.exitCode !== null || service.signalCode !== null ? undefined : once(service, 'exit');
  if (process.argv.includes('--exit')) stop();
  else say(`The service is up on ${URL_BASE}; try ${URL_BASE}/fhir/R4/metadata. Ctrl-C ends it.`);
  await ended;
}

/** Undefined where a service of ours is already running there. */
async function startService(): Promise<ChildProcess | undefined> {
  if (await isCartograph()) {
    say(`A Cartograph service is already running on ${URL_BASE}; the cohort goes there.`);
    return undefined;
  }
  say(`Starting the service on ${URL_BASE} …`);
  const service = spawn(process.execPath, [SERVICE, 'serve'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const log: string[] = [];
  const keep = (chunk: Buffer): void => {
    log.push(...chunk.toString().split('\n').filter(Boolean));
    log.splice(0, log.length - 10);
  };
  service.stdout.on('data', keep);
  service.stderr.on('data', keep);
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (!(await isReady())) {
    if (service.exitCode !== null || performance.now() > deadline) {
      service.kill('SIGTERM');
      const hint = `Is port ${PORT} taken, or ./data in use by another service? CARTOGRAPH_PORT chooses another port.`;
      throw new DemoFailure(`The service did not start. ${hint}\n${log.join('\n')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return service;
}

async function isReady(): Promise<boolean> {
  try {
    return (await fetch(`${URL_BASE}/health/ready`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

async function isCartograph(): Promise<boolean> {
  if (!(await isReady())) return false;
  const answer = await fetch(`${URL_BASE}/fhir/R4/metadata`);
  return answer.ok && (await answer.text()).includes('artograph');
}

async function postAll(bundles: readonly string[]): Promise<void> {
  let posted = 0;
  const waiting = bundles.values();
  const post = async (): Promise<void> => {
    for (const body of waiting) {
      const headers = { 'content-type': 'application/fhir+json' };
      const answer = await fetch(`${URL_BASE}/fhir/R4`, { method: 'POST', headers, body });
      const text = await answer.text();
      if (!answer.ok)
        throw new DemoFailure(`A bundle was refused with ${answer.status}: ${text.slice(0, 600)}`);
      posted += 1;
      showProgress(posted, bundles.length);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL_POSTS }, post));
}

/** Everybody of the cohort once, however many Patient resources they have. */
async function askForPatients(bundles: readonly string[], asOf: string): Promise<readonly PatientAnswer[]> {
  const ids = bundles.flatMap((text) =>
    ((JSON.parse(text) as Bundle).entry ?? []).flatMap(({ resource }) =>
      resource?.resourceType === 'Patient' && resource.id !== undefined ? [resource.id] : [],
    ),
  );
  const persons = new Map<string, PatientAnswer>();
  for (const id of new Set(ids)) {
    const answer = await fetch(`${URL_BASE}/cohort/patients/${id}?asOf=${asOf}`);
    if (!answer.ok) throw new DemoFailure(`No answer for a patient of the cohort: ${answer.status}`);
    const person = (await answer.json()) as PatientAnswer;
    persons.set(person.record.id, person);
  }
  return [...persons.values()].toSorted((a, b) => (a.record.id < b.record.id ? -1 : 1));
}

function printTable(patients: readonly PatientAnswer[], asOf: string): void {
  const head = ['patient', 'infused', ENDPOINT, 'day', 'HCT consolidation'];
  const rows = patients.map(cellsOf);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map(({ cells }) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[], reason: string): string => {
    const padded = cells.map((cell, column) =>
      column === DAY_COLUMN ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
    );
    const start = `${padded.join('  ')}  `;
    return start + cut(reason, start.length);
  };
  say(`\nEvent-free survival (${ENDPOINT}) and HCT consolidation as of ${asOf}\n`);
  say(styleText('bold', line(head, 'because')));
  for (const { cells, reason } of rows) say(line(cells, reason));
}

const DAY_COLUMN = 3;

function cellsOf({ record, derived }: PatientAnswer): {
  readonly cells: readonly string[];
  readonly reason: string;
} {
  const [first] = record.courses;
  const again = record.courses.length > 1 ? ` ×${record.courses.length}` : '';
  const result = derived.endpoints.find(({ endpoint }) => endpoint === ENDPOINT);
  const cells = [
    record.id,
    `${first?.infusion.date ?? '–'}${again}`,
    [result?.status, result?.type].filter(Boolean).join(' '),
    String(result?.days ?? '–'),
    derived.hct.status,
  ];
  return { cells, reason: derived.hct.reason };
}

/** To the width of the terminal; in one that is too narrow for more than a word or two it may wrap. */
function cut(text: string, before: number): string {
  const room = process.stdout.isTTY ? process.stdout.columns - before : Number.POSITIVE_INFINITY;
  return text.length <= room || room < 12 ? text : `${text.slice(0, room - 1)}…`;
}

function showProgress(done: number, all: number): void {
  if (process.stdout.isTTY) {
    const filled = Math.round((30 * done) / all);
    const bar = '█'.repeat(filled) + '░'.repeat(30 - filled);
    process.stdout.write(`\r${bar} ${done} of ${all} bundles${done === all ? '\n' : ''}`);
  } else if (done === all || done % 50 === 0) {
    say(`${done} of ${all} bundles posted`);
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof DemoFailure)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
