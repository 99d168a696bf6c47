/** Short notation for endpoint tests: day 0 is 2022-01-01, the cut-off lies on day 1276 (2025-06-30). */
import type { PartialDate } from '../../src/cohort/cohort-record.generated.ts';
import { addDays } from '../../src/core/partial-date.ts';
import { deriveEndpoint } from '../../src/endpoints/derive-endpoint.ts';
import type { EndpointDefinition } from '../../src/endpoints/endpoint-definition.ts';
import { endpointDefinition } from '../../src/endpoints/endpoint-definitions.ts';
import type { EndpointResult } from '../../src/endpoints/endpoint-result.ts';
import { infusedOn, type RecordParts, recordOf } from './record-builder.ts';

const INFUSION = '2022-01-01';
export const CUTOFF = '2025-06-30';

/** The date of a day counted from the infusion. */
export function on(day: number): PartialDate {
  return addDays(INFUSION, day);
}

/** The result of a definition for one infusion on day 0, last seen on day 1000 unless the facts say otherwise. */
export function resultOf(
  id: string,
  parts: RecordParts,
  asOf: PartialDate = CUTOFF,
  change: Partial<EndpointDefinition> = {},
): EndpointResult {
  const definition = endpointDefinition(id);
  if (definition === undefined) throw new Error(`no definition ${id}`);
  const lastContact = parts.death === undefined ? { lastContact: on(1000) } : {};
  const record = recordOf({ courses: infusedOn(INFUSION), ...lastContact, ...parts });
  return deriveEndpoint({ ...definition, ...change }, record, asOf);
}

/** Status, type and days in one word, such as "EVENT RELAPSE 365"; the reason where there is no result. */
export function brief({ status, type, days, reason }: EndpointResult): string {
  return type === undefined ? `${status} ${reason ?? ''}` : `${status} ${type} ${days ?? ''}`;
}
