import { type CourseFrame, frameCourse, isInCourse } from '../clinical/course/course-frame.ts';
import { cd19Courses } from '../clinical/course/courses.ts';
import { deriveCrs } from '../clinical/crs/crs.ts';
import { currentCrsGrade } from '../clinical/crs/current-crs-grade.ts';
import { chooseParameters } from '../clinical/parameters/clinical-parameters.ts';
import { isOfClass } from '../clinical/record/agent-classes.ts';
import { placeAll } from '../clinical/record/moment.ts';
import { recordAsOf } from '../clinical/record/record-as-of.ts';
import type { Consideration } from '../clinical/risk/consideration.ts';
import { considerEarlyTocilizumab, considerSeizureProphylaxis } from '../clinical/risk/prophylaxis.ts';
import type { Card } from './card.ts';
import type { CardContext } from './card-context.ts';
import { buildConsiderationCard } from './consideration-card.ts';

/** Last days on which CRS and ICANS can still begin: what may be given early is a question until then. */
const WINDOWS = ['crsAdjudicateToDay', 'icansAutomaticToDay'] as const;

/**
 * Early tocilizumab and seizure prophylaxis in the weeks after an infusion, each a card with what speaks for it and
 * what is not known; none where what is known speaks against it. Unasked, a card is silent once the drug was given,
 * and on tocilizumab also where no present grade of CRS may be 1; on orders it answers the order of the drug.
 */
export function buildToxicityCards(context: CardContext): readonly Card[] {
  const frame = frameOf(context);
  if (frame === undefined) return [];
  const day = frame.dayOf(context.asOf);
  const { crsAdjudicateToDay, icansAutomaticToDay } = chooseParameters(WINDOWS, context.parameters);
  return [
    ...(day <= crsAdjudicateToDay ? tocilizumabCards(context, frame) : []),
    ...(day <= icansAutomaticToDay ? seizureCards(context, frame) : []),
  ];
}

/** The latest course against CD19; none after death, or where the day of its infusion is not known. */
function frameOf({ record, asOf }: CardContext): CourseFrame | undefined {
  const known = recordAsOf(record, asOf);
  const { death, vitalStatus } = known.followUp;
  if (death !== undefined || vitalStatus.some(({ status }) => status === 'DEAD')) return undefined;
  const course = cd19Courses(known).at(-1);
  return course && frameCourse(record, course.number, asOf);
}

function tocilizumabCards(context: CardContext, frame: CourseFrame): readonly Card[] {
  const { orders, parameters } = context;
  const crs = deriveCrs(frame, parameters);
  const consideration = considerEarlyTocilizumab(frame, crs, parameters);
  const given = crs.tocilizumab.status === 'MET';
  if (consideration.status === 'NOT_MET') return [];
  if (orders !== undefined) {
    const isAsked = orders.selected.has('TOCILIZUMAB');
    return isAsked
      ? [buildConsiderationCard(context, consideration, given ? 'given.tocilizumab' : undefined)]
      : [];
  }
  const { crsGradeDescribesDays } = chooseParameters(['crsGradeDescribesDays'], parameters);
  const current = currentCrsGrade(frame, crs, crsGradeDescribesDays);
  const mayBeOne = current?.isCurrent === true && current.grade === 1;
  return given || !mayBeOne ? [] : [buildConsiderationCard(context, consideration)];
}

function seizureCards(context: CardContext, frame: CourseFrame): readonly Card[] {
  const { orders } = context;
  const consideration: Consideration = considerSeizureProphylaxis(frame);
  const given = wasAnticonvulsantGiven(frame);
  if (consideration.status === 'NOT_MET') return [];
  if (orders !== undefined) {
    const isAsked = orders.selected.has('ANTICONVULSANT');
    return isAsked
      ? [buildConsiderationCard(context, consideration, given ? 'given.anticonvulsant' : undefined)]
      : [];
  }
  return given ? [] : [buildConsiderationCard(context, consideration)];
}

function wasAnticonvulsantGiven(frame: CourseFrame): boolean {
  return placeAll(frame, frame.record.observations.supportiveDrugs).some(
    (placed) => isOfClass(placed.fact.agent, 'ANTICONVULSANT') && isInCourse(frame, placed),
  );
}
