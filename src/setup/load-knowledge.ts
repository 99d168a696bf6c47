/** What is read from files before anything starts. */
import { loadClientRegistrations } from '../cds/client-registration.ts';
import { loadEndpoints } from '../cli/load-endpoints.ts';
import { loadParameters } from '../cli/load-parameters.ts';
import type { ParameterOverrides } from '../clinical/parameters/clinical-parameters.ts';
import type { Config } from '../config.ts';
import type { EndpointCatalogue } from '../endpoints/endpoint-catalogue.ts';
import type { ExpandValueSet } from '../fhir/search/parse-criterion.ts';
import { expandValueSet } from '../fhir/terminology/expand-value-set.ts';
import type { CdsAccess } from '../http/cds-router.ts';
import { loadMappings } from '../mapping/load-mappings.ts';
import type { Mappings } from '../mapping/mappings.ts';
import { loadGuideTerminology } from '../profiles/guide-terminology.ts';
import { mappingsFolderOf } from './mappings-folder.ts';
import { readVersion } from './read-version.ts';

export interface Knowledge {
  readonly mappings: Mappings;
  readonly endpoints: EndpointCatalogue;
  readonly parameters: ParameterOverrides;
  readonly expand: ExpandValueSet;
  /** Who may call the CDS services. */
  readonly cdsAccess: CdsAccess;
  readonly softwareVersion: string;
}

/** Throws what is wrong with a file that the settings name. */
export async function loadKnowledge(config: Config): Promise<Knowledge> {
  const mappingsFolder = mappingsFolderOf(config);
  const mappings = await loadMappings(mappingsFolder);
  const endpoints = await loadEndpoints(mappingsFolder);
  const parameters = config.parametersFile === undefined ? {} : await loadParameters(config.parametersFile);
  const cdsAccess = await loadCdsAccess(config);
  const terminology = await loadGuideTerminology();
  return {
    mappings,
    endpoints,
    parameters,
    expand: (url) => expandValueSet(url, terminology),
    cdsAccess,
    softwareVersion: await readVersion(),
  };
}

/** Registered clients where a file names them; else everybody on loopback, unless the settings say nobody. */
async function loadCdsAccess({ cdsClientsFile, cdsOpen }: Config): Promise<CdsAccess> {
  if (cdsClientsFile === undefined) return { kind: cdsOpen ? 'open' : 'closed' };
  return { kind: 'registered', registrations: await loadClientRegistrations(cdsClientsFile) };
}
