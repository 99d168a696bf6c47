import { dateOfDay } from '../course/course-frame.ts';
import type { OpenAdjudication } from '../course/open-adjudication.ts';
import { chooseParameters, type ParameterOverrides } from '../parameters/clinical-parameters.ts';
import { deriveNoResponse, deriveUnexplainedTherapies } from '../response/no-response.ts';
import type { DiseaseDay } from '../response/response.ts';
import { categoryOfRemission } from './remission-category.ts';
import { remissionLasts } from './remission-lasts.ts';
import { buildResponseResult, type ResponseContext, type ResponseResult } from './response-result.ts';

const NOMINAL_DAY = 28;

/** What the result depends on. */
export const RESPONSE_DAY_28_PARAMETER_NAMES = [
  'day28WindowFromDay',
  'day28WindowToDay',
  'crDurationRequiredDays',
  'mrdNearResponseDays',
  'nrEarliestDay',
] as const;

/** Whether the answer is a remission of the course's own. */
export function isRemission({ answer }: Pick<ResponseResult, 'answer'>): boolean {
  return answer === 'CR' || answer === 'CRi' || answer === 'CR_OR_CRi';
}

/**
 * `RESPONSE_DAY_28` (clinical specification 4.1): by the evaluable assessment of the window that is nearest to day 28,
 * of two as near the later. Without one, a failure, relapse or death up to the end of the window is NR, and nothing at
 * all NE; PENDING while the window is open. A remission that other therapy brought about is not the course's. Days count
 * from the infusion. A therapy before any response that nothing explains waits for a decision (4.7). Throws RangeError on an override that the parameter does not allow.
 */
export function deriveResponseDay28(
  context: ResponseContext,
  overrides: ParameterOverrides = {},
): ResponseResult {
  const { frame, timeline } = context;
  const parameters = chooseParameters(RESPONSE_DAY_28_PARAMETER_NAMES, overrides);
  const { day28WindowFromDay: from, day28WindowToDay: to } = parameters;
  const openAdjudications = unexplainedTherapies(context);
  const build = (draft: Omit<Parameters<typeof buildResponseResult>[2], 'definition'>) =>
    buildResponseResult(context, parameters, { definition: 'RESPONSE_DAY_28', openAdjudications, ...draft });
  const [nearest] = timeline.days
    .filter((day) => day.day >= from && day.day <= Math.min(to, frame.lastDay) && isEvaluable(day))
    .toSorted((a, b) => Math.abs(a.day - NOMINAL_DAY) - Math.abs(b.day - NOMINAL_DAY) || b.day - a.day);
  if (nearest === undefined) return build(withoutMarrow(context, parameters));
  const { day } = nearest;
  const at = { day, date: dateOfDay(frame, day), evidence: nearest.assessed?.evidence ?? [] };
  const remission = categoryOfRemission(frame, nearest, parameters.mrdNearResponseDays);
  if (remission === undefined) return build({ ...at, answer: 'NR' });
  const { category, flags, missing } = remission;
  if (isOfOtherTherapy(context, day)) {
    return build({ ...at, answer: 'NR', flags: [...flags, 'REMISSION_AFTER_OTHER_THERAPY'] });
  }
  const lasts = remissionLasts(timeline, day, parameters.crDurationRequiredDays);
  if (lasts === 'NOT_MET') return build({ ...at, answer: 'NR', flags: [...flags, 'REMISSION_TOO_SHORT'] });
  const open = lasts === 'UNKNOWN';
  return build({
    ...at,
    answer: category,
    flags: open ? [...flags, 'DURATION_NOT_SEEN'] : flags,
    missing: open ? [...missing, 'later-disease-status'] : missing,
  });
}

function unexplainedTherapies({ frame, timeline }: ResponseContext): readonly OpenAdjudication[] {
  return deriveUnexplainedTherapies(timeline)
    .filter(({ day }) => day <= frame.lastDay)
    .map(({ day, date }) => ({ reason: 'THERAPY_BEFORE_RESPONSE', day, date }));
}

function isEvaluable(day: DiseaseDay): boolean {
  return day.remission !== undefined || day.disease !== undefined || day.blastsLow;
}

/** The first remission came after another anti-leukaemic therapy (4.1). */
function isOfOtherTherapy({ timeline }: ResponseContext, day: number): boolean {
  const { firstRemission, remissions, therapies } = timeline;
  if (remissions.length > 0) return firstRemission === undefined || firstRemission.day > day;
  return therapies.some(
    (therapy) => therapy.role !== 'SUPPORT' && therapy.role !== 'MAINTENANCE' && therapy.day < day,
  );
}

function withoutMarrow(
  { frame, timeline }: ResponseContext,
  {
    day28WindowToDay: to,
    nrEarliestDay,
  }: { readonly day28WindowToDay: number; readonly nrEarliestDay: number },
): Pick<ResponseResult, 'answer'> & Partial<ResponseResult> {
  const failure = deriveNoResponse(timeline, { responseDeadlineDay: to, nrEarliestDay });
  const relapse = timeline.relapses[0];
  const death = frame.dates.deathRecorded;
  const deathDay = death?.on === undefined ? undefined : frame.dayOf(death.on.date);
  const [first] = [
    { flag: 'RELAPSE_BEFORE_ASSESSMENT', day: relapse?.day, evidence: relapse?.evidence ?? [] },
    { flag: 'FAILURE_OUTSIDE_WINDOW', day: failure?.day, evidence: failure?.evidence ?? [] },
    { flag: 'DEATH_BEFORE_ASSESSMENT', day: deathDay, evidence: death?.evidence ?? [] },
  ]
    .flatMap(({ day, ...fact }) => (day === undefined || day > to ? [] : [{ ...fact, day }]))
    .toSorted((a, b) => a.day - b.day);
  if (first !== undefined) {
    const { flag, day, evidence } = first;
    return { answer: 'NR', day, date: dateOfDay(frame, day), flags: [flag], evidence };
  }
  const isOpen = frame.asOf !== undefined && frame.dayOf(frame.asOf) < to && frame.lastDay >= to;
  return { answer: isOpen ? 'PENDING' : 'NE', missing: ['marrow-assessment'] };
}
