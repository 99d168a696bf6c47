/**
 * `npm run bench -- map`: from resources to records on one core, warm, JSON already parsed: on Synthea's histories and on
 * generated patients, each against `JSON.parse` of the same texts; the views of our mappings against fhirpath.js with
 * its expressions compiled once. With `--bulk` also a Bulk Data export of 1 GB through `cartograph map`, for its memory.
 * Last line: the figures, and whether the bar holds.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Bundle, Resource } from '@medplum/fhirtypes';
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import { type JsonObject, listHeldResources } from '../src/cli/bundle-resources.ts';
import { generateCohort } from '../src/example/generate-cohort.ts';
import { linkIndex, linkResource } from '../src/mapping/link-resources.ts';
import { loadMappings } from '../src/mapping/load-mappings.ts';
import { mapPerson } from '../src/mapping/map-person.ts';

/** Times of `JSON.parse` that mapping may take, and times of ours that fhirpath.js takes at least. */
const BAR = { synthea: 1, generated: 3, library: 5, bulkMegabytes: 1000 } as const;
const SHARED = process.env['CARTOGRAPH_SHARED'] ?? '../shared';
const RECEIVED = '2026-01-01';

type Person = readonly Resource[];
const mappings = await loadMappings('mappings');

/** Milliseconds of the processor, which waiting for other programs does not lengthen. */
function spent(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The least that each takes over the runs that fit into `budget` milliseconds; in turns, so that they share what else goes on. */
function least(budget: number, ...runs: readonly (() => void)[]): readonly number[] {
  const end = performance.now() + budget;
  const best = runs.map(() => Number.POSITIVE_INFINITY);
  do {
    for (const [index, run] of runs.entries()) best[index] = Math.min(best[index] ?? 0, spent(run));
  } while (performance.now() < end);
  return best;
}

interface Measured {
  readonly perSecond: number;
  readonly ratio: number;
}

function measure(people: readonly Person[]): Measured {
  const texts = people.map((resources) => JSON.stringify(resources));
  const sourced = people.map((resources) =>
    resources.map((resource) => ({ resource, site: 'bench', receivedOn: RECEIVED })),
  );
  const run = (): void => {
    for (const resources of sourced) mapPerson(resources, mappings);
  };
  const parse = (): void => {
    for (const text of texts) JSON.parse(text);
  };
  least(4000, run);
  const [mapping = 0, parsing = 1] = least(12_000, run, parse);
  return { perSecond: (people.flat().length / mapping) * 1000, ratio: mapping / parsing };
}

async function syntheaPeople(): Promise<readonly Person[]> {
  const folder = join(SHARED, 'fhir/synthea');
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith('.json.gz')).toSorted();
  return Promise.all(
    files.map(async (name) => {
      const bundle = JSON.parse(gunzipSync(await readFile(join(folder, name))).toString()) as Bundle;
      return resourcesOf(bundle);
    }),
  );
}

function resourcesOf(bundle: Bundle): Resource[] {
  return (bundle.entry ?? []).flatMap(({ resource }) => (resource === undefined ? [] : [resource]));
}

/** Each bundle of the cohort, the later state of a resource in the place of the earlier. */
function generatedPeople(patients: number): readonly Person[] {
  const { bundles } = generateCohort({ patients, seed: 'bench', dialect: 'us-core' });
  return [...Map.groupBy(bundles, ({ patientId }) => patientId).values()].map((own) => {
    const byKey = new Map<string, Resource>();
    for (const resource of own.flatMap(({ bundle }) => resourcesOf(bundle))) {
      byKey.set(`${resource.resourceType}/${resource.id}`, resource);
    }
    return [...byKey.values()];
  });
}

/** How many times longer the library takes for the columns of the views that select from the resource itself. */
function libraryRatio(people: readonly Person[]): number {
  const resources = people.flatMap((own) => {
    const index = linkIndex(own);
    return own.map((resource) => linkResource(resource, index));
  });
  const views = mappings.views.filter(({ columns }) => columns.every(({ path }) => !path.includes('%')));
  const flat = views.filter(({ rows }) => resources.every((resource) => rows(resource).length <= 1));
  const cases = flat.flatMap((view) => {
    const own = resources.filter(({ resourceType }) => resourceType === view.resourceType).slice(0, 400);
    return own.length === 0 ? [] : [{ view, own }];
  });
  const compiled = cases.map(({ view, own }) => ({
    own,
    paths: view.columns.map(({ path }) =>
      fhirpath.compile({ base: view.resourceType, expression: path }, r4),
    ),
  }));
  const run = (): void => {
    for (const { view, own } of cases) for (const resource of own) view.rows(resource);
  };
  const runLibrary = (): void => {
    for (const { own, paths } of compiled) {
      for (const resource of own) for (const path of paths) path(resource);
    }
  };
  const [ours = 0, theirs = 0] = least(8000, run, runLibrary);
  return theirs / ours;
}

