import type { AgeRange } from '../record/age-at.ts';

/**
 * Whether a systolic pressure lies below the 5th percentile for age by the PALS rule: under 60 mmHg in the first
 * month, under 70 up to one year, under 70 plus twice the completed years up to ten, under 90 beyond
 * (clinical specification 2.1, step 10). Undefined where the age, or its uncertainty, leaves it open.
 */
export function isHypotensive(systolic: number, age: AgeRange | undefined): boolean | undefined {
  if (age === undefined) return undefined;
  const youngest = systolic < limitAt(age.minimumMonths);
  return youngest === systolic < limitAt(age.maximumMonths) ? youngest : undefined;
}

function limitAt(months: number): number {
  if (months < 1) return 60;
  if (months < 12) return 70;
  const years = Math.floor(months / 12);
  return years > 10 ? 90 : 70 + 2 * years;
}
