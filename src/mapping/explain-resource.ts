/** What was understood of one resource, and what was not: for people who add a hospital. */
import type { CodeableConcept, Resource } from '@medplum/fhirtypes';
import type { Finding } from '../core/finding.ts';
import { translateConcept } from '../fhir/terminology/concept-map.ts';
import { extractFacts } from './extract-facts.ts';
import type { Fact } from './fact.ts';
import type { CodedElement } from './fact-map.ts';
import { linkResource } from './link-resources.ts';
import type { Mappings, SiteMappings } from './mappings.ts';
import { occurrenceOf } from './occurrence.ts';
import { conceptsOf, recognise } from './recognise.ts';
import { referenceTo } from './resource-finding.ts';

export interface TranslatedCode {
  readonly element: CodedElement;
  readonly system?: string;
  readonly code?: string;
  readonly text?: string;
  /** What the concept maps say it is; empty where none knows it. */
  readonly means: readonly string[];
}

export interface ResourceExplanation {
  readonly resource: string;
  readonly site: string;
  /** What its status says: OCCURRED, PRELIMINARY, NEGATED, UNCONFIRMED or NONE. */
  readonly occurrence: string;
  readonly codes: readonly TranslatedCode[];
  /** Fact maps that the resource falls under, with the rows of their views. */
  readonly matched: readonly {
    readonly factMap: string;
    readonly view: string;
    readonly kind?: string;
    readonly rows: readonly Readonly<Record<string, unknown>>[];
  }[];
  readonly facts: readonly Pick<Fact, 'kind' | 'elements'>[];
  readonly findings: readonly Finding[];
}

const ELEMENTS: readonly CodedElement[] = ['code', 'medication', 'event', 'location'];

/** `index` are the resources that it may refer to (link-resources.ts). */
export function explainResource(
  resource: Resource,
  fallbackSite: string,
  index: ReadonlyMap<string, Resource>,
  mappings: Mappings,
): ResourceExplanation {
  const site = mappings.siteOf(resource, fallbackSite);
  const siteMappings = mappings.forSite(site);
  const linked = linkResource(resource, index);
  const rules = siteMappings.rules.get(resource.resourceType);
  const matched = rules === undefined ? [] : recognise(linked, rules);
  const { facts, findings } = extractFacts(linked, siteMappings, mappings.watchedWords);
  return {
    resource: referenceTo(resource),
    site,
    occurrence: occurrenceOf(resource),
    codes: ELEMENTS.flatMap((element) =>
      conceptsOf(linked, element).flatMap((concept) => codesOf(element, concept, linked, siteMappings)),
    ),
    matched: matched.map(({ factMap, kind }) => ({
      factMap: factMap.name,
      view: factMap.view,
      ...(kind === undefined ? {} : { kind }),
      rows: factMap.compiled.rows(linked).map(withoutEmpty),
    })),
    facts: facts.map(({ kind, elements }) => ({ kind, elements })),
    findings,
  };
}

function codesOf(
  element: CodedElement,
  concept: CodeableConcept,
  resource: Resource,
  { rules }: SiteMappings,
): readonly TranslatedCode[] {
  const recognisers = (rules.get(resource.resourceType)?.recognisers ?? []).filter(
    (recogniser) => recogniser.element === element,
  );
  const meaningOf = (one: CodeableConcept): readonly string[] => [
    ...new Set(recognisers.flatMap(({ lookup }) => translateConcept(one, lookup)?.codes ?? [])),
  ];
  const codings = (concept.coding ?? []).map((coding) => ({
    element,
    ...(coding.system === undefined ? {} : { system: coding.system }),
    ...(coding.code === undefined ? {} : { code: coding.code }),
    means: meaningOf({ coding: [coding] }),
  }));
  if (concept.text === undefined) return codings;
  return [...codings, { element, text: concept.text, means: meaningOf({ text: concept.text }) }];
}

function withoutEmpty(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(row).filter(
      ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
    ),
  );
}
