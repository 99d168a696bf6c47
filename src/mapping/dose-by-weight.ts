/**
 * The dose per kilogram from the absolute dose and the reverse, where only one of them was sent: by the weight
 * nearest before the infusion, at most 30 days old (inputs.md, weight; clinical specification 0.4; project
 * convention). The weight's source is kept, flagged as derived.
 */
import type { Course, Infusion, VitalSign } from '../cohort/cohort-record.generated.ts';
import { daysBetween } from '../core/partial-date.ts';

const MAXIMUM_AGE_DAYS = 30;

export function completeDoses(courses: readonly Course[], signs: readonly VitalSign[]): readonly Course[] {
  const weights = signs.filter(({ sign, date }) => sign === 'weight' && date.length === 10);
  return courses.map((course) => ({ ...course, infusion: completeDose(course.infusion, weights) }));
}

function completeDose(infusion: Infusion, weights: readonly VitalSign[]): Infusion {
  const { dosePerKg, doseAbsolute, date } = infusion;
  if ((dosePerKg === undefined) === (doseAbsolute === undefined) || date.length !== 10) return infusion;
  const weight = nearestBefore(infusion, weights);
  if (weight === undefined) return infusion;
  const derived =
    dosePerKg === undefined
      ? { dosePerKg: significant((doseAbsolute ?? 0) / weight.value) }
      : { doseAbsolute: significant(dosePerKg * weight.value) };
  const sources = weight.sources.map((source) => ({
    ...source,
    flags: [...new Set([...(source.flags ?? []), 'DERIVED' as const])].sort(),
  }));
  return { ...infusion, ...derived, sources: [...infusion.sources, ...sources] };
}

/** Of several weights of one day the last one measured, then the largest, so that order means nothing. */
function nearestBefore(infusion: Infusion, weights: readonly VitalSign[]): VitalSign | undefined {
  return weights
    .filter((weight) => {
      const age = daysBetween(weight.date, infusion.date);
      if (age < 0 || age > MAXIMUM_AGE_DAYS) return false;
      return !isLater(weight.epochMinute, infusion.epochMinute);
    })
    .toSorted(
      (a, b) =>
        (a.date < b.date ? 1 : a.date > b.date ? -1 : 0) ||
        (b.epochMinute ?? 0) - (a.epochMinute ?? 0) ||
        b.value - a.value,
    )[0];
}

function isLater(measured: number | undefined, infused: number | undefined): boolean {
  return measured !== undefined && infused !== undefined && measured > infused;
}

function significant(value: number): number {
  return Number(value.toPrecision(12));
}
