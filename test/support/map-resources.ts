/** Maps resources about `Patient/p` as one person's, and looks into the record. */
import type { Resource } from '@medplum/fhirtypes';
import type { CohortRecord } from '../../src/cohort/cohort-record.generated.ts';
import { validateRecord } from '../../src/cohort/validate-record.ts';
import { loadMappings } from '../../src/mapping/load-mappings.ts';
import { mapPerson } from '../../src/mapping/map-person.ts';
import { withoutSources } from './compare-records.ts';
import { PATIENT } from './fhir-shapes.ts';

const mappings = await loadMappings('mappings');

/** The record, which satisfies the model; with `PATIENT` unless the resources hold a Patient of their own. */
export function mapResources(...resources: readonly Resource[]): CohortRecord {
  const patients = resources.some(({ resourceType }) => resourceType === 'Patient') ? [] : [PATIENT];
  const record = mapSourced(
    [...patients, ...resources].map((resource) => ({ resource, site: 'a', receivedOn: '2025-01-01' })),
  );
  expect(validateRecord(record)).toEqual([]);
  return record;
}

/** The record of resources that come from the sites that they name. */
export function mapSourced(sourced: Parameters<typeof mapPerson>[0]): CohortRecord {
  return mapPerson(sourced, mappings);
}

/** What stands at a dotted path such as `observations.laboratory`, without sources. */
export function contentAt(record: CohortRecord, path: string): unknown {
  let found: unknown = withoutSources(record);
  for (const name of path.split('.')) found = (found as Record<string, unknown> | undefined)?.[name];
  return found;
}

/** Codes of the findings in the order of the alphabet. */
export function findingCodes(record: CohortRecord): readonly string[] {
  return record.findings.map(({ code }) => code).toSorted();
}
