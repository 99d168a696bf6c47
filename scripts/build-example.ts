/**
 * The committed example cohort: forty patients, the first half written natively, the second half as US Core
 * systems write, one bundle a line; and the truth about them.
 */
import { buildPatientBundles, type Dialect } from '../src/example/build-bundles.ts';
import { drawCohort } from '../src/example/generate-cohort.ts';

const SEED = 'belgium';
const PATIENTS = 40;
const FOLDER = 'examples/cohort';

/** Path from the repository's root, and content. */
export async function exampleFiles(): Promise<ReadonlyMap<string, string>> {
  const { plans, truth } = drawCohort({ patients: PATIENTS, seed: SEED });
  const half = PATIENTS / 2;
  const lines = (from: number, to: number, dialect: Dialect): string =>
    plans
      .slice(from, to)
      .flatMap((plan) => buildPatientBundles(plan, dialect))
      .map((bundle) => `${JSON.stringify(bundle)}\n`)
      .join('');
  return new Map([
    [`${FOLDER}/native.ndjson`, lines(0, half, 'native')],
    [`${FOLDER}/us-core.ndjson`, lines(half, PATIENTS, 'us-core')],
    [`${FOLDER}/truth.json`, `${JSON.stringify(truth, null, 2)}\n`],
  ]);
}
