/** What one resource states: facts, each with its source, and findings about what could not be read. */
import type { Resource } from '@medplum/fhirtypes';
import { CartographError } from '../core/cartograph-error.ts';
import type { Finding } from '../core/finding.ts';
import { FhirPathError } from '../fhir/fhirpath/fhirpath-error.ts';
import type { Fact } from './fact.ts';
import type { SiteMappings, TypeRules } from './mappings.ts';
import { type Occurrence, occurrenceOf } from './occurrence.ts';
import { panelParts } from './panel-parts.ts';
import { readFact } from './read-fact.ts';
import { type Recognised, recognise } from './recognise.ts';
import { resourceFinding, unmappedFindings } from './resource-finding.ts';
import type { WatchedWords } from './watched-words.ts';

export interface Extracted {
  readonly facts: readonly Fact[];
  readonly findings: readonly Finding[];
}

const NOTHING: Extracted = { facts: [], findings: [] };

/** `resource` has its links among `contained` (link-resources.ts) and belongs to the site of `mappings`. */
export function extractFacts(
  resource: Resource,
  mappings: SiteMappings,
  watchedWords: WatchedWords,
): Extracted {
  const rules = mappings.rules.get(resource.resourceType);
  if (rules === undefined) return NOTHING;
  const occurrence = occurrenceOf(resource);
  if (occurrence === 'NONE') return NOTHING;
  const recognised = recognise(resource, rules);
  if (recognised.length > 0) return extractRecognised(resource, recognised, occurrence, mappings.site);
  const parts = extractParts(resource, rules, occurrence, mappings.site);
  if (parts !== undefined) return parts;
  return { facts: [], findings: unmappedFindings(resource, mappings.site, watchedWords) };
}

function extractRecognised(
  resource: Resource,
  recognised: readonly Recognised[],
  occurrence: Occurrence,
  site: string,
): Extracted {
  if (occurrence === 'UNCONFIRMED') {
    return { facts: [], findings: [resourceFinding('status-unconfirmed', resource, site)] };
  }
  const facts: Fact[] = [];
  const findings: Finding[] = [];
  for (const match of recognised) {
    // An expression that cannot be applied to this resource (two values where one may be) costs this fact alone.
    try {
      for (const row of match.factMap.compiled.unreadRows(resource))
        readFact(resource, row, match, occurrence, site, facts, findings);
    } catch (error) {
      if (!isExpressionFailure(error)) throw error;
      findings.push(resourceFinding('value-unreadable', resource, site));
    }
  }
  return { facts, findings };
}

function isExpressionFailure(error: unknown): boolean {
  if (error instanceof FhirPathError) return true;
  return error instanceof CartographError && error.code === 'expression-failed';
}

/** What the parts of a panel state; undefined where nothing here knows any of them. */
function extractParts(
  panel: Resource,
  rules: TypeRules,
  occurrence: Occurrence,
  site: string,
): Extracted | undefined {
  const facts: Fact[] = [];
  const findings: Finding[] = [];
  let known = false;
  for (const { resource, pathOf } of panelParts(panel)) {
    const recognised = recognise(resource, rules);
    if (recognised.length === 0) continue;
    known = true;
    const extracted = extractRecognised(resource, recognised, occurrence, site);
    for (const fact of extracted.facts) {
      const sources = fact.sources.map((source) => ({ ...source, path: pathOf(source.path) }));
      facts.push({ ...fact, sources });
    }
    for (const one of extracted.findings) {
      findings.push(one.expression === undefined ? one : { ...one, expression: pathOf(one.expression) });
    }
  }
  return known ? { facts, findings } : undefined;
}
