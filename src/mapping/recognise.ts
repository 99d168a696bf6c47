/** Which fact maps a resource falls under, by what its code means. */
import type { CodeableConcept, Resource } from '@medplum/fhirtypes';
import { translateConcept } from '../fhir/concept-map.ts';
import type { CodedElement } from './fact-map.ts';
import { linkedLocationTypes } from './link-resources.ts';
import type { CompiledFactMap, Recogniser, TypeRules } from './mappings.ts';

export interface Recognised {
  readonly factMap: CompiledFactMap;
  /** What the code means; undefined where the fact map takes every resource of the type. */
  readonly kind: string | undefined;
  /** Everything that the code means, this kind among it. */
  readonly kinds: readonly string[];
  readonly byText: boolean;
  /** The code says less than what it is taken for. */
  readonly inexact: boolean;
}

export function recognise(resource: Resource, rules: TypeRules): readonly Recognised[] {
  const found: Recognised[] = rules.always.map((factMap) => ({
    factMap,
    kind: undefined,
    kinds: [],
    byText: false,
    inexact: false,
  }));
  for (const recogniser of rules.recognisers) {
    for (const concept of conceptsOf(resource, recogniser.element)) {
      addByKind(concept, recogniser, found);
      addByPattern(concept, recogniser, found);
    }
  }
  return found;
}

/** What the element says: for a drug also where it is contained, for a place the types of the Location. */
export function conceptsOf(resource: Resource, element: CodedElement): readonly CodeableConcept[] {
  switch (element) {
    case 'code':
      return 'code' in resource && isConcept(resource.code) ? [resource.code] : [];
    case 'event':
      return 'event' in resource && isConcept(resource.event) ? [resource.event] : [];
    case 'location':
      return linkedLocationTypes(resource);
    case 'medication':
      return drugsOf(resource);
  }
}

function drugsOf(resource: Resource): readonly CodeableConcept[] {
  const concepts: CodeableConcept[] = [];
  if ('medicationCodeableConcept' in resource && resource.medicationCodeableConcept !== undefined) {
    concepts.push(resource.medicationCodeableConcept);
  }
  for (const contained of 'contained' in resource ? (resource.contained ?? []) : []) {
    if (contained.resourceType === 'Medication' && contained.code !== undefined)
      concepts.push(contained.code);
  }
  return concepts;
}

function isConcept(code: unknown): code is CodeableConcept {
  return typeof code === 'object' && code !== null;
}

function addByKind(concept: CodeableConcept, recogniser: Recogniser, found: Recognised[]): void {
  const translation = translateConcept(concept, recogniser.lookup);
  if (translation === undefined) return;
  const { codes: kinds, byText, inexact } = translation;
  for (const kind of kinds) {
    for (const factMap of recogniser.byKind.get(kind) ?? []) {
      found.push({ factMap, kind, kinds, byText, inexact });
    }
  }
}

function addByPattern(concept: CodeableConcept, recogniser: Recogniser, found: Recognised[]): void {
  for (const { systems, code, map } of recogniser.patterns) {
    // A code that a map knows is not guessed at by its pattern.
    if (found.some(({ factMap }) => factMap.fact === map.fact)) continue;
    const matches = concept.coding?.some(
      (coding) => systems.has(coding.system ?? '') && coding.code !== undefined && code.test(coding.code),
    );
    if (matches === true)
      found.push({ factMap: map, kind: undefined, kinds: [], byText: false, inexact: false });
  }
}
