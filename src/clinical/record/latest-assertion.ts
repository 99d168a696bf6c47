import type { Assertion, CohortRecord, Source } from '../../cohort/cohort-record.generated.ts';
import { imputeDate } from '../../core/partial-date.ts';
import type { Tristate } from '../../core/tristate.ts';
import { joinEvidence } from './fact-date.ts';

/** What was last stated on a question that is answered by yes or no. */
export interface StatedAnswer {
  readonly status: Tristate;
  readonly evidence: readonly Source[];
}

/** The statements on one question that count, and what they come to. */
export interface DecisiveAssertions {
  readonly statements: readonly Assertion[];
  /** The answer's code; undefined where nothing, "not known", or contradictory statements are recorded. */
  readonly answer?: string;
  readonly contradictory: boolean;
}

/**
 * The latest statement counts; one without a date is older than any with one. Statements of the same day that
 * differ contradict each other and leave the question open; "not known" contradicts nothing.
 */
export function decisiveAssertions(
  record: CohortRecord,
  question: Assertion['question'],
): DecisiveAssertions {
  const asked = record.observations.assertions.filter((assertion) => assertion.question === question);
  const dayOf = ({ date }: Assertion) => (date === undefined ? '' : imputeDate(date).date);
  const latest = asked.map(dayOf).sort().at(-1);
  const statements = asked.filter((assertion) => dayOf(assertion) === latest);
  const answers = new Set(statements.map(({ answer }) => answer).filter((answer) => answer !== 'UNKNOWN'));
  const [answer] = answers;
  const contradictory = answers.size > 1;
  return { statements, contradictory, ...(contradictory || answer === undefined ? {} : { answer }) };
}

/** What the decisive statements say on a question of yes or no; every other answer leaves it open. */
export function latestAssertion(record: CohortRecord, question: Assertion['question']): StatedAnswer {
  const { statements, answer } = decisiveAssertions(record, question);
  const evidence = joinEvidence(statements.map(({ sources }) => sources));
  if (answer !== 'YES' && answer !== 'NO') return { status: 'UNKNOWN', evidence };
  return { status: answer === 'YES' ? 'MET' : 'NOT_MET', evidence };
}
