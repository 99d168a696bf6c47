import { rejection } from '../core/cartograph-error.ts';
import { quote } from '../core/finding.ts';
import type { EndpointCatalogue } from '../endpoints/endpoint-catalogue.ts';
import type { EndpointDefinition } from '../endpoints/endpoint-definition.ts';

/** Throws `parameter-invalid` with the ids that there are. */
export function namedEndpoint(id: string, { definitions, find }: EndpointCatalogue): EndpointDefinition {
  const definition = find(id);
  if (definition !== undefined) return definition;
  throw rejection('parameter-invalid', `Nobody defined the endpoint ${quote(id)}`, {
    found: quote(id),
    expected: definitions.map((one) => one.id).join(', '),
  });
}
