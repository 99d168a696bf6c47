/**
 * Patient stories with the history of their assessment, day by day. `CARTOGRAPH_WRITE_GOLDEN=1` writes the histories
 * anew; the difference is read like code.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deriveHctHistory } from '../../../src/eligibility/hct-history.ts';
import { buildPatientBundles } from '../../../src/example/build-bundles.ts';
import { loadMappings } from '../../../src/mapping/load-mappings.ts';
import { recordsOfBundles } from '../../support/records-of-bundles.ts';
import { basicPlan, type Facts } from '../../support/vector-plan.ts';
import { readableHistory } from '../readable-history.ts';

interface Story {
  readonly infusion: string;
  readonly product: string;
  readonly ageMonths: number;
  readonly facts: Facts;
}

const stories = readdirSync(new URL('./', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const mappings = await loadMappings(fileURLToPath(new URL('../../../mappings', import.meta.url)));
const place = (story: string, file: string) => new URL(`./${story}/${file}`, import.meta.url);

describe('golden histories', () => {
  it.each(stories)('%s', (story) => {
    const { infusion, product, ageMonths, facts } = JSON.parse(
      readFileSync(place(story, 'story.json'), 'utf8'),
    ) as Story;
    const plan = { ...basicPlan(story, infusion, ageMonths, product), ...facts };
    const [record] = recordsOfBundles(buildPatientBundles(plan, 'native'), mappings);
    if (record === undefined) throw new Error('The story gives no record');
    const history = readableHistory(deriveHctHistory(record));
    if (process.env['CARTOGRAPH_WRITE_GOLDEN'] === '1') {
      writeFileSync(place(story, 'history.json'), `${JSON.stringify(history, null, 2)}\n`);
    }
    expect(history).toEqual(JSON.parse(readFileSync(place(story, 'history.json'), 'utf8')));
  });
});
