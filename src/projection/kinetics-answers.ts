import type { CourseResults } from '../clinical/course-results.ts';
import type { Kinetics } from '../clinical/kinetics/kinetics.ts';
import { concept, day, part, quantity } from './course-component.ts';
import type { CourseAnswer } from './course-observation.ts';

export const KINETICS_DEFINITIONS: readonly string[] = Object.freeze(['CAR_KINETICS']);

const COPIES = '{copies}/ug';
const COPY_DAYS = 'd.{copies}/ug';

const SPECIMENS: Readonly<Record<Kinetics['specimen'], string>> = { BLOOD: 'blood', MARROW: 'marrow' };

/** What `$car-kinetics` says of one course: blood always, marrow where it was looked at (clinical specification 7). */
export function kineticsAnswers({ kinetics: { blood, marrow } }: CourseResults): readonly CourseAnswer[] {
  return (marrow.expansion === 'NOT_ASSESSED' ? [blood] : [blood, marrow]).map(kineticsAnswer);
}

function kineticsAnswer(kinetics: Kinetics): CourseAnswer {
  const { specimen, expansion, profile, areas, day28 } = kinetics;
  return {
    ...kinetics,
    variant: specimen,
    value: { valueCodeableConcept: concept('cartograph-result-expansion', expansion) },
    components: [
      ...part('specimen', { valueCodeableConcept: concept('cartograph-specimen', SPECIMENS[specimen]) }),
      ...part('cmax', quantity(profile.cmax, COPIES)),
      ...part('tmax', day(profile.tmax)),
      ...part('tlast', day(profile.tlast)),
      ...part('loss-day', day(profile.lossBy)),
      ...areas.flatMap(({ auc, method }) => part('auc', quantity(auc, COPY_DAYS), method)),
      ...part('level-day-28', quantity(day28?.value, COPIES)),
    ],
  };
}
