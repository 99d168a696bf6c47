import { addDays, type PartialDate } from '../core/partial-date.ts';
import { fillMessage } from './fill-message.ts';
import type { HctAssessment, HctCriterion, HctStatus } from './hct-assessment.ts';
import type { HctMessages } from './hct-messages.ts';
import { MISSING } from './hct-ruleset.ts';

const MISSING_KEYS: ReadonlyMap<string, keyof typeof MISSING> = new Map(
  Object.entries(MISSING).map(([key, wording]) => [wording, key as keyof typeof MISSING]),
);

/** What is missing, in the language of the catalogue. */
export function describeMissing(missing: readonly string[], messages: HctMessages): string {
  const texts = missing.map((wording) => {
    const key = MISSING_KEYS.get(wording);
    return key === undefined ? wording : messages[`missing.${key}`];
  });
  return texts.join('; ');
}

export function describeStatuses(statuses: readonly HctStatus[] = [], messages: HctMessages): string {
  return statuses.map((status) => messages[`status.${status}`]).join(', ');
}

/** What the criteria alone would give, as far as they are known. */
export function describeIfEligible(assessment: HctAssessment, messages: HctMessages): string {
  const { statusIfEligible, possibleIfEligible, missing } = assessment;
  if (statusIfEligible === undefined) return messages['ifEligible.notAssessed'];
  if (statusIfEligible !== 'INDETERMINATE') return messages[`status.${statusIfEligible}`];
  return fillMessage(messages['ifEligible.open'], {
    possible: describeStatuses(possibleIfEligible, messages),
    missing: describeMissing(missing, messages),
  });
}

/** The date of a day that is counted from the infusion; undefined where the infusion's day is not known. */
export function dateOfDay(
  { evaluatedAt, day }: HctAssessment,
  wanted: number | undefined,
): PartialDate | undefined {
  return wanted === undefined || day === undefined ? undefined : addDays(evaluatedAt, wanted - day);
}

/** What was found for one criterion, from its details; a clause without a full stop. */
export function describeCriterion(criterion: HctCriterion, messages: HctMessages): string {
  if (criterion.result === 'UNKNOWN') {
    return fillMessage(messages['criterion.unknown'], {
      missing: describeMissing(criterion.missing, messages),
    });
  }
  const isMet = criterion.result === 'MET';
  switch (criterion.id) {
    case 'R.a':
      return fillMessage(messages['criterion.R.a'], {
        domains: (criterion.domains ?? []).join(messages['join.domains']),
      });
    case 'R.b':
      return describeBCells(criterion, messages);
    case 'R.c':
      return describeMrd(criterion, messages);
    case 'C.a':
      return messages[isMet ? 'criterion.C.a.met' : 'criterion.C.a.notMet'];
    case 'C.b':
      return fillMessage(messages['criterion.C.b'], {
        value: criterion.value ?? '',
        threshold: criterion.threshold ?? '',
      });
    case 'C.c':
      if (isMet) return messages['criterion.C.c.failed'];
      return messages[criterion.value === 'NOT_GIVEN' ? 'criterion.C.c.NOT_GIVEN' : 'criterion.C.c.RESPONSE'];
    case 'C.d':
      return fillMessage(messages[isMet ? 'criterion.C.d.met' : 'criterion.C.d.notMet'], {
        reason: criterion.reason,
      });
  }
}

function describeBCells(criterion: HctCriterion, messages: HctMessages): string {
  const { result, extension, lastAplasia: last, firstRecovered: first, reevaluateByDay } = criterion;
  const window = String(criterion.parameters['window'] ?? '');
  if (extension === 'NEVER_ACHIEVED' || last === undefined) return messages['criterion.R.b.never'];
  if (first !== undefined) {
    const key = result === 'MET' ? 'criterion.R.b.lost' : 'criterion.R.b.late';
    return fillMessage(messages[key], { last, first, window });
  }
  if (reevaluateByDay === undefined) return fillMessage(messages['criterion.R.b.kept'], { last, window });
  return fillMessage(messages['criterion.R.b.ongoing'], { last, until: reevaluateByDay });
}

function describeMrd(criterion: HctCriterion, messages: HctMessages): string {
  const { firstPositiveDay, method = 'UNKNOWN', sinceCleared, lastNegativeDay } = criterion;
  if (firstPositiveDay === undefined) {
    return fillMessage(messages['criterion.R.c.negative'], { day: lastNegativeDay ?? '' });
  }
  const key = sinceCleared === true ? 'criterion.R.c.cleared' : 'criterion.R.c.positive';
  return fillMessage(messages[key], { method, day: firstPositiveDay });
}
