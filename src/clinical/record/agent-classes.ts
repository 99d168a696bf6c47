/** What supportive drugs are for, by their names; lower case, international and usual ones. */
export type AgentClass =
  | 'VASOPRESSOR'
  | 'ANTIPYRETIC'
  | 'ANTI_CYTOKINE'
  | 'CORTICOSTEROID'
  | 'HYPERINFLAMMATION'
  | 'IMMUNOGLOBULIN'
  | 'GROWTH_FACTOR'
  | 'ANTICONVULSANT';

const AGENTS: Readonly<Record<AgentClass, readonly string[]>> = {
  VASOPRESSOR: ['norepinephrine', 'epinephrine', 'dopamine', 'phenylephrine', 'vasopressin', 'terlipressin'],
  ANTIPYRETIC: ['paracetamol', 'ibuprofen', 'metamizole'],
  ANTI_CYTOKINE: ['tocilizumab', 'siltuximab', 'anakinra'],
  CORTICOSTEROID: ['dexamethasone', 'methylprednisolone', 'hydrocortisone', 'prednisolone', 'prednisone'],
  HYPERINFLAMMATION: ['anakinra', 'ruxolitinib', 'emapalumab', 'etoposide'],
  IMMUNOGLOBULIN: ['immunoglobulin'],
  GROWTH_FACTOR: ['filgrastim', 'pegfilgrastim', 'lenograstim', 'eltrombopag', 'romiplostim'],
  ANTICONVULSANT: ['levetiracetam'],
};

const SYNONYMS: Readonly<Record<string, string>> = {
  noradrenaline: 'norepinephrine',
  adrenaline: 'epinephrine',
  'arginine-vasopressin': 'vasopressin',
  argipressin: 'vasopressin',
  acetaminophen: 'paracetamol',
  'immunoglobulin-g': 'immunoglobulin',
};

const MEMBERS = new Map(Object.entries(AGENTS).map(([name, agents]) => [name, new Set(agents)] as const));

/** One name for one substance. */
export function agentName(agent: string): string {
  const name = agent.toLowerCase();
  return SYNONYMS[name] ?? name;
}

export function isOfClass(agent: string, agentClass: AgentClass): boolean {
  return MEMBERS.get(agentClass)?.has(agentName(agent)) === true;
}
