/**
 * One truth in every dialect, in any order: the same records (architecture.md, decision 11). Forty patients; all two
 * hundred with CARTOGRAPH_WHOLE_SUITE=1.
 */
import type { Bundle } from '@medplum/fhirtypes';
import type { CohortRecord } from '../../src/cohort/cohort-record.generated.ts';
import { validateRecord } from '../../src/cohort/validate-record.ts';
import { DIALECTS, type Dialect } from '../../src/example/build-bundles.ts';
import { generateCohort } from '../../src/example/generate-cohort.ts';
import { createRandom } from '../../src/example/random.ts';
import { loadMappings } from '../../src/mapping/load-mappings.ts';
import type { Mappings } from '../../src/mapping/mappings.ts';
import { comparable } from '../support/compare-records.ts';
import { recordsOfBundles } from '../support/records-of-bundles.ts';

const WHOLE = process.env['CARTOGRAPH_WHOLE_SUITE'] === '1';
const PATIENTS = WHOLE ? 200 : 40;
const ORDERS = WHOLE ? 50 : 5;

let mappings: Mappings;
let native: readonly CohortRecord[];
const bundlesIn = (dialect: Dialect): Bundle[] =>
  generateCohort({ patients: PATIENTS, seed: 'dialects', dialect }).bundles.map(({ bundle }) => bundle);

beforeAll(async () => {
  mappings = await loadMappings('mappings');
  native = recordsOfBundles(bundlesIn('native'), mappings);
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

it.each(DIALECTS.filter((dialect) => dialect !== 'native'))('reads the same record out of %s', (dialect) => {
  expect(recordsOfBundles(bundlesIn(dialect), mappings).map(comparable)).toEqual(native.map(comparable));
});

it.each(Array.from({ length: ORDERS }, (_, index) => index + 1))(
  'does not depend on the order of bundles, nor on repetition (%i)',
  (seed) => {
    const bundles = bundlesIn(DIALECTS[seed % DIALECTS.length] ?? 'native');
    const sent = createRandom(`order-${seed}`).shuffle([...bundles, ...bundles]);
    expect(recordsOfBundles(sent, mappings).map(comparable)).toEqual(native.map(comparable));
  },
);
