/**
 * `npm run bench -- endpoints`: endpoint results a second on one core, over all definitions, from records in memory; the
 * facts that definitions share are derived once for each patient and counted in. Time is that of the processor. The bar: 100,000 a second. Last line:
 * the figures, and whether the bar holds.
 */

import { deriveEndpoints } from '../src/endpoints/derive-endpoint.ts';
import { ENDPOINT_DEFINITIONS } from '../src/endpoints/endpoint-definitions.ts';
import { generateCohort } from '../src/example/generate-cohort.ts';
import { loadMappings } from '../src/mapping/load-mappings.ts';
import { recordsOfBundles } from '../test/support/records-of-bundles.ts';

const BAR = 100_000;
const PATIENTS = 200;
const SECONDS = 5;

const { bundles, truth } = generateCohort({ patients: PATIENTS, seed: 'bench', dialect: 'native' });
const records = recordsOfBundles(
  bundles.map(({ bundle }) => bundle),
  await loadMappings('mappings'),
);

/** Results in the time; the records by turns. */
function measure(seconds: number): { readonly results: number; readonly ms: number } {
  const started = process.cpuUsage();
  let results = 0;
  let ms = 0;
  while (ms < seconds * 1000) {
    for (const record of records) results += deriveEndpoints(record, truth.asOf, ENDPOINT_DEFINITIONS).length;
    const { user, system } = process.cpuUsage(started);
    ms = (user + system) / 1000;
  }
  return { results, ms };
}

measure(1);
const { results, ms } = measure(SECONDS);
const perSecond = (results / ms) * 1000;
const holds = perSecond >= BAR;
process.stdout.write(
  `endpoints: ${ENDPOINT_DEFINITIONS.length} definitions, ${records.length} patients by turns, one core: ` +
    `${perSecond.toFixed(0)} results/s (bar ${BAR}): ${holds ? 'holds' : 'does not hold'}\n`,
);
process.exitCode = holds ? 0 : 1;
