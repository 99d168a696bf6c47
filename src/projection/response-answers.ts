import type { CourseResults } from '../clinical/course-results.ts';
import { RESPONSE_DEFINITIONS as DEFINITIONS } from '../clinical/response-results/derive-response-results.ts';
import type { ResponseResult } from '../clinical/response-results/response-result.ts';
import { concept, date, day, part, text, tristate } from './course-component.ts';
import type { CourseAnswer } from './course-observation.ts';

/** Definitions that `$response` answers, in the order of the answers. */
export const RESPONSE_DEFINITIONS: readonly string[] = DEFINITIONS;

const TRISTATE: ReadonlySet<string> = new Set(['MET', 'NOT_MET', 'UNKNOWN']);

/** What `$response` says of one course: response, MRD and relapse by name (clinical specification 4.1 to 4.3). */
export function responseAnswers({ response }: CourseResults): readonly CourseAnswer[] {
  return response.map(responseAnswer);
}

function responseAnswer(result: ResponseResult): CourseAnswer {
  const { answer, criteria } = result;
  const system = TRISTATE.has(answer) ? 'cartograph-result-criterion' : 'cartograph-result-response';
  return {
    ...result,
    value: { valueCodeableConcept: concept(system, answer) },
    components: [
      ...part('event-date', date(result.date)),
      ...part('event-day', day(result.day)),
      ...part('observed', text(result.observed)),
      ...part('antigen-class', text(result.antigenClass)),
      ...part('site', text(result.site)),
      ...criteria.flatMap(({ id, status }) => part('criterion', tristate(status), id)),
    ],
  };
}