const GIGABYTE = 1_000_000_000;

/** Peak memory in MB of `cartograph map` over an export whose files hold one type each. */
async function bulkMegabytes(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'cartograph-bulk-'));
  try {
    await writeExport(folder);
    const entry = new URL('../src/cli/cartograph.ts', import.meta.url);
    const program =
      `process.argv = [process.execPath, 'cartograph', 'map', ${JSON.stringify(folder)}];` +
      `process.on('exit', () => require('node:fs').writeSync(3, String(process.resourceUsage().maxRSS)));` +
      `import(${JSON.stringify(entry.href)});`;
    const child = spawn(process.execPath, ['--no-warnings', '-e', program], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    let written = '';
    child.stdio[3]?.on('data', (chunk: Buffer) => {
      written += String(chunk);
    });
    const [status] = (await once(child, 'close')) as [number];
    if (status === 2 || written === '') throw new Error(`cartograph map ended with ${status}`);
    // In KiB, as the system counts it.
    return (Number(written) * 1024) / 1_000_000;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The generated patients again and again under other names, until there is a gigabyte. */
async function writeExport(folder: string): Promise<void> {
  const { bundles } = generateCohort({ patients: 200, seed: 'bench', dialect: 'us-core' });
  const texts = bundles.map(({ bundle }) => JSON.stringify(bundle));
  const streams = new Map<string, WriteStream>();
  let bytes = 0;
  for (let round = 0; bytes < GIGABYTE; round++) {
    for (const text of texts) {
      const bundle = JSON.parse(text.replaceAll('synthetic-', `round-${round}-`)) as JsonObject;
      for (const held of listHeldResources(bundle)) {
        if (held.kind === 'resource') bytes += await writeLine(held.resource, folder, streams);
      }
    }
  }
  await Promise.all([...streams.values()].map((stream) => once(stream.end(), 'close')));
}

async function writeLine(
  resource: JsonObject,
  folder: string,
  streams: Map<string, WriteStream>,
): Promise<number> {
  const type = String(resource['resourceType']);
  const stream = streams.get(type) ?? createWriteStream(join(folder, `${type}.ndjson`));
  streams.set(type, stream);
  const line = `${JSON.stringify(resource)}\n`;
  if (!stream.write(line)) await once(stream, 'drain');
  return line.length;
}

const synthea = await syntheaPeople();
const generated = generatedPeople(100);
const results = {
  ...(synthea.length === 0 ? {} : { synthea: measure(synthea) }),
  generated: measure(generated),
};
const library = libraryRatio(generated);
const bulk = process.argv.includes('--bulk') ? await bulkMegabytes() : undefined;
const holds =
  (results.synthea?.ratio ?? 0) <= BAR.synthea &&
  results.generated.ratio <= BAR.generated &&
  library >= BAR.library &&
  (bulk ?? 0) < BAR.bulkMegabytes;
const line = (name: string, measured: Measured | undefined, bar: number): string =>
  measured === undefined
    ? `${name}: skipped, no ${join(SHARED, 'fhir/synthea')}`
    : `${name}: ${Math.round(measured.perSecond)} resources/s, ${measured.ratio.toFixed(2)} of JSON.parse (bar ${bar})`;
process.stdout.write(
  `map: one core, warm; ${line('Synthea', results.synthea, BAR.synthea)}; ` +
    `${line('generated', results.generated, BAR.generated)}; fhirpath.js takes ${library.toFixed(1)} times as long ` +
    `(bar ${BAR.library})${bulk === undefined ? '' : `; 1 GB export in ${bulk.toFixed(0)} MB (bar ${BAR.bulkMegabytes})`}: ` +
    `${holds ? 'holds' : 'does not hold'}\n`,
);
process.exitCode = holds ? 0 : 1;
