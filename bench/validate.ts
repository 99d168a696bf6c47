/**
 * `node bench/validate.ts`: our validator against `validateResource` of `@medplum/core`, on the same resources, one
 * thread, warm: in its base form, with the profile parsed beforehand, and with its `profile` option. It checks less.
 * HL7's validator, on the resources with the profiles that they claim, where Java and Maven are here.
 * The bar: 5 times the faster form, 50 times the option, and under 300 MB for the compiled set: what the heap grows by
 * when every profile and example of the guide and every type of R4 has been used. Last line: the figures, and whether
 * the bar holds.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  indexStructureDefinitionBundle,
  loadDataType,
  validateResource,
  validateTypedValue,
} from '@medplum/core';
import type { Bundle, Resource, StructureDefinition } from '@medplum/fhirtypes';
import { readArchive } from '../scripts/ig-archive.ts';
import { loadProfiles, OWN_GUIDE } from '../src/profiles/load-profiles.ts';
import type { Validator } from '../src/profiles/validator.ts';
import { rateHl7 } from './validate-hl7.ts';

const CORE = new URL('../node_modules/hl7.fhir.r4.examples/', import.meta.url);
const ROUND_MS = 700;
const ROUNDS = 3;
const MAX_HEAP_MB = 300;
const MB = 2 ** 20;

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

/** Megabytes in use after everything that nobody needs is gone. */
function heapMb(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  return process.memoryUsage().heapUsed / MB;
}

/** Every profile of the guide by its examples, and every type of R4 by an example of R4. */
async function useEverything(validator: Validator): Promise<void> {
  for (const [name, text] of await readArchive(OWN_GUIDE)) {
    if (/example\/[A-Z]|StructureDefinition-/.test(name)) validator.validateResource(JSON.parse(text));
  }
  const seen = new Set<string>();
  for (const file of readdirSync(CORE)) {
    const type = /^([A-Z][A-Za-z]+)-.*\.json$/.exec(file)?.[1];
    if (type === undefined || type === 'Bundle' || seen.has(type)) continue;
    seen.add(type);
    validator.validateResource(readCore(file));
  }
}

const before = heapMb();
const validator = await loadProfiles();
await useEverything(validator);
const compiledMb = heapMb() - before;
loadPeer();
const cases = await readCases();
const hl7 = await rateHl7(cases);
let slowest = Number.POSITIVE_INFINITY;
let slowestOption = Number.POSITIVE_INFINITY;

for (const { name, resource, profile } of cases) {
  const profiles = [profile.url];
  const { meta: _claims, ...bare } = resource;
  const ours = rate(() => validator.validateResource(resource, { profiles }));
  const oursBase = rate(() => validator.validateResource(bare));
  const base = rate(tolerant(() => validateResource(resource)));
  const option = rate(tolerant(() => validateResource(resource, { profile })));
  const parsed = rate(preparsed(resource, profile));
  const faster = Math.max(base, parsed);
  slowest = Math.min(slowest, ours / faster, oursBase / base);
  slowestOption = Math.min(slowestOption, ours / option);
  const figures = {
    ours,
    oursBase,
    medplumBase: base,
    medplumParsed: parsed,
    medplumOption: option,
    ...(typeof hl7 === 'string' ? {} : { hl7: hl7.get(name) ?? Number.NaN }),
  };
  const shown = Object.entries(figures).map(([key, value]) => `${key} ${Math.round(value)}/s`);
  process.stdout.write(`${name}: ${shown.join(', ')}\n`);
}

if (typeof hl7 === 'string') process.stdout.write(`HL7's validator: skipped, ${hl7}\n`);
const holds = slowest >= 5 && slowestOption >= 50 && compiledMb < MAX_HEAP_MB;
process.stdout.write(
  `validate: ${slowest.toFixed(1)} times the faster form (bar 5), ${slowestOption.toFixed(0)} times the profile option ` +
    `(bar 50), ${Math.round(compiledMb)} MB compiled (bar ${MAX_HEAP_MB}): ${holds ? 'holds' : 'does not hold'}\n`,
);
process.exitCode = holds ? 0 : 1;
