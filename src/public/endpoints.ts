/** `cartograph-fhir/endpoints`: the named definitions and the engine that derives them. */
export { deriveEndpoint, deriveEndpoints } from '../endpoints/derive-endpoint.ts';
export type { EndpointDefinition } from '../endpoints/endpoint-definition.ts';
export { ENDPOINT_DEFINITIONS, endpointDefinition } from '../endpoints/endpoint-definitions.ts';
export type { EndpointResult } from '../endpoints/endpoint-result.ts';
