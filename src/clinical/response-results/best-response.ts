import { dateOfDay } from '../course/course-frame.ts';
import { chooseParameters, type ParameterOverrides } from '../parameters/clinical-parameters.ts';
import { deriveNoResponse } from '../response/no-response.ts';
import { categoryOfRemission, type RemissionCategory } from './remission-category.ts';
import { remissionLasts } from './remission-lasts.ts';
import {
  buildResponseResult,
  type ResponseCategory,
  type ResponseContext,
  type ResponseResult,
} from './response-result.ts';

const PARAMETERS = [
  'bestResponseToDay',
  'bestResponseLastsDays',
  'mrdNearResponseDays',
  'nrEarliestDay',
] as const;

/** From the best to the least. */
const ORDER: readonly ResponseCategory[] = ['CR', 'CR_OR_CRi', 'CRi'];

interface Candidate extends RemissionCategory {
  readonly day: number;
  readonly lasted: 'MET' | 'UNKNOWN';
}

/**
 * `RESPONSE_BEST_3M`, the overall remission of ELIANA (Maude 2018; clinical specification 4.1): the best of CR and CRi up
 * to day 92 that lasted for 28 days; one that nobody saw again is given with the flag `UNCONFIRMED`. NR where there was
 * none, or none that lasted; NE without an assessment; PENDING while the time runs. Throws RangeError on an override that
 * the parameter does not allow.
 */
export function deriveBestResponse(
  context: ResponseContext,
  overrides: ParameterOverrides = {},
): ResponseResult {
  const { frame, timeline } = context;
  const parameters = chooseParameters(PARAMETERS, overrides);
  const to = Math.min(parameters.bestResponseToDay, frame.lastDay);
  const build = (draft: Omit<Parameters<typeof buildResponseResult>[2], 'definition'>) =>
    buildResponseResult(context, parameters, { definition: 'RESPONSE_BEST_3M', ...draft });
  const best = candidates(context, to, parameters).toSorted(
    (a, b) =>
      Number(b.lasted === 'MET') - Number(a.lasted === 'MET') ||
      ORDER.indexOf(a.category) - ORDER.indexOf(b.category) ||
      a.day - b.day,
  )[0];
  if (best !== undefined) {
    const { category, day, flags, missing, lasted } = best;
    return build({
      answer: category,
      day,
      date: dateOfDay(frame, day),
      criteria: [{ id: 'lasted', status: lasted }],
      flags: lasted === 'MET' ? flags : [...flags, 'UNCONFIRMED'],
      missing: lasted === 'MET' ? missing : [...missing, 'later-disease-status'],
      evidence: timeline.remissions.find((remission) => remission.day === day)?.evidence ?? [],
    });
  }
  const failure =
    deriveNoResponse(timeline, { responseDeadlineDay: to, nrEarliestDay: parameters.nrEarliestDay }) ??
    timeline.days.find(({ disease, day }) => disease !== undefined && day <= to)?.disease;
  const death = frame.dates.deathRecorded;
  const died = death?.on !== undefined && frame.dayOf(death.on.date) <= to;
  const isOpen = frame.asOf !== undefined && frame.dayOf(frame.asOf) < to;
  const hadRemission = timeline.remissions.some(({ day }) => day <= to);
  if (failure !== undefined && (!isOpen || hadRemission)) {
    return build({ answer: 'NR', day: failure.day, date: failure.date, evidence: failure.evidence });
  }
  if (died) return build({ answer: 'NR', flags: ['DEATH_BEFORE_ASSESSMENT'], evidence: death.evidence });
  if (hadRemission) return build({ answer: 'NR', flags: ['REMISSION_AFTER_OTHER_THERAPY'] });
  return build({ answer: isOpen ? 'PENDING' : 'NE', missing: ['marrow-assessment'] });
}

/** Remissions of the course's own that did not end too soon. */
function candidates(
  { frame, timeline }: ResponseContext,
  to: number,
  parameters: { readonly bestResponseLastsDays: number; readonly mrdNearResponseDays: number },
): readonly Candidate[] {
  const from = timeline.firstRemission?.day;
  if (from === undefined) return [];
  const firstRelapse = timeline.relapses[0]?.day ?? Number.POSITIVE_INFINITY;
  return timeline.days.flatMap((disease): readonly Candidate[] => {
    const { day, remission } = disease;
    if (remission === undefined || day < from || day > to || day > firstRelapse) return [];
    const described = categoryOfRemission(frame, disease, parameters.mrdNearResponseDays);
    const lasted = remissionLasts(timeline, day, parameters.bestResponseLastsDays);
    return described === undefined || lasted === 'NOT_MET' ? [] : [{ ...described, day, lasted }];
  });
}
