import { buildBCellCards } from './b-cell-cards.ts';
import type { Card } from './card.ts';
import type { CardContext } from './card-context.ts';
import { buildHctCards } from './hct-cards.ts';
import type { Hook } from './hook-request.ts';
import { PREFETCH } from './prefetch-templates.ts';

/** A service as discovery shows it, and what makes its cards. */
export interface CdsService {
  readonly id: string;
  readonly hook: Hook;
  readonly title: string;
  readonly description: string;
  readonly usageRequirements: string;
  readonly buildCards: (context: CardContext) => readonly Card[];
}

const USAGE =
  'Needs every prefetch key whole, null where there is nothing, or a FHIR server that the registration of the client names. Medication statements may be left out.';

const HCT = {
  title: 'HCT as consolidation after CD19 CAR-T',
  description:
    'Whether transplantation in remission should follow CD19 CAR-T in a child or young adult with B-ALL, criterion by criterion, with what is not known.',
  usageRequirements: USAGE,
  buildCards: buildHctCards,
} as const;

const B_CELLS = {
  title: 'B-cell monitoring after CD19 CAR-T',
  description: 'Says when B cells are due to be tested, while their return would change what is advised.',
  usageRequirements: USAGE,
  buildCards: buildBCellCards,
} as const;

export const CDS_SERVICES: readonly CdsService[] = Object.freeze([
  { ...HCT, id: 'hct-consolidation-patient-view', hook: 'patient-view' },
  { ...HCT, id: 'hct-consolidation-order-select', hook: 'order-select' },
  { ...B_CELLS, id: 'b-cell-monitoring-patient-view', hook: 'patient-view' },
  { ...B_CELLS, id: 'b-cell-monitoring-order-select', hook: 'order-select' },
] satisfies CdsService[]);

/** The answer of the discovery endpoint. */
export function buildDiscovery() {
  return {
    services: CDS_SERVICES.map(({ buildCards: _, ...service }) => ({ ...service, prefetch: PREFETCH })),
  };
}
