import type { Infection } from '../../cohort/cohort-record.generated.ts';
import { dayNumber } from '../../core/partial-date.ts';
import type { CourseFrame } from '../course/course-frame.ts';
import type { DerivedResult } from '../course/derived-result.ts';
import { chooseParameters, type ParameterOverrides } from '../parameters/clinical-parameters.ts';
import { type DatedFact, datedFact, dateFact, joinEvidence } from '../record/fact-date.ts';

/** What the result depends on. */
export const INFECTION_PARAMETER_NAMES = ['earlyInfectionToDay'] as const;

export interface CourseInfection extends DatedFact {
  readonly phase: 'EARLY' | 'LATE';
  readonly class: NonNullable<Infection['class']>;
  readonly invasive?: boolean;
}

export interface Infections extends DerivedResult {
  readonly infections: readonly CourseInfection[];
  readonly early: number;
  readonly late: number;
}

/**
 * Infections of one course, from day 0 to `earlyInfectionToDay` early, then late (clinical specification 2.6). None
 * recorded is not "none": `missing` says so.
 */
export function deriveInfections(frame: CourseFrame, overrides: ParameterOverrides = {}): Infections {
  const parameters = chooseParameters(INFECTION_PARAMETER_NAMES, overrides);
  const infusionDay = dayNumber(frame.infusion.date);
  const infections = (frame.record.observations.infections ?? [])
    .map((fact): CourseInfection => {
      const dated = datedFact(dateFact(fact.date, fact.course, frame.dates), infusionDay, fact.sources);
      return {
        ...dated,
        phase: dated.day <= parameters.earlyInfectionToDay ? 'EARLY' : 'LATE',
        class: fact.class ?? 'UNKNOWN',
        ...(fact.invasive === undefined ? {} : { invasive: fact.invasive }),
      };
    })
    .filter(({ day }) => day >= 0 && day <= frame.lastDay)
    .sort((a, b) => a.day - b.day || (a.class < b.class ? -1 : Number(a.class > b.class)));
  const early = infections.filter(({ phase }) => phase === 'EARLY').length;
  return {
    definition: 'EARLY_LATE_INFECTION',
    version: '1',
    course: frame.course.number,
    parameters,
    infections,
    early,
    late: infections.length - early,
    flags: infections.some(({ dateImputed }) => dateImputed) ? ['DATE_IMPUTED'] : [],
    missing: infections.length === 0 ? ['infections'] : [],
    evidence: joinEvidence(infections.map(({ evidence }) => evidence)),
  };
}
