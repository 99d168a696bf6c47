/**
 * One fact, however often it was said. Facts of one person equal in what identifies them are one fact with all
 * its sources, unless one site gave them different identifiers (architecture.md, decision 11). A fact that says less
 * (no site of the relapse, "remission" without CR or CRi) joins those that say more.
 */
import { OXYGEN_DEVICES } from '../cohort/oxygen-devices.ts';
import { contentKey, elementNames } from './content-key.ts';
import type { Fact, FactSource, FactValue } from './fact.ts';
import type { FactKind } from './fact-map.ts';

/** Elements that may be missing in one of two statements of the same fact. */
const DETAILS: Partial<Record<FactKind, readonly string[]>> = {
  diagnosis: ['date'],
  diagnosisRefuted: ['date'],
  diseaseStatus: ['status', 'level', 'sites', 'cd19', 'lineageSwitch'],
  mrd: ['call', 'value', 'comparator', 'sensitivity'],
  cytogenetics: ['date'],
  hct: ['kind', 'donor', 'conditioning', 'conditioningStart'],
  therapy: ['endDate', 'intent', 'reason'],
  secondMalignancy: ['kind'],
  laboratory: ['lowerLimit', 'upperLimit', 'time', 'epochMinute'],
  vitalSign: ['otherCause', 'time', 'epochMinute'],
  oxygenSupport: ['device', 'flow', 'inspiredOxygen', 'otherCause', 'time', 'epochMinute'],
  clinicalSign: ['otherCause', 'time', 'epochMinute'],
  neuroAssessment: [
    'ice',
    'capd',
    'unableToPerform',
    'consciousness',
    'sedated',
    'seizure',
    'seizureMinutes',
    'motor',
    'intracranial',
    'otherCause',
  ],
  toxicityGrade: [
    'grade',
    'endDate',
    'phase',
    'attribution',
    'startsEpisode',
    'decidedOn',
    'time',
    'epochMinute',
  ],
  supportiveDrug: ['endDate', 'endTime', 'endEpochMinute', 'dose', 'doseUnit', 'otherCause'],
  infection: ['class', 'organism', 'site', 'severity', 'endDate', 'treated', 'invasive', 'hospitalised'],
  intensiveCare: ['endDate', 'time', 'epochMinute', 'endEpochMinute'],
  transgene: ['lowerLimit', 'time', 'epochMinute'],
  fludarabineExposure: ['method', 'date'],
};

/** Values of a detail that say less than another value. */
const VAGUE: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  class: { UNKNOWN: ['BACTERIAL', 'VIRAL', 'FUNGAL', 'OTHER'] },
  status: { REMISSION: ['CR', 'CRI'] },
  cd19: { UNKNOWN: ['POSITIVE', 'NEGATIVE', 'DIM', 'MIXED'] },
  device: { UNKNOWN: OXYGEN_DEVICES.filter((device) => device !== 'NONE' && device !== 'UNKNOWN') },
  kind: { UNKNOWN: ['ALLOGENEIC', 'AUTOLOGOUS'], UNSPECIFIED: ['T_CELL', 'MYELOID', 'SOLID', 'OTHER'] },
};

/** Facts of one kind, joined; the order of the input means nothing. */
export function joinFacts<F extends Fact>(facts: readonly F[]): readonly F[] {
  const [only] = facts;
  if (only === undefined) return facts;
  if (facts.length === 1) return joinGroup(facts);
  const joined: F[] = [];
  let names: readonly string[] | undefined;
  // Two facts of different days are never one, unless the day is a detail; so few have to be compared as a whole.
  for (const day of Map.groupBy(facts, dayOf).values()) {
    if (day.length === 1) addJoined(day, joined);
    else {
      names ??= identifyingNames(only.kind, facts);
      for (const group of Map.groupBy(day, identityBy(names)).values()) addJoined(group, joined);
    }
  }
  return joined;
}

function addJoined<F extends Fact>(group: readonly F[], joined: F[]): void {
  for (const fact of joinGroup(group)) joined.push(fact);
}

function dayOf({ kind, elements: { date } }: Fact): string {
  return typeof date === 'string' && DETAIL_NAMES.get(kind)?.has('date') !== true ? date : '';
}

const DETAIL_NAMES = new Map(Object.entries(DETAILS).map(([kind, names]) => [kind, new Set(names)]));

function identifyingNames(kind: FactKind, facts: readonly Fact[]): readonly string[] {
  const details = DETAIL_NAMES.get(kind);
  return elementNames(facts.map(({ elements }) => elements)).filter((name) => details?.has(name) !== true);
}

