import { type CourseFrame, frameCourse } from '../../src/clinical/course/course-frame.ts';
import { infusedOn, type RecordParts, recordOf } from './record-builder.ts';
import { INFUSION } from './toxicity-facts.ts';

/** The frame of the one course of a small record, infused on `INFUSION`. */
export function frameOf(parts: RecordParts = {}, asOf?: string): CourseFrame {
  const frame = frameCourse(recordOf({ courses: infusedOn(INFUSION), ...parts }), 1, asOf);
  if (frame === undefined) throw new Error('the infusion is dated');
  return frame;
}
