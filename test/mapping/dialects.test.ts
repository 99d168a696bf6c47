/** One truth, two dialects, any order: the same records (architecture.md, decision 11). */
import type { Bundle } from '@medplum/fhirtypes';
import type { CohortRecord } from '../../src/cohort/cohort-record.generated.ts';
import { validateRecord } from '../../src/cohort/validate-record.ts';
import { generateCohort } from '../../src/example/generate-cohort.ts';
import { createRandom } from '../../src/example/random.ts';
import { loadMappings } from '../../src/mapping/load-mappings.ts';
import type { Mappings } from '../../src/mapping/mappings.ts';
import { comparable } from '../support/compare-records.ts';
import { recordsOfBundles } from '../support/records-of-bundles.ts';

const PATIENTS = 80;

let mappings: Mappings;
let native: readonly CohortRecord[];
const bundlesIn = (dialect: 'native' | 'us-core', seed: string): Bundle[] =>
  generateCohort({ patients: PATIENTS, seed, dialect }).bundles.map(({ bundle }) => bundle);

beforeAll(async () => {
  mappings = await loadMappings('mappings');
  native = recordsOfBundles(bundlesIn('native', 'dialects'), mappings);
});

it('maps every patient to a record that the model accepts', () => {
  expect(native).toHaveLength(PATIENTS);
  for (const record of native) expect(validateRecord(record)).toEqual([]);
});

it('finds what the plan holds: a course for each infusion', () => {
  const { truth } = generateCohort({ patients: PATIENTS, seed: 'dialects', dialect: 'native' });
  expect(native.map(({ id, courses }) => [id, courses.map(({ infusion }) => infusion.date)])).toEqual(
    truth.patients.map(({ patient, courses }) => [patient, courses.map(({ date }) => date)]),
  );
});

it('reads the same record out of the other dialect', () => {
  const usCore = recordsOfBundles(bundlesIn('us-core', 'dialects'), mappings);
  expect(usCore.map(comparable)).toEqual(native.map(comparable));
});

it.each([1, 2, 3, 4, 5])('does not depend on the order of bundles, nor on repetition (%i)', (seed) => {
  const bundles = bundlesIn(seed % 2 === 0 ? 'us-core' : 'native', 'dialects');
  const sent = createRandom(`order-${seed}`).shuffle([...bundles, ...bundles]);
  expect(recordsOfBundles(sent, mappings).map(comparable)).toEqual(native.map(comparable));
});