function identityBy(names: readonly string[]): (fact: Fact) => string {
  return ({ elements }) => contentKey(elements, names);
}

function joinGroup<F extends Fact>(group: readonly F[]): readonly F[] {
  // Most facts are said once, by one resource.
  if (group.length === 1 && group[0]?.sources.length === 1) return group;
  const ranks = new Map<FactSource, number>();
  const names = elementNames(group.map(({ elements }) => elements));
  const equal = [...Map.groupBy(group, identityBy(names)).values()].map(mergeSources);
  for (const fact of equal) rankByIdentifier(fact, ranks);
  if (equal.length > 1 && equal.every((one) => equal.every((other) => compatible(one, other)))) {
    return splitByRank(mergeDetails(equal), ranks);
  }
  const precise = equal.filter((fact) => !equal.some((other) => other !== fact && covers(other, fact)));
  return precise.flatMap((fact) => {
    const vaguer = equal.filter((other) => other !== fact && covers(fact, other));
    return splitByRank(mergeSources([fact, ...vaguer]), ranks);
  });
}

function mergeSources<F extends Fact>(facts: readonly F[]): F {
  const [first] = facts as readonly [F, ...F[]];
  return facts.length === 1 ? first : { ...first, sources: facts.flatMap(({ sources }) => sources) };
}

function mergeDetails<F extends Fact>(facts: readonly F[]): F {
  const elements: Record<string, FactValue> = {};
  for (const fact of facts) {
    for (const [name, value] of Object.entries(fact.elements)) {
      const before = elements[name];
      if (before === undefined || saysLess(name, before, value) || isSmallerTime(name, value, before))
        elements[name] = value;
    }
  }
  return { ...mergeSources(facts), elements };
}

function compatible(one: Fact, other: Fact): boolean {
  return (DETAILS[one.kind] ?? []).every((name) => {
    const a = one.elements[name];
    const b = other.elements[name];
    if (name === 'time' && isSameInstant(one, other)) return true;
    return a === undefined || b === undefined || same(a, b) || saysLess(name, a, b) || saysLess(name, b, a);
  });
}

/** One instant may be written in two offsets. */
function isSameInstant(one: Fact, other: Fact): boolean {
  const { epochMinute } = one.elements;
  return epochMinute !== undefined && epochMinute === other.elements['epochMinute'];
}

/** Which of two writings of one instant stays has to be decided, whatever came first. */
function isSmallerTime(name: string, value: FactValue, before: FactValue): boolean {
  return name === 'time' && value < before;
}

/** Everything that `vague` says, `full` says too, or more precisely; and it says more. */
function covers(full: Fact, vague: Fact): boolean {
  let more = false;
  for (const name of DETAILS[full.kind] ?? []) {
    const a = full.elements[name];
    const b = vague.elements[name];
    if (b === undefined || (a !== undefined && saysLess(name, b, a))) more ||= a !== undefined;
    else if (a === undefined || !same(a, b)) return false;
  }
  return more;
}

function saysLess(name: string, vague: FactValue, precise: FactValue): boolean {
  if (typeof vague !== 'string' || typeof precise !== 'string') return false;
  return VAGUE[name]?.[vague]?.includes(precise) === true;
}

function same(a: FactValue, b: FactValue): boolean {
  return typeof a === 'object' ? JSON.stringify(a) === JSON.stringify(b) : a === b;
}

/** A person has one leukaemia, however many problem-list entries name it. */
const ONE_A_PERSON: ReadonlySet<FactKind> = new Set(['diagnosis', 'diagnosisRefuted']);

/** Two resources of one type and one site with different identifiers are two facts, however equal. */
function rankByIdentifier(fact: Fact, ranks: Map<FactSource, number>): void {
  if (ONE_A_PERSON.has(fact.kind)) return;
  const byOrigin = Map.groupBy(fact.sources, ({ site, reference }) => `${site} ${reference.split('/')[0]}`);
  for (const sources of byOrigin.values()) {
    const named = sources.filter(({ identifiers }) => identifiers.length > 0);
    const distinct = [...new Set(named.map(({ identifiers }) => identifiers.join()))].sort();
    for (const source of named) ranks.set(source, distinct.indexOf(source.identifiers.join()));
  }
}

function splitByRank<F extends Fact>(fact: F, ranks: ReadonlyMap<FactSource, number>): readonly F[] {
  const byRank = Map.groupBy(fact.sources, (source) => ranks.get(source) ?? 0);
  return [...byRank.values()].map((sources) => ({ ...fact, sources }));
}
