import type { DiseaseStatus } from '../../cohort/cohort-record.generated.ts';
import type { DatedFact } from '../record/fact-date.ts';

export type Cd19Class = 'POS' | 'NEG' | 'DIM' | 'MIXED' | 'UNKNOWN';

/** A morphologic or extramedullary relapse (`REL_MORPH5`, clinical specification 4.3). */
export interface Relapse extends DatedFact {
  /** Recorded as relapse, as progression after remission, or inferred from marrow blasts after remission. */
  readonly basis: 'RECORDED' | 'PROGRESSION' | 'MARROW_BLASTS';
  readonly cd19: Cd19Class;
  /** BM, CNS, TESTIS, OTHER_EM, joined by + in that order; absent where nothing says it. */
  readonly site?: string;
  readonly lineageSwitch: boolean;
}

/** A relapse at the level of MRD alone (`REL_MOLECULAR`). */
export interface MolecularRelapse extends DatedFact {
  readonly basis: 'RECORDED' | 'MRD_REEMERGENCE';
  readonly cd19: Cd19Class;
}

const CLASSES = {
  POSITIVE: 'POS',
  NEGATIVE: 'NEG',
  DIM: 'DIM',
  MIXED: 'MIXED',
  UNKNOWN: 'UNKNOWN',
} as const satisfies Record<NonNullable<DiseaseStatus['cd19']>, Cd19Class>;

const SITES = [
  ['MARROW', 'BM'],
  ['CNS', 'CNS'],
  ['TESTIS', 'TESTIS'],
  ['OTHER_EXTRAMEDULLARY', 'OTHER_EM'],
] as const;

/**
 * Antigen class of disease statuses that describe one relapse. A switch to the myeloid lineage counts as
 * negative (clinical specification 4.3); two different classes together are a mixed relapse.
 */
export function cd19ClassOf(statuses: readonly DiseaseStatus[]): Cd19Class {
  if (statuses.some(({ lineageSwitch }) => lineageSwitch === true)) return 'NEG';
  const known = new Set<Cd19Class>();
  for (const { cd19 } of statuses) if (cd19 !== undefined && cd19 !== 'UNKNOWN') known.add(CLASSES[cd19]);
  if (known.size > 1) return 'MIXED';
  return [...known][0] ?? 'UNKNOWN';
}

/**
 * Sites of disease statuses that describe one relapse, with the marrow where blasts were counted there. Where no
 * site is named the level says it: morphologic is marrow, extramedullary is another site.
 */
export function siteOf(statuses: readonly DiseaseStatus[], marrowBlasts: boolean): string | undefined {
  const named = new Set(statuses.flatMap((status) => status.sites ?? []));
  if (marrowBlasts) named.add('MARROW');
  if (named.size === 0) {
    for (const { level } of statuses) {
      if (level === 'MORPHOLOGIC') named.add('MARROW');
      if (level === 'EXTRAMEDULLARY') named.add('OTHER_EXTRAMEDULLARY');
    }
  }
  const sites = SITES.filter(([site]) => named.has(site)).map(([, code]) => code);
  return sites.length === 0 ? undefined : sites.join('+');
}
