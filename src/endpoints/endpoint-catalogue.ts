import { CartographError } from '../core/cartograph-error.ts';
import type { Finding } from '../core/finding.ts';
import type { EndpointDefinition } from './endpoint-definition.ts';
import { ENDPOINT_DEFINITIONS } from './endpoint-definitions.ts';
import { validateEndpointDefinition } from './validate-endpoint-definition.ts';

/** All definitions in use: those of the specification, and those that sites add. */
export interface EndpointCatalogue {
  readonly definitions: readonly EndpointDefinition[];
  /** Undefined for an id that nobody defined. */
  readonly find: (id: string) => EndpointDefinition | undefined;
}

/** A definition as a site wrote it, and the file that it comes from. */
export interface SiteDefinition {
  readonly file: string;
  readonly content: unknown;
}

/**
 * The catalogue with a site's definitions after our own, sorted by id. Throws `mapping-invalid` with every file
 * that breaks the schema, and for an id that is taken: a definition is never replaced, as results are known by it.
 */
export function buildEndpointCatalogue(added: readonly SiteDefinition[] = []): EndpointCatalogue {
  const findings: Finding[] = [];
  const byId = new Map(ENDPOINT_DEFINITIONS.map((definition) => [definition.id, definition]));
  const own: EndpointDefinition[] = [];
  for (const { file, content } of added) {
    const problems = validateEndpointDefinition(content);
    for (const problem of problems) findings.push(problemOf(`${file}: ${problem}`));
    if (problems.length > 0) continue;
    const definition = content as EndpointDefinition;
    if (byId.has(definition.id)) {
      findings.push(problemOf(`${file}: /id ${definition.id} is defined already`));
      continue;
    }
    byId.set(definition.id, definition);
    own.push(definition);
  }
  const [first, ...rest] = findings;
  if (first !== undefined) throw new CartographError([first, ...rest]);
  own.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { definitions: [...ENDPOINT_DEFINITIONS, ...own], find: (id) => byId.get(id) };
}

function problemOf(message: string): Finding {
  return { code: 'mapping-invalid', severity: 'error', message };
}
