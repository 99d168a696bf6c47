/**
 * The number of CAR-T cells that a laboratory counted in the product (inputs.md, dose: LOINC 102081-7). It is the
 * absolute dose of the infusion of that day, or of the next one within three months (project convention: a product is
 * counted at its release), where nobody else gave a dose.
 */
import type { Course } from '../cohort/cohort-record.generated.ts';
import { daysBetween } from '../core/partial-date.ts';
import type { Fact } from './fact.ts';
import { recordSources } from './record-sources.ts';

const MAXIMUM_AGE_DAYS = 90;

export function withCellsInProduct(courses: readonly Course[], counts: readonly Fact[]): readonly Course[] {
  if (counts.length === 0) return courses;
  return courses.map((course) => {
    const { infusion } = course;
    if (infusion.doseAbsolute !== undefined || infusion.date.length !== 10) return course;
    const own = counts
      .flatMap((fact) => {
        const { date, cells } = fact.elements;
        return typeof date === 'string' && date.length === 10 && typeof cells === 'number'
          ? [{ fact, date, cells }]
          : [];
      })
      .filter(({ date }) => infusedWith(date, courses) === course.number)
      // The last count before the infusion, of several of one day the largest.
      .toSorted((a, b) => daysBetween(a.date, b.date) || b.cells - a.cells);
    const [latest] = own;
    if (latest === undefined) return course;
    const sources = [...infusion.sources, ...recordSources([latest.fact])];
    return { ...course, infusion: { ...infusion, doseAbsolute: latest.cells, sources } };
  });
}

/** Courses stand in the order of their infusions. */
function infusedWith(date: string, courses: readonly Course[]): number | undefined {
  return courses.find(({ infusion }) => {
    if (infusion.date.length !== 10) return false;
    const age = daysBetween(date, infusion.date);
    return age >= 0 && age <= MAXIMUM_AGE_DAYS;
  })?.number;
}
