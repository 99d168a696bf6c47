import type { PartialDate } from '../../core/partial-date.ts';
import { codedTypes, listUnmappedCodes, type UnmappedCode } from '../../mapping/data-quality.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import {
  countConcepts,
  countFindings,
  countWithoutPatient,
  type FindingCount,
} from '../../store/data-quality.ts';
import { rebuildStale } from '../rebuild/rebuild-stale.ts';
import type { RecordDeps } from './read-record.ts';

/** What is to be said about the data of everybody, for who looks after a hospital's mappings. */
export interface DataQualityReport {
  /** Day on which it was made; it is of what is stored then. */
  readonly on: PartialDate;
  /** Persons, with a course or not. */
  readonly patients: number;
  /** Findings of all records by site and code, the most frequent first. */
  readonly findings: readonly FindingCount[];
  /** Resources that name no Patient who is stored: they are in nobody's record. */
  readonly withoutPatient: readonly { readonly site: string; readonly count: number }[];
  /** Codes that no concept map knows, by site. */
  readonly unmappedCodes: readonly UnmappedCode[];
}

/** After every stale record has been rebuilt. */
export async function readDataQuality(
  deps: RecordDeps,
  mappings: Mappings,
  on: PartialDate,
): Promise<DataQualityReport> {
  await rebuildStale(deps);
  const types = codedTypes(mappings);
  const { patients, findings } = await countFindings(deps.database);
  const about = types.filter((type) => type !== 'Medication');
  const withoutPatient = await countWithoutPatient(deps.database, about);
  const concepts = await countConcepts(deps.database, types);
  return { on, patients, findings, withoutPatient, unmappedCodes: listUnmappedCodes(concepts, mappings) };
}
