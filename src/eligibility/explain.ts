import { describeIfEligible, describeMissing, describeStatuses } from './explain-parts.ts';
import { fillMessage } from './fill-message.ts';
import type { HctAssessment, HctCriterion } from './hct-assessment.ts';
import { HCT_MESSAGES_EN, type HctMessages } from './hct-messages.ts';

/**
 * One plain sentence for a table or a card: the status and what it rests on. Where data are missing it names
 * them and what they could still lead to; it never reads as if there were no indication.
 */
export function explainInOneLine(assessment: HctAssessment, messages: HctMessages = HCT_MESSAGES_EN): string {
  const { status, reason, missing, possible } = assessment;
  return fillMessage(messages[`line.${status}`], {
    reason,
    because: describeMet(assessment, status === 'MAY_BE_CONSIDERED' ? 'C.' : 'R.', messages),
    watch: describeWatch(assessment, messages),
    ifEligible: describeIfEligible(assessment, messages),
    missing: describeMissing(missing, messages),
    possible: describeStatuses(possible, messages),
  });
}

function describeMet({ criteria }: HctAssessment, tier: 'R.' | 'C.', messages: HctMessages): string {
  const met = criteria.filter(({ id, result }) => id.startsWith(tier) && result === 'MET');
  return met.map((criterion) => becauseOf(criterion, messages)).join('; ');
}

function becauseOf(criterion: HctCriterion, messages: HctMessages): string {
  const { id, reason, extension, firstRecovered, domains, parameters } = criterion;
  switch (id) {
    case 'R.a':
      return fillMessage(messages['because.R.a'], {
        domains: domains?.join(messages['join.domains']) ?? 'CD28',
      });
    case 'R.b':
      if (extension === 'NEVER_ACHIEVED') return messages['because.R.b.never'];
      return fillMessage(messages['because.R.b'], {
        day: firstRecovered ?? '',
        window: String(parameters['window'] ?? ''),
      });
    case 'R.c':
      return fillMessage(messages['because.R.c'], { reason });
    case 'C.a':
      return messages['because.C.a'];
    case 'C.b':
      return fillMessage(messages['because.C.b'], { reason });
    case 'C.c':
    case 'C.d':
      return fillMessage(messages['because.other'], { reason });
  }
}

function describeWatch(
  { reevaluateByDay, nextBCellTestDueDay }: HctAssessment,
  messages: HctMessages,
): string {
  if (reevaluateByDay === undefined) return messages['watch.continue'];
  if (nextBCellTestDueDay === undefined || nextBCellTestDueDay >= reevaluateByDay) {
    return fillMessage(messages['watch.reassess'], { reassessBy: reevaluateByDay });
  }
  return fillMessage(messages['watch.testThenReassess'], {
    testBy: nextBCellTestDueDay,
    reassessBy: reevaluateByDay,
  });
}
