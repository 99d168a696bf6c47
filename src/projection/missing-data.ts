import type { DataRequirement } from '@medplum/fhirtypes';
import { MISSING } from '../eligibility/hct-ruleset.ts';
import { codeSystemUrl, structureUrl } from './guide-urls.ts';

/** What to send to close a gap: a resource type, a profile of the guide, and codes that say what it is about. */
interface Requirement {
  readonly type: DataRequirement['type'];
  readonly profile: string;
  readonly system?: string;
  readonly codes?: readonly string[];
}

const OBSERVATION = codeSystemUrl('cartograph-observation');

function observation(profile: string, ...codes: readonly string[]): Requirement {
  return { type: 'Observation', profile, system: OBSERVATION, codes };
}

const B_CELLS = observation('cartograph-b-cells', 'b-cells-percent-of-lymphocytes', 'b-cells-per-volume');

const REQUIREMENTS: Readonly<Record<keyof typeof MISSING, readonly Requirement[]>> = {
  fitness: [observation('cartograph-hct-decision', 'fit-for-hct')],
  disease: [observation('cartograph-disease-status', 'disease-status')],
  hctKind: [
    {
      type: 'Procedure',
      profile: 'cartograph-hct',
      system: codeSystemUrl('cartograph-procedure'),
      codes: ['allogeneic-hct', 'autologous-hct'],
    },
  ],
  priorHct: [observation('cartograph-history-assertion', 'prior-allogeneic-hct')],
  product: [{ type: 'BiologicallyDerivedProduct', profile: 'cartograph-car-t-product' }],
  bCellsNever: [B_CELLS],
  bCellsStraddling: [B_CELLS],
  bCellsNow: [B_CELLS],
  mrd: [observation('cartograph-mrd', 'mrd')],
  donor: [observation('cartograph-hct-decision', 'donor-available')],
  desire: [observation('cartograph-hct-decision', 'hct-desired')],
  burden: [
    {
      type: 'Observation',
      profile: 'cartograph-marrow-blasts',
      system: 'http://loinc.org',
      codes: ['11150-0'],
    },
    observation('cartograph-mrd', 'mrd'),
  ],
  blinatumomab: [
    observation('cartograph-history-assertion', 'blinatumomab-exposure'),
    observation('cartograph-blinatumomab-response', 'blinatumomab-response'),
  ],
  nextRelapse: [observation('cartograph-history-assertion', 'refractoriness', 'adverse-cytogenetics')],
};

const BY_WORDING: ReadonlyMap<string, readonly Requirement[]> = new Map(
  Object.entries(MISSING).map(([key, wording]) => [wording, REQUIREMENTS[key as keyof typeof MISSING]]),
);

/** What is missing, as data to send; each requirement names the profile in which it can be sent. */
export function buildDataRequirements(missing: readonly string[]): readonly DataRequirement[] {
  return missing.flatMap((wording) => BY_WORDING.get(wording) ?? []).map(requirementOf);
}

function requirementOf({ type, profile, system, codes }: Requirement): DataRequirement {
  return {
    type,
    profile: [structureUrl(profile)],
    ...(codes === undefined || system === undefined
      ? {}
      : { codeFilter: [{ path: 'code', code: codes.map((code) => ({ system, code })) }] }),
  };
}
