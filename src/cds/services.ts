import { codeSystemUrl, libraryUrl } from '../projection/guide-urls.ts';
import { buildBCellCards } from './b-cell-cards.ts';
import type { Card, CardLink } from './card.ts';
import type { CardContext } from './card-context.ts';
import type { Focus } from './focus-mappings.ts';
import { buildHctCards } from './hct-cards.ts';
import type { Hook } from './hook-request.ts';
import { PREFETCH } from './prefetch-templates.ts';
import { buildToxicityCards } from './toxicity-cards.ts';

/** A service as discovery shows it, and what makes its cards. */
export interface CdsService {
  readonly id: string;
  readonly hook: Hook;
  readonly title: string;
  readonly description: string;
  readonly usageRequirements: string;
  readonly focus: Focus;
  readonly buildCards: (context: CardContext) => readonly Card[];
  /** What a reader may look up about the patient. */
  readonly linksOf: (patient: LinkedPatient) => readonly CardLink[];
}

export interface LinkedPatient {
  readonly patientId: string;
  /** Address of this service. */
  readonly baseUrl: string;
  /** Whether the answer rests on this service's own store. */
  readonly isOwn: boolean;
}

const USAGE =
  'Needs every prefetch key whole, null where there is nothing, or a FHIR server that the registration of the client names. Medication statements may be left out.';

const HCT = {
  title: 'HCT as consolidation after CD19 CAR-T',
  description:
    'Whether transplantation in remission should follow CD19 CAR-T in a child or young adult with B-ALL, criterion by criterion, with what is not known.',
  usageRequirements: USAGE,
  focus: 'ELIGIBILITY',
  buildCards: buildHctCards,
  linksOf: hctLinks,
} as const;

const B_CELLS = {
  title: 'B-cell monitoring after CD19 CAR-T',
  description: 'Says when B cells are due to be tested, while their return would change what is advised.',
  usageRequirements: USAGE,
  focus: 'ELIGIBILITY',
  buildCards: buildBCellCards,
  linksOf: hctLinks,
} as const;

const TOXICITY = {
  title: 'Early toxicity of CD19 CAR-T',
  description:
    'What speaks for early tocilizumab in CRS of grade 1 and for seizure prophylaxis, and what is not known of it; recommends no treatment.',
  usageRequirements: USAGE,
  focus: 'TOXICITY',
  buildCards: buildToxicityCards,
  linksOf: toxicityLinks,
} as const;

export const CDS_SERVICES: readonly CdsService[] = Object.freeze([
  { ...HCT, id: 'hct-consolidation-patient-view', hook: 'patient-view' },
  { ...HCT, id: 'hct-consolidation-order-select', hook: 'order-select' },
  { ...B_CELLS, id: 'b-cell-monitoring-patient-view', hook: 'patient-view' },
  { ...B_CELLS, id: 'b-cell-monitoring-order-select', hook: 'order-select' },
  { ...TOXICITY, id: 'early-toxicity-patient-view', hook: 'patient-view' },
  { ...TOXICITY, id: 'early-toxicity-order-select', hook: 'order-select' },
] satisfies CdsService[]);

/** The answer of the discovery endpoint. */
export function buildDiscovery() {
  return {
    services: CDS_SERVICES.map(({ id, hook, title, description, usageRequirements }) => ({
      id,
      hook,
      title,
      description,
      usageRequirements,
      prefetch: PREFETCH,
    })),
  };
}

function hctLinks({ patientId, baseUrl, isOwn }: LinkedPatient): readonly CardLink[] {
  const history = `${baseUrl}/cohort/patients/${patientId}/hct-history`;
  return [
    ...(isOwn ? [linkTo('History of the answer', history)] : []),
    linkTo('Rule set', libraryUrl('westhafen-2025-preproof')),
  ];
}

function toxicityLinks({ patientId, baseUrl, isOwn }: LinkedPatient): readonly CardLink[] {
  const results = (name: string) => `${baseUrl}/fhir/R4/Patient/${patientId}/$${name}`;
  return [
    ...(isOwn
      ? [linkTo('Grades day by day', results('toxicity')), linkTo('Risk factors', results('risk-factors'))]
      : []),
    linkTo('Definitions', codeSystemUrl('cartograph-result-definition')),
  ];
}

function linkTo(label: string, url: string): CardLink {
  return { label, url, type: 'absolute' };
}
