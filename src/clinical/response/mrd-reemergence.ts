import { RESPONSE_PARAMETERS } from '../parameters/response-parameters.ts';
import type { TherapyEvent } from '../record/therapy-events.ts';
import type { MrdOccasion } from './mrd.ts';

/**
 * `MRD_REEMERGENCE_PKU`: the first positive of the first run that confirms itself (clinical specification 4.2, settled
 * in 4.7): after a negative, positives without a negative or the start of a targeted therapy between them, two of them
 * at least `confirmedAfterDays` apart. `before` is the first day on which the disease was more than MRD: what is seen from then on is
 * not MRD alone. A sample is drawn before the therapy of its day. Occasions sorted, one a day.
 */
export function deriveMrdReemergence(
  occasions: readonly MrdOccasion[],
  therapies: readonly TherapyEvent[],
  before: number,
  confirmedAfterDays: number = RESPONSE_PARAMETERS.mrdReemergenceDays.value,
): MrdOccasion | undefined {
  const targeted = therapies.filter((therapy) => therapy.targeted);
  let seenNegative = false;
  let first: MrdOccasion | undefined;
  let previousDay = 0;
  for (const occasion of occasions) {
    if (occasion.day >= before) return undefined;
    if (occasion.result === 'NEGATIVE') {
      seenNegative = true;
      first = undefined;
    } else if (seenNegative) {
      const from = previousDay;
      const interrupted = targeted.some(({ day }) => day >= from && day < occasion.day);
      if (first === undefined || interrupted) first = occasion;
      else if (occasion.day - first.day >= confirmedAfterDays) return first;
    }
    previousDay = occasion.day;
  }
  return undefined;
}
