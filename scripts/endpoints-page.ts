/** docs/endpoints.md, from the endpoint definitions. */
import { describeDefinition } from '../src/endpoints/describe-definition.ts';
import type { EndpointDefinition } from '../src/endpoints/endpoint-definition.ts';
import { ENDPOINT_DEFINITIONS } from '../src/endpoints/endpoint-definitions.ts';

export const ENDPOINTS_PAGE_FILE = 'docs/endpoints.md';

const HEAD = `# Endpoints

Generated from \`src/endpoints/endpoint-definitions.ts\` by \`npm run generate\`; do not edit.

An endpoint is a named, versioned definition; one engine derives them all (\`src/endpoints/derive-endpoint.ts\` states its
rules). "EFS", "DFS", "LFS" and "RFS" alone name nothing here: say which definition.

A hospital adds its own as \`mappings/sites/<site>/endpoints/<name>.json\`, one definition a file, checked by
\`src/endpoints/endpoint-definition.schema.json\`; the id must be new. It is then known to \`cartograph derive\`,
\`cartograph cohort\`, \`$time-to-event\`, \`$survival\` and \`$cumulative-incidence\`.

Where a definition rests on what [parameters](parameters.md) leave open (from which day a marrow without remission counts, which
MRD is negative, when B-cell aplasia is lost), it takes their defaults, whatever a service or a call sets: no endpoint
changes with a setting ([decision 17](decisions/0017-parameters-and-definitions.md)).

What is in no column is ignored. E event, K competing event, C censoring.
`;

export function endpointsPage(): string {
  const rows = ENDPOINT_DEFINITIONS.map(rowOf);
  const table = ['| id | starts at | E | K | C |', '| --- | --- | --- | --- | --- |', ...rows].join('\n');
  return `${HEAD}\n## Overview\n\n${table}\n${ENDPOINT_DEFINITIONS.map(sectionOf).join('')}`;
}

function rowOf(definition: EndpointDefinition): string {
  const { starts, events, competing, censorings } = describeDefinition(definition);
  const cells = [`[\`${definition.id}\`](#${definition.id.toLowerCase()})`, starts];
  return `| ${[...cells, ...[events, competing, censorings].map(listOf)].join(' | ')} |`;
}

function sectionOf(definition: EndpointDefinition): string {
  const { starts, population, events, competing, censorings } = describeDefinition(definition);
  const lines = [
    `${definition.title}. Version ${definition.version}.`,
    '',
    `- clock starts: ${starts}`,
    `- population: ${population}`,
    `- events: ${listOf(events)}`,
    `- competing events: ${listOf(competing)}`,
    `- censored at: ${listOf(censorings)}`,
    `- response deadline: day ${definition.responseDeadlineDay}; a month is ${definition.monthDays} days`,
    `- sources: ${definition.sources.join('; ')}`,
  ];
  return `\n## ${definition.id}\n\n${lines.join('\n')}\n`;
}

function listOf(labels: readonly string[]): string {
  return labels.length === 0 ? 'none' : labels.join('; ');
}
