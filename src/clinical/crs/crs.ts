import type { Source } from '../../cohort/cohort-record.generated.ts';
import type { Tristate } from '../../core/tristate.ts';
import { type CourseFrame, isInCourse } from '../course/course-frame.ts';
import { chooseParameters, type ParameterOverrides } from '../parameters/clinical-parameters.ts';
import { isOfClass } from '../record/agent-classes.ts';
import { joinEvidence } from '../record/fact-date.ts';
import { placeAll } from '../record/moment.ts';
import { deriveGradedToxicity, type GradedToxicity } from '../toxicity/graded-toxicity.ts';
import type { ToxicityEpisode } from '../toxicity/toxicity-episodes.ts';
import { deriveCrsPoints } from './crs-points.ts';

/** Something that was given or done for CRS; UNKNOWN where no record of that kind exists at all. */
export interface CrsCare {
  readonly status: Tristate;
  readonly evidence: readonly Source[];
}

export interface Crs extends GradedToxicity {
  /** CRS began within so many hours of the infusion (`earlyOnsetHours`). */
  readonly onsetEarly: Tristate;
  /** The triad of a severe course: intensive care, tocilizumab, vasopressor, at any time in the course. */
  readonly intensiveCare: CrsCare;
  readonly tocilizumab: CrsCare;
  readonly vasopressor: CrsCare;
}

/** What the result depends on. */
export const CRS_PARAMETER_NAMES = [
  'episodeGapHours',
  'baselineDays',
  'vitalsCarryForwardMinutes',
  'vitalsTogetherMinutes',
  'feverFromCelsius',
  'lowFlowUpToLitres',
  'pressorConcurrency',
  'hfncRule',
  'crsAutomaticToDay',
  'crsAdjudicateToDay',
  'earlyOnsetHours',
  'severeFromGrade',
] as const;

/**
 * Cytokine release syndrome after one infusion, graded by the ASTCT consensus (Lee 2019; clinical specification
 * 2.1). Grades are 0 to 5, days counted from the infusion. Reports in other systems stand beside it, never
 * converted. Throws RangeError on an override that the parameter does not allow.
 */
export function deriveCrs(frame: CourseFrame, overrides: ParameterOverrides = {}): Crs {
  const parameters = chooseParameters(CRS_PARAMETER_NAMES, overrides);
  const toxicity = deriveGradedToxicity(frame, deriveCrsPoints(frame, parameters), {
    toxicity: 'CRS',
    definition: 'CRS_ASTCT_2019',
    version: '1',
    system: 'ASTCT-2019',
    rules: {
      gapHours: parameters.episodeGapHours,
      automaticToDay: parameters.crsAutomaticToDay,
      adjudicateToDay: parameters.crsAdjudicateToDay,
    },
    severeFromGrade: parameters.severeFromGrade,
    parameters,
  });
  const first = toxicity.episodes.find(({ attribution }) => attribution === 'ATTRIBUTED');
  return {
    ...toxicity,
    onsetEarly: onsetEarly(frame, toxicity, first, parameters.earlyOnsetHours),
    intensiveCare: intensiveCare(frame),
    tocilizumab: drugGiven(frame, (agent) => agent === 'tocilizumab'),
    vasopressor: drugGiven(frame, (agent) => isOfClass(agent, 'VASOPRESSOR')),
  };
}

/**
 * By the clock where the times of the infusion and of the first grade are known; else by the days, as far as they
 * decide: with the time of neither, day 0 is within 24 hours and day 2 is not.
 */
function onsetEarly(
  frame: CourseFrame,
  toxicity: GradedToxicity,
  first: ToxicityEpisode | undefined,
  hours: number,
): Tristate {
  if (toxicity.occurred !== 'MET') return toxicity.occurred;
  const day = first?.onsetDay ?? toxicity.onsetDay;
  if (day === undefined) return 'UNKNOWN';
  const moment = first?.onsetMoment;
  if (moment?.timed === true && frame.infusionAt !== undefined) {
    return moment.at - frame.infusionAt < hours * 60 ? 'MET' : 'NOT_MET';
  }
  if (day * 24 + 24 <= hours) return 'MET';
  return (day - 1) * 24 >= hours ? 'NOT_MET' : 'UNKNOWN';
}

/** Whether such a drug was given in the course; a no only where other drugs of the course are on record. */
export function drugGiven(frame: CourseFrame, isAgent: (agent: string) => boolean): CrsCare {
  const inCourse = frame.placed.supportiveDrugs().filter((placed) => isInCourse(frame, placed));
  const found = inCourse.filter(({ fact }) => isAgent(fact.agent)).map(({ fact }) => fact.sources);
  if (found.length > 0) return { status: 'MET', evidence: joinEvidence(found) };
  return { status: inCourse.length > 0 ? 'NOT_MET' : 'UNKNOWN', evidence: [] };
}

/** A vasopressor or a grade may have been managed elsewhere: without a stay on record nothing is known. */
function intensiveCare(frame: CourseFrame): CrsCare {
  const stays = placeAll(frame, frame.record.observations.intensiveCare);
  const found = stays.filter((placed) => isInCourse(frame, placed)).map(({ fact }) => fact.sources);
  return { status: found.length > 0 ? 'MET' : 'UNKNOWN', evidence: joinEvidence(found) };
}
