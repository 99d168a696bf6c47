import type { EndpointDefinition } from './endpoint-definition.ts';

/** What a definition does with everything that may happen, in words that people use. */
export interface DefinitionDescription {
  readonly starts: string;
  readonly population: string;
  readonly events: readonly string[];
  readonly competing: readonly string[];
  readonly censorings: readonly string[];
}

interface Rule {
  readonly label: string;
  readonly as: 'EVENT' | 'COMPETING' | 'CENSOR' | 'IGNORE';
}

/** Reads the fields of a definition as sentences; nothing here is particular to one of them. */
export function describeDefinition(definition: EndpointDefinition): DefinitionDescription {
  const rules = rulesOf(definition);
  const labels = (as: Rule['as']): readonly string[] => [
    ...new Set(rules.filter((rule) => rule.as === as).map(({ label }) => label)),
  ];
  return {
    starts: startOf(definition),
    population: POPULATIONS[definition.population],
    events: labels('EVENT'),
    competing: labels('COMPETING'),
    censorings: [...labels('CENSOR'), FOLLOW_UP_ENDS[definition.censorAt]],
  };
}

/** Whether something may happen that keeps the event from ever happening: survival alone would mislead then. */
export function hasCompetingEvents(definition: EndpointDefinition): boolean {
  return rulesOf(definition).some(({ as }) => as === 'COMPETING');
}

const POPULATIONS: Readonly<Record<EndpointDefinition['population'], string>> = {
  ALL_INFUSED: 'everybody infused',
  RESPONDERS: 'responders only',
  APLASIA_ACHIEVED: 'those who reached B-cell aplasia',
  RELAPSED: 'those who relapsed',
};

const FOLLOW_UP_ENDS: Readonly<Record<EndpointDefinition['censorAt'], string>> = {
  LAST_CONTACT: 'last contact, at the latest the cut-off',
  LAST_DISEASE_ASSESSMENT: 'last disease assessment',
};

const ORIGINS: Readonly<Record<EndpointDefinition['originType'], string>> = {
  INDEX_INFUSION: 'infusion',
  FIRST_CR: 'first remission after infusion',
  APLASIA_ONSET: 'onset of B-cell aplasia after infusion',
};

function startOf({ originType, indexCourse }: EndpointDefinition): string {
  return `${ORIGINS[originType]} ${indexCourse}`;
}

function rulesOf(definition: EndpointDefinition): readonly Rule[] {
  return [
    ...noResponseRules(definition),
    ...relapseRules(definition),
    ...deathRules(definition),
    { label: 'second malignancy', as: definition.secondMalignancy },
    { label: 'HCT in remission', as: definition.hctInRemission },
    { label: 'new therapy in remission', as: definition.newTherapyInRemission },
    { label: 'maintenance in remission', as: definition.maintenanceInRemission },
    { label: 'reinfusion in remission', as: definition.reinfusionInRemission },
    { label: 'loss of B-cell aplasia', as: definition.bcaLoss },
  ];
}

function noResponseRules({ noResponse, responseDeadlineDay }: EndpointDefinition): readonly Rule[] {
  if (noResponse === 'IGNORE') return [];
  const dated = noResponse === 'AT_ORIGIN' ? ', dated at the origin' : '';
  const as = noResponse === 'COMPETING_AT_ASSESSMENT' ? 'COMPETING' : 'EVENT';
  return [{ label: `no response by day ${responseDeadlineDay}${dated}`, as }];
}

function relapseRules(definition: EndpointDefinition): readonly Rule[] {
  const { relapse, relapseAntigen, mrdRelapse, mrdPersistence } = definition;
  const rules: Rule[] = [];
  const add = (what: string, as: Rule['as']) => {
    if (relapseAntigen === 'ANY' || as !== 'EVENT') {
      rules.push({ label: what, as });
      return;
    }
    const sign = relapseAntigen === 'CD19_POS' ? 'CD19-positive' : 'CD19-negative';
    rules.push({ label: `${sign} ${what}`, as });
    rules.push({ label: `${what} of another or unknown antigen class`, as: 'COMPETING' });
  };
  add('relapse', relapse);
  add('MRD relapse', mrdRelapse);
  if (mrdPersistence === 'AT_ASSESSMENT') {
    rules.push({ label: 'persistent MRD at the deadline', as: 'EVENT' });
  }
  return rules;
}

function deathRules({ death, deathFromLeukemia }: EndpointDefinition): readonly Rule[] {
  const rules: Rule[] =
    death === 'COMPETING_UNLESS_LEUKEMIA'
      ? [
          { label: 'death from leukaemia', as: 'EVENT' },
          { label: 'death from another cause', as: 'COMPETING' },
        ]
      : [{ label: 'death', as: death }];
  return deathFromLeukemia === 'AS_RELAPSE'
    ? rules.map((rule) => ({ ...rule, label: `${rule.label} (from leukaemia: counted as a relapse)` }))
    : rules;
}
