/** Data that nobody here wrote: they pass through with no exception, and no fact of a CAR-T course is invented. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Bundle, Resource } from '@medplum/fhirtypes';
import type { CohortRecord } from '../../src/cohort/cohort-record.generated.ts';
import { validateRecord } from '../../src/cohort/validate-record.ts';
import { loadMappings } from '../../src/mapping/load-mappings.ts';
import { mapPerson } from '../../src/mapping/map-person.ts';
import type { Mappings } from '../../src/mapping/mappings.ts';

let mappings: Mappings;
beforeAll(async () => {
  mappings = await loadMappings('mappings');
});

function map(resources: readonly Resource[]): CohortRecord {
  return mapPerson(
    resources.map((resource) => ({ resource, site: 'a' })),
    mappings,
  );
}

/** Names of the lists that hold something which only a patient of ours may have. */
function inventions({
  courses,
  disease,
  hcts,
  observations,
  priorTherapies,
  followUp,
}: CohortRecord): string[] {
  const lists: Readonly<Record<string, readonly unknown[]>> = {
    courses,
    diagnoses: disease.diagnoses,
    cytogenetics: disease.cytogenetics,
    hcts,
    priorTherapies,
    diseaseStatus: observations.diseaseStatus,
    marrowBlasts: observations.marrowBlasts,
    mrd: observations.mrd,
    bCells: observations.bCells,
    assertions: observations.assertions,
    collections: observations.collections ?? [],
    toxicityGrades: observations.toxicityGrades ?? [],
    neuroAssessments: observations.neuroAssessments ?? [],
    transgene: observations.transgene ?? [],
    vitalStatus: followUp.vitalStatus,
    secondMalignancies: followUp.secondMalignancies,
  };
  return Object.entries(lists).flatMap(([name, list]) => (list.length > 0 ? [name] : []));
}

describe('the examples of HL7', () => {
  let examples: readonly Resource[];
  beforeAll(async () => {
    const folder = dirname(createRequire(import.meta.url).resolve('hl7.fhir.r4.examples/package.json'));
    const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
    const parsed = await Promise.all(
      names.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as Resource),
    );
    examples = parsed.filter((resource) => typeof resource.resourceType === 'string');
  });

  it('one by one', () => {
    expect(examples.length).toBeGreaterThan(2000);
    const invented = examples.flatMap((resource) =>
      inventions(map([resource])).map((list) => `${resource.resourceType}/${resource.id}: ${list}`),
    );
    expect(invented).toEqual([]);
  });

  it('all together', () => {
    const record = map(examples);
    expect(inventions(record)).toEqual([]);
    expect(validateRecord(record)).toEqual([]);
  });
});

const SHARED = process.env['CARTOGRAPH_SHARED'] ?? '../shared';
const SYNTHEA = join(SHARED, 'fhir/synthea');
const present = existsSync(SYNTHEA);
if (!present) console.warn(`Synthea histories are skipped: there is no ${SYNTHEA}; set CARTOGRAPH_SHARED.`);

(present ? describe : describe.skip)('Synthea', () => {
  it('twelve histories', async () => {
    const names = (await readdir(SYNTHEA)).filter((name) => name.endsWith('.json.gz')).toSorted();
    expect(names).toHaveLength(12);
    const invented: string[] = [];
    for (const name of names) {
      const bundle = JSON.parse(gunzipSync(await readFile(join(SYNTHEA, name))).toString()) as Bundle;
      const resources = (bundle.entry ?? []).flatMap(({ resource }) =>
        resource === undefined ? [] : [resource],
      );
      const record = map(resources);
      expect(validateRecord(record)).toEqual([]);
      invented.push(...inventions(record).map((list) => `${name}: ${list}`));
    }
    expect(invented).toEqual([]);
  });
});
