/** An explicit "never" against a recorded fact (inputs.md, history assertion). The fact stands. */
import type { Assertion, CohortRecord, Source } from '../cohort/cohort-record.generated.ts';
import type { Finding } from '../core/finding.ts';

export function contradictions(record: CohortRecord): readonly Finding[] {
  const therapies = [...record.priorTherapies, ...record.laterTherapies];
  const first = record.courses[0]?.infusion.date;
  const facts: Readonly<
    Partial<Record<Assertion['question'], readonly { readonly sources: readonly Source[] }[]>>
  > = {
    PRIOR_ALLOGENEIC_HCT: record.hcts.filter(
      ({ kind, date }) => kind === 'ALLOGENEIC' && (first === undefined || date < first),
    ),
    BLINATUMOMAB_EXPOSURE: therapies.filter(({ kind }) => kind === 'BLINATUMOMAB'),
    ADVERSE_CYTOGENETICS: record.disease.cytogenetics.filter(
      ({ marker, present }) => present && marker !== 'BCR_ABL1',
    ),
  };
  return record.observations.assertions
    .filter(({ answer, question }) => answer === 'NO' && (facts[question]?.length ?? 0) > 0)
    .flatMap((assertion) =>
      assertion.sources.map((source) => contradicted(source, facts[assertion.question])),
    );
}

function contradicted(
  source: Source,
  facts: readonly { readonly sources: readonly Source[] }[] | undefined,
): Finding {
  const reference = facts?.[0]?.sources[0]?.reference ?? 'a recorded fact';
  return {
    code: 'assertion-contradicted',
    severity: 'warning',
    message: `The statement says never, ${reference} says otherwise; the recorded fact stands.`,
    reference: source.reference,
    expression: source.path,
    site: source.site,
  };
}
