import type { Finding } from '../../core/finding.ts';
import type { Validator } from '../../profiles/validator.ts';
import type { Database } from '../../store/database.ts';
import { readPersonResources } from '../../store/person/person-resources.ts';
import { readPersonIds } from '../../store/person/person-store.ts';
import type { IngestObserver } from '../ingest-observer.ts';
import { isWorthTelling } from '../is-worth-telling.ts';
import { validateInTurns } from '../validate-in-turns.ts';

/**
 * Errors and warnings about all that is stored of a person, each with `Type/id` and site. They are made when they are
 * asked for: see docs/decisions/0012-validation-at-the-door.md.
 */
export async function readValidationFindings(
  patientId: string,
  database: Database,
  validator: () => Promise<Validator>,
  observer: IngestObserver,
): Promise<readonly Finding[]> {
  const patientIds = await readPersonIds(database, patientId);
  const stored = await readPersonResources(database, patientIds);
  const resources = stored.map(({ content }): { readonly resourceType: string; readonly id: string } =>
    JSON.parse(content),
  );
  const found = await validateInTurns(await validator(), resources, observer);
  return resources.flatMap(({ resourceType, id }, index): readonly Finding[] => {
    const place = { reference: `${resourceType}/${id}`, site: stored[index]?.site ?? '' };
    return (found[index] ?? []).filter(isWorthTelling).map((issue) => ({ ...issue, ...place }));
  });
}
