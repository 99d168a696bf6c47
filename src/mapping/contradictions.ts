/**
 * An explicit "never" against a recorded fact (inputs.md, history assertion). The fact stands. "Never" speaks of the
 * time before it was said: what came later does not contradict it.
 */
import type { Assertion, CohortRecord, Source } from '../cohort/cohort-record.generated.ts';
import type { Finding } from '../core/finding.ts';
import { earliestDay, latestDay, type PartialDate } from '../core/partial-date.ts';

interface DatedFact {
  readonly date?: PartialDate;
  readonly sources: readonly Source[];
}

export function contradictions(record: CohortRecord): readonly Finding[] {
  const therapies = [...record.priorTherapies, ...record.laterTherapies];
  const first = record.courses[0]?.infusion.date;
  const facts: Readonly<Partial<Record<Assertion['question'], readonly DatedFact[]>>> = {
    PRIOR_ALLOGENEIC_HCT: record.hcts.filter(
      ({ kind, date }) => kind === 'ALLOGENEIC' && (first === undefined || date < first),
    ),
    BLINATUMOMAB_EXPOSURE: therapies.filter(({ kind }) => kind === 'BLINATUMOMAB'),
    ADVERSE_CYTOGENETICS: record.disease.cytogenetics.filter(
      ({ marker, present }) => present && marker !== 'BCR_ABL1',
    ),
  };
  return record.observations.assertions
    .filter(({ answer }) => answer === 'NO')
    .flatMap(({ question, date, sources }) => {
      const earlier = facts[question]?.filter((fact) => !isAfter(fact.date, date)) ?? [];
      return earlier.length === 0 ? [] : sources.map((source) => contradicted(source, earlier));
    });
}

/** Certainly later; an undated statement or fact is taken to speak of the same time. */
function isAfter(fact: PartialDate | undefined, statement: PartialDate | undefined): boolean {
  return fact !== undefined && statement !== undefined && earliestDay(fact) > latestDay(statement);
}

function contradicted(source: Source, facts: readonly DatedFact[]): Finding {
  const reference = facts[0]?.sources[0]?.reference ?? 'a recorded fact';
  return {
    code: 'assertion-contradicted',
    severity: 'warning',
    message: `The statement says never, ${reference} says otherwise; the recorded fact stands.`,
    reference: source.reference,
    expression: source.path,
    site: source.site,
  };
}
