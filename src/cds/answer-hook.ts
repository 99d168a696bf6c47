import type { ParameterOverrides } from '../clinical/parameters/clinical-parameters.ts';
import type { CohortRecord } from '../cohort/cohort-record.generated.ts';
import type { PartialDate } from '../core/partial-date.ts';
import { mapPerson } from '../mapping/map-person.ts';
import type { Mappings } from '../mapping/mappings.ts';
import type { Card } from './card.ts';
import type { FhirSource } from './fhir-source.ts';
import { type Gathered, gatherResources } from './gather-resources.ts';
import type { HookRequest } from './hook-request.ts';
import { readOrderTopics } from './order-topics.ts';
import type { CdsService } from './services.ts';

export interface HookDeps {
  readonly mappings: Mappings;
  /** Clinical parameters that the settings change; a call has no room for others. */
  readonly parameters: ParameterOverrides;
  readonly today: () => PartialDate;
  readonly newId: () => string;
}

/** Where the patient's data come from, in this order of preference after the prefetch. */
export interface HookSources {
  /** Site of resources whose meta.source names none. */
  readonly site: string;
  /** A FHIR server that may be asked for this client. */
  readonly fhir?: FhirSource;
  /** The record of this service's own store; decides alone where it is given. */
  readonly own?: () => Promise<CohortRecord>;
  /** Address of this service. */
  readonly baseUrl: string;
}

/** The cards of one call. Nothing of it is stored. Throws `hook-data-unavailable`. */
export async function answerHook(
  service: CdsService,
  request: HookRequest,
  sources: HookSources,
  { mappings, parameters, today, newId }: HookDeps,
): Promise<readonly Card[]> {
  const asOf = today();
  const { patientId } = request.context;
  const { record, unavailable, unusable, isOwn } = await obtainRecord(request, sources, mappings, asOf);
  const orders = readOrderTopics(request.context, mappings.forSite(sources.site));
  return service.buildCards({
    record,
    asOf,
    parameters,
    patientId,
    ...(orders === undefined ? {} : { orders }),
    unavailable,
    unusable,
    links: service.linksOf({ patientId, baseUrl: sources.baseUrl, isOwn }),
    newId,
  });
}

interface Obtained extends Omit<Gathered, 'resources'> {
  readonly record: CohortRecord;
  readonly isOwn: boolean;
}

async function obtainRecord(
  request: HookRequest,
  { fhir, own, site }: HookSources,
  mappings: Mappings,
  receivedOn: PartialDate,
): Promise<Obtained> {
  if (own !== undefined) {
    return { record: await own(), unavailable: [], unusable: 0, isOwn: true };
  }
  const { resources, unavailable, unusable } = await gatherResources(request, fhir);
  const sourced = resources.map((resource) => ({
    resource,
    site: mappings.siteOf(resource, site),
    receivedOn,
  }));
  return { record: mapPerson(sourced, mappings), unavailable, unusable, isOwn: false };
}
