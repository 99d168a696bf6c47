/** Codes that nothing here knows, counted by site: what a hospital's own concept maps could still say. */
import type { CodeableConcept, Resource } from '@medplum/fhirtypes';
import type { Mappings } from './mappings.ts';
import { recognise } from './recognise.ts';

/** What resources of one type and site say that they are, and how many of them. */
export interface CountedConcept {
  readonly site: string;
  readonly type: string;
  readonly concept: CodeableConcept;
  readonly count: number;
}

export interface UnmappedCode {
  readonly site: string;
  readonly resourceType: string;
  /** Absent for a concept in text alone; texts are not repeated, for anything may stand in them. */
  readonly system?: string;
  readonly code?: string;
  readonly count: number;
}

/** Types that say what they are and that some fact map looks at; a Medication is a drug that others refer to. */
export function codedTypes(mappings: Mappings): readonly string[] {
  const types = mappings.factMaps
    .filter(({ accepts }) => accepts !== undefined && accepts.element !== 'location')
    .map(({ compiled }) => compiled.resourceType);
  return [...new Set([...types, 'Medication'])].sort();
}

/** By the first coding of the concepts that no concept map and no pattern knows, the most frequent first. */
export function listUnmappedCodes(
  concepts: Iterable<CountedConcept>,
  mappings: Mappings,
): readonly UnmappedCode[] {
  const counts = new Map<string, UnmappedCode>();
  for (const counted of concepts) {
    if (isKnown(counted, mappings)) continue;
    const code = unmappedCode(counted);
    const key = JSON.stringify({ ...code, count: 0 });
    counts.set(key, { ...code, count: code.count + (counts.get(key)?.count ?? 0) });
  }
  return [...counts]
    .sort(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1))
    .map(([, code]) => code);
}

/** A Medication is asked of every type that may give it. */
const DRUGS = ['MedicationAdministration', 'MedicationStatement', 'MedicationRequest'];

function isKnown({ site, type, concept }: CountedConcept, mappings: Mappings): boolean {
  const { rules } = mappings.forSite(site);
  return (type === 'Medication' ? DRUGS : [type]).some((resourceType) => {
    const said = { code: concept, event: concept, medicationCodeableConcept: concept };
    const own = rules.get(resourceType);
    return own !== undefined && recognise({ resourceType, ...said } as unknown as Resource, own).length > 0;
  });
}

function unmappedCode({ site, type, concept, count }: CountedConcept): UnmappedCode {
  const [first] = Array.isArray(concept.coding) ? concept.coding : [];
  return {
    site,
    resourceType: type,
    ...(first?.system === undefined ? {} : { system: first.system }),
    ...(first?.code === undefined ? {} : { code: first.code }),
    count,
  };
}
