import type { CodeSystemResource } from '../fhir/terminology/terminology-code-system.ts';
import { Terminology, type ValueSetResource } from '../fhir/terminology/terminology-value-set.ts';
import {
  CORE,
  isObject,
  type JsonObject,
  type SearchParameter,
  type StructureDefinition,
  withoutVersion,
} from './definition.ts';

/** Where definitions come from: by resource type and canonical URL, each parsed when it is first asked for. */
export interface DefinitionSource {
  find(resourceType: string, url: string): JsonObject | undefined;
}

/** All definitions in use. A source that is added later goes before those added earlier. */
export class DefinitionStore {
  readonly terminology: Terminology;
  readonly #sources: readonly DefinitionSource[];

  constructor(sources: readonly DefinitionSource[]) {
    this.#sources = sources;
    this.terminology = new Terminology({
      codeSystem: (url) => this.#find('CodeSystem', url) as CodeSystemResource | undefined,
      valueSet: (url) => this.#find('ValueSet', url) as ValueSetResource | undefined,
    });
  }

  #find(resourceType: string, canonical: string): JsonObject | undefined {
    const url = withoutVersion(canonical);
    for (const source of this.#sources) {
      const found = source.find(resourceType, url);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  structure(canonical: string): StructureDefinition | undefined {
    return this.#find('StructureDefinition', canonical) as StructureDefinition | undefined;
  }

  /** The definition of a type of R4 by its name. */
  type(name: string): StructureDefinition | undefined {
    if (!/^[A-Za-z0-9]+$/.test(name)) return undefined;
    const found = this.structure(`${CORE}${name}`);
    return found?.type === name && isType(found) ? found : undefined;
  }

  questionnaire(canonical: string): JsonObject | undefined {
    return this.#find('Questionnaire', canonical);
  }

  searchParameter(canonical: string): SearchParameter | undefined {
    return this.#find('SearchParameter', canonical) as SearchParameter | undefined;
  }
}

/** A definition of a type, not a profile of one. */
export function isType(structure: StructureDefinition): boolean {
  return structure.derivation !== 'constraint' && structure.url === `${CORE}${structure.type}`;
}

/** Definitions held in memory, such as those of a guide. */
export function heldSource(resources: Iterable<unknown>): DefinitionSource {
  const held = new Map<string, JsonObject>();
  for (const resource of resources) {
    if (!isObject(resource) || typeof resource['url'] !== 'string') continue;
    held.set(`${resource['resourceType']} ${resource['url']}`, resource);
  }
  return { find: (resourceType, url) => held.get(`${resourceType} ${url}`) };
}
