import type { Assertion, CohortRecord, Source } from '../cohort/cohort-record.generated.ts';
import { imputeDate } from '../core/partial-date.ts';
import type { Tristate } from '../core/tristate.ts';
import { joinEvidence } from './fact-date.ts';

/** What was last stated on a question that is answered by yes or no. */
export interface StatedAnswer {
  readonly status: Tristate;
  readonly evidence: readonly Source[];
}

/**
 * The latest statement counts; one without a date is older than any with one. Contradictory statements of one day,
 * "not known", and no statement leave the question open.
 */
export function latestAssertion(record: CohortRecord, question: Assertion['question']): StatedAnswer {
  const asked = record.observations.assertions.filter((assertion) => assertion.question === question);
  const dayOf = ({ date }: Assertion) => (date === undefined ? '' : imputeDate(date).date);
  const latest = asked.map(dayOf).sort().at(-1);
  const decisive = asked.filter((assertion) => dayOf(assertion) === latest);
  const answers = new Set(decisive.map(({ answer }) => answer).filter((answer) => answer !== 'UNKNOWN'));
  const [answer] = answers;
  const evidence = joinEvidence(decisive.map(({ sources }) => sources));
  if (answers.size !== 1 || (answer !== 'YES' && answer !== 'NO')) return { status: 'UNKNOWN', evidence };
  return { status: answer === 'YES' ? 'MET' : 'NOT_MET', evidence };
}
