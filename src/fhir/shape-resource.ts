/** Parts of a resource: `_summary` and `_elements` of FHIR's search. */
import type { Resource } from '@medplum/fhirtypes';
import { rejection } from '../core/cartograph-error.ts';
import { quote } from '../core/finding.ts';
import { elementsOf, isResourceType } from './element-types.ts';
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
  /** `name`, or `Type.name` for resources of that type; what stands below an element comes with it. */
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
  if (elements.length > 0) return { kind: 'elements', names: elements };
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
  const asked = shape.kind === 'elements' ? topLevelNames(shape.names, resourceType) : [];
  const kept = Object.entries(resource).filter(([name]) => {
    const bare = name.replace(/^_/, '');
    if (ALWAYS.includes(bare)) return true;
    switch (shape.kind) {
      case 'summary':
        return isNamed(bare, SUMMARY_ELEMENTS[resourceType]?.split(' ') ?? [], resourceType);
      case 'text':
        return bare === 'text' || isNamed(bare, mandatory, resourceType);
      case 'data':
        return bare !== 'text';
      case 'elements':
        return isNamed(bare, [...asked, ...mandatory], resourceType);
      default:
        return false;
    }
  });
  const { meta } = resource;
  const tags = (meta?.tag ?? []).filter(
    ({ system, code }) => system !== SUBSETTED.system || code !== SUBSETTED.code,
  );
  const tagged = { ...meta, tag: [...tags, SUBSETTED] };
  return withDecimalsOf(resource, { ...Object.fromEntries(kept), meta: tagged } as Resource);
}

/** Names of elements of the resource itself. */
function topLevelNames(names: readonly string[], resourceType: string): readonly string[] {
  return names.flatMap((name) => {
    const [first = '', second] = name.split('.');
    if (!isResourceType(first)) return [first];
    return first === resourceType && second !== undefined ? [second] : [];
  });
}

/** Whether the element is one of these; elements of several types go by their common name too. */
export function isNamed(name: string, names: readonly string[], resourceType: string): boolean {
  return names.some((one) => one === name || isChoice(name, one.replace(/\[x\]$/, ''), resourceType));
}

/** `value` for `valueQuantity`. */
function isChoice(name: string, wanted: string, resourceType: string): boolean {
  if (!name.startsWith(wanted)) return false;
  const { type } = elementsOf(resourceType)?.get(name) ?? {};
  return type?.toLowerCase() === name.slice(wanted.length).toLowerCase();
}
