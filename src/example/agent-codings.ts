/** Anti-leukaemic drugs as the dialects code them, and what of a therapy need not be said. */
import type { Coding, Extension } from '@medplum/fhirtypes';
import type { Therapy } from '../cohort/cohort-record.generated.ts';
import type { PartialDate } from '../core/partial-date.ts';
import { ATC, ATC_GM, NATIVE, RXNORM } from './code-systems.ts';
import { therapyExtensions } from './native-acts.ts';
import type { Planned } from './patient-plan.ts';
import type { Random } from './random.ts';
import { coding } from './resource-builders.ts';

const RXNORM_AGENTS: Readonly<Record<string, string>> = {
  blinatumomab: '1597258',
  'inotuzumab-ozogamicin': '1942950',
  fludarabine: '24698',
  cyclophosphamide: '3002',
};
const ATC_AGENTS: Readonly<Record<string, string>> = {
  blinatumomab: 'L01FX07',
  'inotuzumab-ozogamicin': 'L01FB01',
  fludarabine: 'L01BB05',
  cyclophosphamide: 'L01AA01',
  imatinib: 'L01EA01',
  dasatinib: 'L01EA02',
  ponatinib: 'L01EA05',
};

/** By RxNorm; a tyrosine kinase inhibitor by ATC; else by our own code. */
export function agentByRxNorm(agent: string): readonly Coding[] {
  const rxnorm = RXNORM_AGENTS[agent];
  return rxnorm === undefined ? [byAtc(agent, ATC)] : [coding(RXNORM, rxnorm)];
}

/** By ATC, in the international or the German edition. */
export function agentByAtc(agent: string, random: Random): readonly Coding[] {
  return [byAtc(agent, random.pick([ATC, ATC_GM]))];
}

function byAtc(agent: string, system: string): Coding {
  const atc = ATC_AGENTS[agent];
  return atc === undefined ? coding(NATIVE.agent, agent) : coding(system, atc);
}

/** Without the intent where the reader takes the planned one anyway (inputs.md, later anti-leukaemic therapy). */
export function unlessImplied(fact: Planned<Therapy>, firstInfusion: PartialDate): readonly Extension[] {
  const assumed = fact.kind === 'TYROSINE_KINASE_INHIBITOR' ? 'MAINTENANCE' : 'NEW_THERAPY';
  const implied = fact.reason === undefined && fact.intent === assumed && fact.date >= firstInfusion;
  return implied ? [] : therapyExtensions(fact);
}
