/** The one way to read a record, so that nobody reads a stale one. */
import type { Resource } from '@medplum/fhirtypes';
import type { CohortRecord } from '../../cohort/cohort-record.generated.ts';
import type { PartialDate } from '../../core/partial-date.ts';
import { ambiguousSubject, identityFindings } from '../../mapping/identity.ts';
import type { SourcedResource } from '../../mapping/map-person.ts';
import type { Database, Queryable } from '../../store/database.ts';
import { withPersonLock } from '../../store/person/person-lock.ts';
import {
  type PersonResource,
  readAmbiguousSubjects,
  readPersonResources,
} from '../../store/person/person-resources.ts';
import { type PersonState, readMarks, readPerson, saveRecord } from '../../store/person/record-store.ts';
import type { IngestObserver } from '../ingest-observer.ts';

export interface RecordDeps {
  readonly database: Database;
  readonly mapPerson: (resources: readonly SourcedResource[]) => CohortRecord;
  /** Changes with everything that could make another record of the same resources. */
  readonly builtWith: string;
  readonly observer: IngestObserver;
  /** Calendar date of an instant, in the time zone of the service. */
  readonly dateOf: (instant: Date) => PartialDate;
}

/** The current record of the person whom a Patient id belongs to; undefined where no such Patient is stored. */
export async function readRecord(patientId: string, deps: RecordDeps): Promise<CohortRecord | undefined> {
  // A person may be joined with another, and so get another id and lock, while this waits for the lock.
  for (;;) {
    const person = await readPerson(deps.database, patientId, deps.builtWith);
    if (person === undefined) return undefined;
    if (person.record !== undefined) return person.record;
    const record = await withPersonLock(deps.database, person.personId, (tx) =>
      rebuild(tx, patientId, person, deps),
    );
    if (record !== undefined) return record;
  }
}

/** Undefined where the person is no longer the one that is locked. */
async function rebuild(
  tx: Queryable,
  patientId: string,
  locked: PersonState,
  deps: RecordDeps,
): Promise<CohortRecord | undefined> {
  const person = await readPerson(tx, patientId, deps.builtWith);
  if (person?.personId !== locked.personId) return undefined;
  if (person.record !== undefined) return person.record;
  return deps.observer.step('rebuild', () => buildRecord(tx, person, deps));
}

async function buildRecord(tx: Queryable, person: PersonState, deps: RecordDeps): Promise<CohortRecord> {
  const marks = await readMarks(tx, person.patientIds);
  const resources = await readPersonResources(tx, person.patientIds);
  const mapped = deps.mapPerson(resources.map((one) => sourced(one, deps)));
  const conflicts = identityFindings(person.conflictingIds, person.patientIds);
  const doubtful = await readAmbiguousSubjects(tx, person.patientIds);
  const doubts = doubtful.map(({ type, id }) => ambiguousSubject(`${type}/${id}`));
  const findings = [...conflicts, ...doubts, ...mapped.findings];
  const record = { ...mapped, id: person.personId, findings };
  await saveRecord(tx, person.personId, record, deps.builtWith, marks);
  return record;
}

function sourced({ content, site, lastUpdated }: PersonResource, deps: RecordDeps): SourcedResource {
  const resource: Resource = JSON.parse(content);
  return { resource, site, receivedOn: deps.dateOf(lastUpdated) };
}
