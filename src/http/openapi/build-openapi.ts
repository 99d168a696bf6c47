/** The OpenAPI 3.1 document of everything under /cohort. */
import { ANSWER_SCHEMAS } from './answer-schemas.ts';
import { COHORT_PLACES, type Place } from './cohort-places.ts';
import { ref, type Schema } from './schema.ts';

const PARAMETER_SCHEMAS: Readonly<Record<string, Schema>> = {
  asOf: {
    description: 'Cut-off, a full date: facts dated later do not exist for the answer. Default: today.',
    schema: { type: 'string', format: 'date' },
  },
  knownAsOf: {
    description: 'Instant as of whose knowledge the record is built.',
    schema: { type: 'string', format: 'date-time' },
  },
  from: { description: 'First day to look at.', schema: { type: 'string', format: 'date' } },
  to: { description: 'Last day to look at.', schema: { type: 'string', format: 'date' } },
  endpoint: { description: 'Id of a definition (docs/endpoints.md).', ...repeating() },
  parameter: {
    description: 'A clinical parameter for this call, as name=value (docs/parameters.md).',
    ...repeating(),
  },
  by: { description: 'Stratum (docs/reproduction.md).', schema: { type: 'string' } },
  at: { description: 'Days after the origin at which to estimate.', ...repeating() },
  conf: { description: 'Scale of the intervals.', schema: { enum: ['plain', 'log', 'log-log'] } },
  column: { description: 'A further column (docs/analysis-sets.md).', ...repeating() },
  format: { description: 'Form of the table.', schema: { enum: ['csv', 'ndjson', 'parquet'] } },
};

export function buildOpenApi(softwareVersion: string): Readonly<Record<string, unknown>> {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Cartograph: the cohort as plain JSON',
      version: softwareVersion,
      description:
        'Records, derived results and reports, for people with spreadsheets and for pages. The FHIR interface is described by its CapabilityStatement.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/cohort' }],
    paths: Object.fromEntries(COHORT_PLACES.map((place) => [templateOf(place.path), describePlace(place)])),
    components: { schemas: ANSWER_SCHEMAS },
  };
}

/** `/patients/:id` as OpenAPI writes it. */
export function templateOf(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}');
}

function describePlace(place: Place): object {
  const { path, id, summary, parameters, answers, required = [], single = [] } = place;
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    description: 'Any Patient id of the person.',
    schema: { type: 'string', pattern: '^[A-Za-z0-9.-]{1,64}$' },
  }));
  const inQuery = parameters.map((name) => ({
    name,
    in: 'query',
    ...(required.includes(name) ? { required: true } : {}),
    ...PARAMETER_SCHEMAS[name],
    ...(single.includes(name) ? { schema: { type: 'string' } } : {}),
  }));
  const content = Object.fromEntries(
    Object.entries(answers).map(([mediaType, schema]) => [mediaType, { schema }]),
  );
  return {
    get: {
      operationId: id,
      summary,
      parameters: [...inPath, ...inQuery],
      responses: {
        200: { description: summary, content },
        default: {
          description: 'Why it is refused.',
          content: { 'application/problem+json': { schema: ref('Problem') } },
        },
      },
    },
  };
}

function repeating(): Schema {
  return { schema: { type: 'array', items: { type: 'string' } }, style: 'form', explode: true };
}
