import { fileURLToPath } from 'node:url';
import type { CohortRecord } from '../cohort/cohort-record.generated.ts';
import type { Finding } from '../core/finding.ts';
import type { PartialDate } from '../core/partial-date.ts';
import { loadMappings } from '../mapping/load-mappings.ts';
import { mapPerson } from '../mapping/map-person.ts';
import { assemblePersons } from './assemble-persons.ts';
import type { FindingsReport } from './findings-report.ts';
import type { Progress } from './progress.ts';
import { type InputResource, readResources } from './read-resources.ts';
import { ResourceShelf } from './resource-shelf.ts';

/** The mapping knowledge that comes with the package: beside `src/` as beside `dist/`. */
export const MAPPINGS_FOLDER = fileURLToPath(new URL('../../mappings', import.meta.url));

export interface RecordsRequest {
  /** Files, folders, `-`. */
  readonly inputs: readonly string[];
  /** Folder of views, fact maps, concept maps and site overlays. */
  readonly mappings: string;
  /** Site of resources whose `meta.source` no overlay knows. */
  readonly site: string;
  /** The day of reading: what is dated later proves no contact. */
  readonly today: PartialDate;
}

/** Ids are each hospital's own; two that use the same one cannot both be kept under it. */
function siteConflict({ resource, origin }: InputResource): Finding {
  const reference = `${resource.resourceType}/${resource.id}`;
  const message = `${origin.file}, line ${origin.line}: ${reference} of another site is here already; it is left out`;
  return { code: 'site-conflict', severity: 'error', message, reference, ...origin };
}

/** One record a person, in the order of their ids; findings about the input and in the records go to `report`. */
export async function* readRecords(
  { inputs, mappings: folder, site, today }: RecordsRequest,
  report: FindingsReport,
  progress: Progress,
): AsyncGenerator<CohortRecord, void, undefined> {
  const mappings = await loadMappings(folder);
  const shelf = new ResourceShelf();
  let count = 0;
  for await (const item of readResources(inputs)) {
    if (item.kind === 'finding') report.add(item.finding);
    else if (item.kind === 'removal') shelf.remove(item.reference, item.lastUpdated);
    else if (!shelf.add(item, mappings.siteOf(item.resource, site))) report.add(siteConflict(item));
    count += 1;
    progress.show(`${count} resources read`);
  }
  const { persons, findings } = assemblePersons(shelf);
  for (const finding of findings) report.add(finding);
  let patients = 0;
  for (const { resources, findings: about } of persons) {
    const sourced = resources.map((resource) => ({
      resource,
      site: mappings.siteOf(resource, site),
      receivedOn: today,
    }));
    const record = mapPerson(sourced, mappings, about);
    for (const finding of record.findings as readonly Finding[]) report.add(finding);
    patients += 1;
    progress.show(`${patients} patients`);
    yield record;
  }
  shelf.close();
  progress.clear();
}
