/** What the dates of a record say against each other (the record keeps the facts; somebody has to look at them). */
import type { CohortRecord, Source } from '../cohort/cohort-record.generated.ts';
import { CATALOGUE } from '../core/catalogue.ts';
import type { Finding } from '../core/finding.ts';
import { earliestDay, latestDay, type PartialDate } from '../core/partial-date.ts';

interface DatedFact {
  readonly date?: PartialDate;
  readonly sources: readonly Source[];
}

export function implausibleFacts(record: CohortRecord): readonly Finding[] {
  const birth = record.patient.birthDate?.value;
  const death = record.followUp.death?.date;
  const acts = actsOf(record);
  const stated: readonly DatedFact[] = [...record.disease.diagnoses, ...record.followUp.vitalStatus];
  const unborn = birth === undefined ? [] : [...acts, ...stated].filter(({ date }) => isBefore(date, birth));
  const alive = record.followUp.vitalStatus.filter(({ status }) => status === 'ALIVE');
  const dead = death === undefined ? [] : [...acts, ...alive].filter(({ date }) => isBefore(death, date));
  const first = record.courses[0]?.infusion.date;
  const history = record.observations.diseaseStatus.filter(
    ({ status, date }) => status === 'RELAPSE' && isBefore(date, first),
  );
  return [
    ...unborn.flatMap((fact) => findingsOf(fact, 'date-impossible', 'warning')),
    ...dead.flatMap((fact) => findingsOf(fact, 'date-impossible', 'warning')),
    ...history.flatMap((fact) => findingsOf(fact, 'relapse-before-infusion', 'information')),
  ];
}

/** What was done to the patient and measured; statements may be made of the dead, and results come late. */
function actsOf({ courses, hcts, priorTherapies, laterTherapies, observations }: CohortRecord): DatedFact[] {
  const { assertions: _, ...measured } = observations;
  const lists: readonly (readonly DatedFact[])[] = Object.values(measured);
  const infusions = courses.flatMap(({ infusion, lymphodepletion }) => [infusion, ...lymphodepletion]);
  return [...infusions, ...hcts, ...priorTherapies, ...laterTherapies, ...lists.flat()];
}

/** Certainly before, however imprecise the dates. */
function isBefore(one: PartialDate | undefined, other: PartialDate | undefined): boolean {
  return one !== undefined && other !== undefined && latestDay(one) < earliestDay(other);
}

function findingsOf(
  { date, sources }: DatedFact,
  code: 'date-impossible' | 'relapse-before-infusion',
  severity: Finding['severity'],
): readonly Finding[] {
  return sources.map(({ reference, path, site }) => ({
    code,
    severity,
    message: CATALOGUE[code].meaning,
    reference,
    expression: path,
    ...(date === undefined ? {} : { found: date }),
    site,
  }));
}
