import { decisiveAssertions } from '../clinical/record/latest-assertion.ts';
import type { Assertion, CohortRecord } from '../cohort/cohort-record.generated.ts';
import type { Tristate } from '../core/tristate.ts';
import { buildData } from './datum.ts';
import type { Datum } from './hct-assessment.ts';

/** What was last stated on one question. */
export interface ResolvedAssertion {
  /** The answer's code; UNKNOWN where nothing, "not known", or contradictory statements are recorded. */
  readonly answer: string;
  readonly contradictory: boolean;
  readonly data: readonly Datum[];
}

/** The decisive statements of the clinical rule, with the data that a reader is shown. */
export function resolveAssertion(record: CohortRecord, question: Assertion['question']): ResolvedAssertion {
  const { statements, answer = 'UNKNOWN', contradictory } = decisiveAssertions(record, question);
  return {
    answer,
    contradictory,
    data: statements.flatMap((assertion) =>
      buildData(assertion.sources, {
        date: assertion.date,
        value: `${assertion.question} ${assertion.answer}`,
      }),
    ),
  };
}

/** YES and NO; every other answer is unknown. */
export function yesOrNo({ answer }: ResolvedAssertion): Tristate {
  if (answer === 'YES') return 'MET';
  return answer === 'NO' ? 'NOT_MET' : 'UNKNOWN';
}
