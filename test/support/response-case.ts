import { frameCourse } from '../../src/clinical/course/course-frame.ts';
import type { ParameterOverrides } from '../../src/clinical/parameters/clinical-parameters.ts';
import {
  deriveResponseResults,
  type RESPONSE_DEFINITIONS,
} from '../../src/clinical/response-results/derive-response-results.ts';
import type { ResponseResult } from '../../src/clinical/response-results/response-result.ts';
import { addDays } from '../../src/core/partial-date.ts';
import { blastsOn, infusedOn, mrdOn, type RecordParts, recordOf, statusOn } from './record-builder.ts';
import { INFUSION } from './toxicity-facts.ts';

/** Derives one named result of a small record; days are counted from `INFUSION`. */
export const on = (day: number) => addDays(INFUSION, day);
export const status = (day: number, value: Parameters<typeof statusOn>[1], more = {}) =>
  statusOn(on(day), value, more);
export const blasts = (day: number, percent: number, more = {}) => blastsOn(on(day), percent, more);
export const mrd = (day: number, call: Parameters<typeof mrdOn>[1], more = {}) => mrdOn(on(day), call, more);
export const level = (day: number, value: number, more = {}) =>
  mrd(day, value > 0 ? 'POSITIVE' : 'NEGATIVE', { value, ...more });

export interface ResponseOptions {
  readonly asOf?: string;
  /** The first, unless it is told. */
  readonly course?: number;
  readonly overrides?: ParameterOverrides;
}

export function derive(
  definition: (typeof RESPONSE_DEFINITIONS)[number],
  parts: RecordParts,
  { asOf, course = 1, overrides }: ResponseOptions = {},
): ResponseResult {
  const frame = frameCourse(
    recordOf({ courses: infusedOn(INFUSION), lastContact: on(700), ...parts }),
    course,
    asOf,
  );
  if (frame === undefined) throw new Error('the infusion is dated');
  const found = deriveResponseResults(frame, overrides).find((result) => result.definition === definition);
  if (found === undefined) throw new Error(`no result ${definition}`);
  return found;
}
