import type { Source } from '../../cohort/cohort-record.generated.ts';
import type { Tristate } from '../../core/tristate.ts';
import type { BCellAplasia } from '../b-cells/b-cell-aplasia.ts';
import { type CourseFrame, isInCourse } from '../course/course-frame.ts';
import type { CourseOutcome } from '../course/course-outcome.ts';
import { joinEvidence } from '../record/fact-date.ts';
import { placeAll } from '../record/moment.ts';

const DEFINITIONS = [
  {
    id: 'BCA_LOSS_IN_REMISSION',
    effect: 'CHOP: CR with B-cell aplasia in 15 of 40 for B-cell recovery',
    citation: ['WH L436', 'Blood Adv 2024;8:2182'],
  },
  {
    id: 'MARROW_HAEMATOGONES',
    effect: 'Benefit clearer than for full recovery; CHOP: CR with B-cell aplasia in 18 of 23',
    citation: ['WH L436', 'Blood Adv 2024;8:2182'],
  },
  {
    id: 'CD19_POSITIVE_RELAPSE',
    effect: 'MRD-negative CR 4 of 9 at the second infusion, all at the first; CHOP 5 of 10',
    citation: ['BEL L29', 'JI L21'],
  },
  {
    id: 'CD19_NEGATIVE_RELAPSE',
    effect: 'A CD19-directed product is not logical',
    citation: ['clinical-spec 6.9'],
  },
  {
    id: 'MRD_RELAPSE',
    effect: 'CRS of grade 3 or more only in the setting of MRD or relapse',
    citation: ['Blood Adv 2024;8:2182'],
  },
  { id: 'NO_RESPONSE', effect: 'CHOP: 0 of 8', citation: ['Blood Adv 2024;8:2182'] },
] as const;

type TriggerId = (typeof DEFINITIONS)[number]['id'];

/** A reason for which a second infusion is given, with what is known of its benefit. */
export interface ReinfusionTrigger extends Reading {
  readonly id: TriggerId;
  /** A CD19-directed reinfusion is not logical here: to be reviewed as a contraindication. */
  readonly contraindication: boolean;
  readonly effect: string;
  readonly citation: readonly string[];
}

interface Reading {
  readonly status: Tristate;
  readonly evidence: readonly Source[];
}

/** Each reason by itself (clinical specification 6.9), from what was derived for the same course. */
export function judgeReinfusionTriggers(
  frame: CourseFrame,
  aplasia: BCellAplasia,
  outcome: CourseOutcome,
): readonly ReinfusionTrigger[] {
  const readings: Readonly<Record<TriggerId, Reading>> = {
    BCA_LOSS_IN_REMISSION: lossOfAplasia(aplasia),
    MARROW_HAEMATOGONES: haematogones(frame),
    CD19_POSITIVE_RELAPSE: relapseOfClass(frame, outcome, 'POS'),
    CD19_NEGATIVE_RELAPSE: relapseOfClass(frame, outcome, 'NEG'),
    MRD_RELAPSE: molecularRelapse(frame, outcome),
    NO_RESPONSE: noResponse(outcome),
  };
  return DEFINITIONS.map(({ id, effect, citation }) => ({
    id,
    contraindication: id === 'CD19_NEGATIVE_RELAPSE',
    effect,
    citation,
    ...readings[id],
  }));
}

function lossOfAplasia({ loss, state }: BCellAplasia): Reading {
  if (loss !== undefined) return { status: 'MET', evidence: loss.firstDetected.sources };
  return { status: state === 'ONGOING_AT_END' ? 'NOT_MET' : 'UNKNOWN', evidence: [] };
}

function haematogones(frame: CourseFrame): Reading {
  const seen = frame.placed
    .clinicalSigns()
    .filter((placed) => placed.fact.sign === 'MARROW_HAEMATOGONES' && isInCourse(frame, placed))
    .map(({ fact }) => fact);
  const found = seen.filter(({ present }) => present);
  const deciding = found.length > 0 ? found : seen;
  return {
    status: found.length > 0 ? 'MET' : seen.length > 0 ? 'NOT_MET' : 'UNKNOWN',
    evidence: joinEvidence(deciding.map(({ sources }) => sources)),
  };
}

/** None is a no only where the disease was assessed, and no relapse is of a class that nobody told. */
function relapseOfClass(frame: CourseFrame, outcome: CourseOutcome, cd19: 'POS' | 'NEG'): Reading {
  const relapses = outcome.relapses.filter(({ day }) => day <= frame.lastDay);
  const found = relapses.filter((relapse) => relapse.cd19 === cd19);
  const assessed = outcome.responses.some(
    ({ day, status }) => day <= frame.lastDay && status !== 'NOT_EVALUABLE',
  );
  const isOpen = !assessed || relapses.some((relapse) => relapse.cd19 === 'UNKNOWN');
  return {
    status: found.length > 0 ? 'MET' : isOpen ? 'UNKNOWN' : 'NOT_MET',
    evidence: joinEvidence(found.map(({ evidence }) => evidence)),
  };
}

function molecularRelapse(frame: CourseFrame, outcome: CourseOutcome): Reading {
  const found = outcome.molecularRelapses.filter(({ day }) => day <= frame.lastDay);
  const isLookedFor = placeAll(frame, frame.record.observations.mrd).some((placed) =>
    isInCourse(frame, placed),
  );
  return {
    status: found.length > 0 ? 'MET' : isLookedFor ? 'NOT_MET' : 'UNKNOWN',
    evidence: joinEvidence(found.map(({ evidence }) => evidence)),
  };
}

function noResponse({ noResponse: found, firstRemission }: CourseOutcome): Reading {
  if (found !== undefined) return { status: 'MET', evidence: found.evidence };
  return { status: firstRemission === undefined ? 'UNKNOWN' : 'NOT_MET', evidence: [] };
}
