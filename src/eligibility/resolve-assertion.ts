import type { Assertion, CohortRecord } from '../cohort/cohort-record.generated.ts';
import { imputeDate } from '../core/partial-date.ts';
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

/**
 * The latest statement counts; one without a date is older than any with one. Statements of the same day that
 * differ contradict each other and leave the question open; "not known" contradicts nothing.
 */
export function resolveAssertion(record: CohortRecord, question: Assertion['question']): ResolvedAssertion {
  const asked = record.observations.assertions.filter((assertion) => assertion.question === question);
  const dayOf = ({ date }: Assertion) => (date === undefined ? '' : imputeDate(date).date);
  const latest = asked.map(dayOf).sort().at(-1);
  const decisive = asked.filter((assertion) => dayOf(assertion) === latest);
  const answers = new Set(decisive.map(({ answer }) => answer).filter((answer) => answer !== 'UNKNOWN'));
  const [answer] = answers;
  const contradictory = answers.size > 1;
  return {
    answer: contradictory || answer === undefined ? 'UNKNOWN' : answer,
    contradictory,
    data: decisive.flatMap((assertion) =>
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
