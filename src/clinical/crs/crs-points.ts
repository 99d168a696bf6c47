import type { CourseFrame } from '../course/course-frame.ts';
import type { ClinicalParameters } from '../parameters/clinical-parameters.ts';
import { type DrugInterval, drugIntervals } from '../record/drug-intervals.ts';
import { hoursBetween, type Moment } from '../record/moment.ts';
import type { GradedPoint } from '../toxicity/graded-point.ts';
import { type CrsGradeParameters, gradeCrs } from './crs-grade.ts';
import { type CrsSnapshotParameters, crsSnapshots } from './crs-snapshots.ts';

export type CrsPointParameters = CrsGradeParameters &
  CrsSnapshotParameters &
  Pick<ClinicalParameters, 'episodeGapHours'>;

const DAY_MINUTES = 1440;

/**
 * Every moment of a course at which something that CRS is graded by was recorded, graded, in order of time
 * (clinical specification 2.1). CRS counts as established while the last grade of 1 or more lies less than
 * `episodeGapHours` back.
 */
export function deriveCrsPoints(frame: CourseFrame, parameters: CrsPointParameters): readonly GradedPoint[] {
  const points: GradedPoint[] = [];
  const maskers = drugIntervals(frame, ['ANTIPYRETIC', 'ANTI_CYTOKINE', 'CORTICOSTEROID']);
  const maskedSince = maskerSince(maskers);
  let onset: Moment | undefined;
  let last: Moment | undefined;
  for (const { moment, inputs, flags, evidence } of crsSnapshots(frame, parameters)) {
    if (last !== undefined && hoursBetween(last, moment) >= parameters.episodeGapHours) onset = undefined;
    const established = onset !== undefined;
    const treatedSinceOnset = onset !== undefined && maskedSince(onset, moment);
    const graded = gradeCrs({ ...inputs, established, treatedSinceOnset }, parameters);
    const positive = graded.grade !== undefined && graded.grade > 0;
    const { day, at, timed } = moment;
    const shown = positive && flags.length > 0 ? [...graded.flags, ...flags] : graded.flags;
    points.push({ ...graded, day, at, timed, flags: shown, evidence });
    if (!positive) continue;
    onset ??= moment;
    last = moment;
  }
  return points;
}

/** Whether one of these was given between two moments; asked for in order of the later one. */
function maskerSince(maskers: readonly DrugInterval[]): (onset: Moment, moment: Moment) => boolean {
  // Where only the day is known the whole day counts.
  const started = ({ timed, at, day }: DrugInterval) => (timed ? at : day * DAY_MINUTES);
  const inOrder = [...maskers].sort((a, b) => started(a) - started(b));
  let next = 0;
  let latestEnd = Number.NEGATIVE_INFINITY;
  return (onset, moment) => {
    for (let masker = inOrder[next]; masker !== undefined; masker = inOrder[next]) {
      if (started(masker) > moment.at) break;
      latestEnd = Math.max(latestEnd, masker.endAt);
      next += 1;
    }
    return latestEnd > onset.at;
  };
}
