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
  const findings: Finding[] = [];
  const look = (facts: readonly DatedFact[], afterDeath = true): void => {
    for (const fact of facts) {
      if (isBefore(fact.date, birth) || (afterDeath && isBefore(death, fact.date)))
        findings.push(...findingsOf(fact, 'date-impossible', 'warning'));
    }
  };
  for (const list of actsOf(record)) look(list);
  // Statements may be made of the dead.
  look(record.disease.diagnoses, false);
  for (const status of record.followUp.vitalStatus) look([status], status.status === 'ALIVE');
  const first = record.courses[0]?.infusion.date;
  for (const fact of record.observations.diseaseStatus) {
    if (fact.status === 'RELAPSE' && isBefore(fact.date, first))
      findings.push(...findingsOf(fact, 'relapse-before-infusion', 'information'));
  }
  return findings;
}

/** What was done to the patient and measured. */
function actsOf(record: CohortRecord): readonly (readonly DatedFact[])[] {
  const { assertions: _, ...measured } = record.observations;
  return [
    ...record.courses.map(({ infusion, lymphodepletion }) => [infusion, ...lymphodepletion]),
    record.hcts,
    record.priorTherapies,
    record.laterTherapies,
    ...Object.values(measured),
  ];
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
