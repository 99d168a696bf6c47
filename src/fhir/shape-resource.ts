/** Parts of a resource: `_summary` and `_elements` of FHIR's search. */
import type { Resource } from '@medplum/fhirtypes';
import { rejection } from '../core/cartograph-error.ts';
import { quote } from '../core/finding.ts';
import { MANDATORY_ELEMENTS, SUMMARY_ELEMENTS } from './summary-elements.generated.ts';
import { withDecimalsOf } from './written-decimals.ts';

export type Shape =
  | { readonly kind: 'whole' }
  /** The elements that R4 marks as a summary. */
  | { readonly kind: 'summary' }
  /** Narrative and what is mandatory. */
  | { readonly kind: 'text' }
  /** All but the narrative. */
  | { readonly kind: 'data' }
  /** No resources, only their number. */
  | { readonly kind: 'count' }
  | { readonly kind: 'elements'; readonly names: readonly string[] };

const SUMMARIES = ['true', 'text', 'data', 'count', 'false'];
const ALWAYS = ['resourceType', 'id', 'meta'];

const SUBSETTED = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue',
  code: 'SUBSETTED',
} as const;

/** Throws `parameter-invalid`. */
export function parseShape(query: URLSearchParams): Shape {
  const summary = query.get('_summary') || null;
  const elements = query
    .getAll('_elements')
    .flatMap((text) => text.split(','))
    .filter((name) => name !== '');
  if (summary !== null && !SUMMARIES.includes(summary)) {
    throw rejection('parameter-invalid', `_summary: expected ${SUMMARIES.join(', ')}`, {
      found: quote(summary),
      expected: SUMMARIES.join(', '),
    });
  }
  if (elements.length > 0)
    return { kind: 'elements', names: elements.map((name) => name.replace(/^.*\./, '')) };
  switch (summary) {
    case 'true':
      return { kind: 'summary' };
    case 'text':
    case 'data':
    case 'count':
      return { kind: summary };
    default:
      return { kind: 'whole' };
  }
}

/** A copy with these parts only, tagged as subsetted. */
export function shapeResource(resource: Resource, shape: Shape): Resource {
  const { resourceType } = resource;
  if (shape.kind === 'whole' || resourceType === 'OperationOutcome' || resourceType === 'Bundle')
    return resource;
  const mandatory = MANDATORY_ELEMENTS[resourceType]?.split(' ') ?? [];
  const kept = Object.entries(resource).filter(([name]) => {
    const bare = name.replace(/^_/, '');
    if (ALWAYS.includes(bare)) return true;
    switch (shape.kind) {
      case 'summary':
        return isNamed(bare, SUMMARY_ELEMENTS[resourceType]?.split(' ') ?? []);
      case 'text':
        return bare === 'text' || isNamed(bare, mandatory);
      case 'data':
        return bare !== 'text';
      case 'elements':
        return isNamed(bare, [...shape.names, ...mandatory]);
      default:
        return false;
    }
  });
  const { meta } = resource;
  const tagged = { ...meta, tag: [...(meta?.tag ?? []), SUBSETTED] };
  return withDecimalsOf(resource, { ...Object.fromEntries(kept), meta: tagged } as Resource);
}

/** Choice elements are named without their type. */
function isNamed(name: string, names: readonly string[]): boolean {
  return names.some(
    (one) =>
      one === name || (one.endsWith('[x]') && name.startsWith(one.slice(0, -3))) || isChoice(name, one),
  );
}

function isChoice(name: string, wanted: string): boolean {
  return CHOICES.has(wanted) && new RegExp(`^${wanted}[A-Z]`).test(name);
}

/** Names by which callers ask for elements of several types. */
const CHOICES = new Set([
  'abatement',
  'deceased',
  'effective',
  'item',
  'medication',
  'multipleBirth',
  'occurrence',
  'onset',
  'performed',
  'reported',
  'value',
]);
