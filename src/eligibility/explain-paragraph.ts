import {
  dateOfDay,
  describeCriterion,
  describeIfEligible,
  describeMissing,
  describeStatuses,
} from './explain-parts.ts';
import { fillMessage } from './fill-message.ts';
import type { HctAssessment, HctCriterion } from './hct-assessment.ts';
import { HCT_MESSAGES_EN, type HctMessages } from './hct-messages.ts';

/** The answer in some plain sentences: what is met, what is not known, what would decide it, what to do when. */
export function explainInParagraph(
  assessment: HctAssessment,
  messages: HctMessages = HCT_MESSAGES_EN,
): string {
  return [
    opening(assessment, messages),
    ...answerSentences(assessment, messages),
    ...(assessment.timing === undefined ? [] : [messages[`timing.${assessment.timing}`]]),
    ...(assessment.evidenceConflict ? [messages['paragraph.conflict']] : []),
    ...explainDates(assessment, messages),
    ...boundarySentence(assessment, messages),
  ].join(' ');
}

/** When to test and to reassess, each a sentence; a date that has passed is no plan. */
function explainDates(assessment: HctAssessment, messages: HctMessages): readonly string[] {
  const { evaluatedAt, nextBCellTestDueDay, reevaluateByDay } = assessment;
  const testBy = dateOfDay(assessment, nextBCellTestDueDay);
  const reassessBy = dateOfDay(assessment, reevaluateByDay);
  return [
    ...(testBy === undefined || testBy < evaluatedAt
      ? []
      : [fillMessage(messages['paragraph.testBy'], { date: testBy })]),
    ...(reassessBy === undefined || reassessBy < evaluatedAt
      ? []
      : [fillMessage(messages['paragraph.reassessBy'], { date: reassessBy })]),
  ];
}

/** The other readings of the text that change the answer, each a clause. */
export function explainBoundaries(
  { boundaryChanges }: HctAssessment,
  messages: HctMessages,
): readonly string[] {
  return boundaryChanges.map(({ parameter, value, status, criteria }) => {
    const results = criteria.map(({ id, result }) => `${id} ${messages[`result.${result}`]}`).join(', ');
    const shown = messages[`status.${status}`];
    return fillMessage(messages['paragraph.boundaryChange'], {
      parameter,
      value,
      status: results === '' ? shown : `${shown} (${results})`,
    });
  });
}

function opening({ evaluatedAt, day, status }: HctAssessment, messages: HctMessages): string {
  return fillMessage(messages['paragraph.opening'], {
    date: evaluatedAt,
    day: day === undefined ? '' : fillMessage(messages['paragraph.day'], { day }),
    status: messages[`status.${status}`],
  });
}

function answerSentences(assessment: HctAssessment, messages: HctMessages): readonly string[] {
  const { status, criteria, missing, possible, reason } = assessment;
  if (criteria.length === 0) return [fillMessage(messages['paragraph.gate'], { reason })];
  const list = (result: HctCriterion['result']) =>
    criteria
      .filter((criterion) => criterion.result === result)
      .map(
        (criterion) =>
          `${criterion.id} ${messages[`title.${criterion.id}`]} (${describeCriterion(criterion, messages)})`,
      )
      .join('; ');
  const [met, unknown] = [list('MET'), list('UNKNOWN')];
  return [
    ...(status === 'NOT_ELIGIBLE_TO_PROCEED'
      ? [fillMessage(messages['paragraph.notFit'], { ifEligible: describeIfEligible(assessment, messages) })]
      : []),
    ...(met === '' ? [] : [fillMessage(messages['paragraph.met'], { list: met })]),
    ...(status === 'NO_CRITERION_MET' && unknown === '' ? [messages['paragraph.allKnownNotMet']] : []),
    ...(unknown === '' ? [] : [fillMessage(messages['paragraph.unknown'], { list: unknown })]),
    ...(missing.length === 0
      ? []
      : [fillMessage(messages['paragraph.needed'], { missing: describeMissing(missing, messages) })]),
    ...(possible === undefined
      ? []
      : [fillMessage(messages['paragraph.possible'], { possible: describeStatuses(possible, messages) })]),
  ];
}

function boundarySentence(assessment: HctAssessment, messages: HctMessages): readonly string[] {
  const changes = explainBoundaries(assessment, messages).join('; ');
  return changes === '' ? [] : [fillMessage(messages['paragraph.boundary'], { changes })];
}
