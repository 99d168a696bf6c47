import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Bundle } from '@medplum/fhirtypes';
import type { CohortRecord } from '../../src/cohort/cohort-record.generated.ts';
import { loadMappings } from '../../src/mapping/load-mappings.ts';
import { recordsOfBundles } from '../support/records-of-bundles.ts';
import { STORIES } from './stories.ts';

const mappings = await loadMappings(fileURLToPath(new URL('../../mappings', import.meta.url)));

/** The FHIR of a story, as it is committed. */
function storyBundle(name: string): Bundle {
  return JSON.parse(readFileSync(new URL(`./${name}/bundle.json`, import.meta.url), 'utf8'));
}

/** The record of every story by its name, each of one person. */
export function storyRecords(): ReadonlyMap<string, CohortRecord> {
  return new Map(
    Object.keys(STORIES).map((name) => {
      const [record, ...others] = recordsOfBundles([storyBundle(name)], mappings);
      if (record === undefined || others.length > 0) throw new Error(`${name} is not one person`);
      return [name, record];
    }),
  );
}

/** The same as a transaction of PUTs; `prefix` before every id, so that the stories can live together. */
export function storyTransaction(name: string, prefix: string): Bundle {
  const renamed = JSON.stringify(storyBundle(name))
    .replaceAll(/"id":"([^"]+)"/g, `"id":"${prefix}$1"`)
    .replaceAll(/"reference":"([A-Za-z]+)\/([^"]+)"/g, `"reference":"$1/${prefix}$2"`);
  const { entry = [] } = JSON.parse(renamed) as Bundle;
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: entry.map(({ resource }) => ({
      ...(resource === undefined ? {} : { resource }),
      request: { method: 'PUT', url: `${resource?.resourceType}/${resource?.id}` },
    })),
  };
}
