/** Which fact maps a resource falls under, by what its code means. */
import type { CodeableConcept, Coding, Resource } from '@medplum/fhirtypes';
import { canonicalSystem } from '../fhir/terminology/code-spelling.ts';
import { type Target, type Translation, translateConcept } from '../fhir/terminology/concept-map.ts';
import type { CodedElement } from './fact-map.ts';
import { linkedLocationTypes } from './link-resources.ts';
import type { Recogniser, SiteFactMap, TypeRules } from './mappings.ts';

export interface Recognised {
  readonly factMap: SiteFactMap;
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
  let element: CodedElement | undefined;
  let concepts: readonly CodeableConcept[] = [];
  for (const recogniser of rules.recognisers) {
    if (recogniser.element !== element) {
      element = recogniser.element;
      concepts = conceptsOf(resource, element);
    }
    for (const concept of concepts) {
      for (const match of recognisedByKind(concept, recogniser)) found.push(match);
      if (recogniser.patterns.length > 0) addByPattern(concept, recogniser, rules, found);
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

/**
 * The drug spelt out, or of the Medication that is referred to; what it is made of where it has no code itself, and
 * what the reference calls it where no Medication is here.
 */
function drugsOf(resource: Resource): readonly CodeableConcept[] {
  if ('medicationCodeableConcept' in resource && resource.medicationCodeableConcept !== undefined) {
    return [resource.medicationCodeableConcept];
  }
  const { reference, display } = ('medicationReference' in resource && resource.medicationReference) || {};
  const id = reference
    ?.replace(/^#/, '')
    .replace(/\/_history\/.*$/, '')
    .split('/')
    .pop();
  const contained = 'contained' in resource ? (resource.contained ?? []) : [];
  const drugs = contained.flatMap((drug) => {
    if (drug.resourceType !== 'Medication' || drug.id !== id) return [];
    if (drug.code !== undefined) return [drug.code];
    return (drug.ingredient ?? []).flatMap(({ itemCodeableConcept }) => itemCodeableConcept ?? []);
  });
  return drugs.length > 0 || display === undefined ? drugs : [{ text: display }];
}

function isConcept(code: unknown): code is CodeableConcept {
  return typeof code === 'object' && code !== null;
}

const NONE: readonly Recognised[] = [];

/** Most concepts have one coding, and most codings are met again and again: what they mean is put together once. */
function recognisedByKind(concept: CodeableConcept, recogniser: Recogniser): readonly Recognised[] {
  const { coding } = concept;
  const [only] = coding ?? [];
  if (only !== undefined && coding?.length === 1) {
    const target = recogniser.lookup.find(only.system ?? '', only.code ?? '');
    if (target !== undefined) {
      let known = KNOWN.get(recogniser)?.get(target);
      if (known === undefined) {
        known = matchesOf({ ...target, byText: false }, recogniser);
        KNOWN.set(
          recogniser,
          (KNOWN.get(recogniser) ?? new WeakMap<Target, readonly Recognised[]>()).set(target, known),
        );
      }
      return known;
    }
    if (concept.text === undefined) return NONE;
  }
  const translation = translateConcept(concept, recogniser.lookup);
  return translation === undefined ? NONE : matchesOf(translation, recogniser);
}

const KNOWN = new WeakMap<Recogniser, WeakMap<Target, readonly Recognised[]>>();

function matchesOf({ codes, byText, inexact }: Translation, { byKind }: Recogniser): readonly Recognised[] {
  const kinds = [...new Set(codes)].sort();
  return kinds.flatMap((kind) =>
    (byKind.get(kind) ?? []).map((factMap) => ({ factMap, kind, kinds, byText, inexact })),
  );
}

function addByPattern(
  concept: CodeableConcept,
  { element, patterns }: Recogniser,
  { recognisers }: TypeRules,
  found: Recognised[],
): void {
  for (const { systems, code, map } of patterns) {
    // A code that a map knows is not guessed at by its pattern.
    if (found.some(({ factMap }) => factMap.fact === map.fact)) continue;
    const matches = concept.coding?.some(
      (coding) =>
        coding.code !== undefined &&
        systems.has(canonicalSystem(coding.system ?? '')) &&
        code.test(coding.code.trim().toUpperCase()) &&
        !recognisers.some((other) => other.element === element && meansNothing(coding, other)),
    );
    if (matches === true)
      found.push({ factMap: map, kind: undefined, kinds: [], byText: false, inexact: false });
  }
}

/** A map names the code and gives it no meaning. */
function meansNothing({ system = '', code = '' }: Coding, { lookup }: Recogniser): boolean {
  return lookup.find(system, code)?.codes.length === 0;
}
