/**
 * `node bench/validate.ts`: our validator against `validateResource` of `@medplum/core`, on the same resources, one
 * thread, warm: in its base form, with the profile parsed beforehand, and with its `profile` option. It checks less.
 * The bar: 5 times its faster form, 50 times the option. Last line: the figures, and whether the bar holds.
 */
import { readFileSync } from 'node:fs';
import {
  indexStructureDefinitionBundle,
  loadDataType,
  validateResource,
  validateTypedValue,
} from '@medplum/core';
import type { Bundle, Resource, StructureDefinition } from '@medplum/fhirtypes';
import { readArchive } from '../scripts/ig-archive.ts';
import { loadProfiles, OWN_GUIDE } from '../src/profiles/load-profiles.ts';

const CORE = new URL('../node_modules/hl7.fhir.r4.examples/', import.meta.url);
const ROUND_MS = 700;
const ROUNDS = 3;

interface Case {
  readonly name: string;
  readonly resource: Resource;
  readonly profile: StructureDefinition;
}

function readCore<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(file, CORE), 'utf8')) as T;
}

async function readCases(): Promise<readonly Case[]> {
  const guide = await readArchive(OWN_GUIDE);
  const own = (name: string, file: string, profile: string): Case[] => {
    const [resource, definition] = [`example/${file}`, `StructureDefinition-${profile}`].map((each) =>
      guide.get(`package/${each}.json`),
    );
    if (resource === undefined || definition === undefined) return [];
    return [{ name, resource: JSON.parse(resource), profile: JSON.parse(definition) }];
  };
  return [
    {
      name: 'blood pressure',
      resource: readCore('Observation-blood-pressure.json'),
      profile: readCore('StructureDefinition-bp.json'),
    },
    ...own('infusion', 'Procedure-example-car-t-infusion', 'cartograph-car-t-infusion'),
    ...own('MRD', 'Observation-example-mrd-flow', 'cartograph-mrd'),
    ...own('CRS', 'Observation-example-crs-grade', 'cartograph-crs-grade'),
  ];
}

function loadPeer(): void {
  for (const file of ['Bundle-types.json', 'Bundle-resources.json']) {
    indexStructureDefinitionBundle(
      readCore<Bundle>(file).entry?.map(({ resource }) => resource as StructureDefinition) ?? [],
    );
  }
}

/** Calls a second: the best round, so that other work on the machine counts little. */
function rate(call: () => void): number {
  let best = 0;
  for (let round = 0; round <= ROUNDS; round++) {
    const start = performance.now();
    let calls = 0;
    while (performance.now() - start < ROUND_MS) {
      for (let i = 0; i < 20; i++) call();
      calls += 20;
    }
    if (round > 0) best = Math.max(best, (calls * 1000) / (performance.now() - start));
  }
  return best;
}

/** The peer throws for what it takes for a fault; that is an answer too. */
function tolerant(call: () => void): () => void {
  return () => {
    try {
      call();
    } catch {
      // An answer like any other.
    }
  };
}

/** With the profile parsed once, as a data type of its own. */
function preparsed(resource: Resource, profile: StructureDefinition): () => void {
  loadDataType({ ...profile, type: profile.url });
  return tolerant(() => validateTypedValue({ type: profile.url, value: resource }));
}

loadPeer();
const validator = await loadProfiles();
let slowest = Number.POSITIVE_INFINITY;
let slowestOption = Number.POSITIVE_INFINITY;

for (const { name, resource, profile } of await readCases()) {
  const profiles = [profile.url];
  const bare = { ...resource, meta: undefined };
  const ours = rate(() => validator.validateResource(resource, { profiles }));
  const oursBase = rate(() => validator.validateResource(bare));
  const base = rate(tolerant(() => validateResource(resource)));
  const option = rate(tolerant(() => validateResource(resource, { profile })));
  const parsed = rate(preparsed(resource, profile));
  const faster = Math.max(base, parsed);
  slowest = Math.min(slowest, ours / faster, oursBase / base);
  slowestOption = Math.min(slowestOption, ours / option);
  const figures = { ours, oursBase, medplumBase: base, medplumParsed: parsed, medplumOption: option };
  const shown = Object.entries(figures).map(([key, value]) => `${key} ${Math.round(value)}/s`);
  process.stdout.write(`${name}: ${shown.join(', ')}\n`);
}

const holds = slowest >= 5 && slowestOption >= 50;
process.stdout.write(
  `validate: ${slowest.toFixed(1)} times the faster form (bar 5), ${slowestOption.toFixed(0)} times the profile option ` +
    `(bar 50), ${Math.round(process.memoryUsage().heapUsed / 2 ** 20)} MB heap: ${holds ? 'holds' : 'does not hold'}\n`,
);
process.exitCode = holds ? 0 : 1;
