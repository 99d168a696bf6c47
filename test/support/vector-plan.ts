/** What every worked example starts from. */
import { addDays, addMonthsClamped, type PartialDate } from '../../src/core/partial-date.ts';
import { emptyPlan, type PatientPlan } from '../../src/example/patient-plan.ts';

/** Part of a plan, as one element of an example tells it. */
export type Facts = { -readonly [K in keyof PatientPlan]?: PatientPlan[K] };

/** Somebody with B-ALL and one infusion after the usual lymphodepletion. */
export function basicPlan(
  id: string,
  infusion: PartialDate,
  ageMonths: number,
  product: string,
): PatientPlan {
  return {
    ...emptyPlan(`vector-${id.toLowerCase()}`),
    birthDate: addMonthsClamped(infusion, -ageMonths),
    sex: 'FEMALE',
    diagnoses: [
      {
        kind: 'B_ALL',
        verification: 'CONFIRMED',
        date: addMonthsClamped(infusion, -Math.min(18, ageMonths)),
      },
    ],
    infusions: [infusionOf(infusion, product)],
  };
}

export function infusionOf(date: PartialDate, product: string): PatientPlan['infusions'][number] {
  return {
    date,
    product: { code: product },
    lymphodepletion: [
      { agent: 'fludarabine', date: addDays(date, -5), endDate: addDays(date, -3) },
      { agent: 'cyclophosphamide', date: addDays(date, -5), endDate: addDays(date, -4) },
    ],
  };
}

/** Lists of the parts one after the other; of single facts the last one. */
export function merge(parts: readonly Facts[]): Facts {
  const merged: Record<string, unknown> = {};
  for (const [key, value] of parts.flatMap((part) => Object.entries(part))) {
    const present = merged[key];
    merged[key] = Array.isArray(present) && Array.isArray(value) ? [...present, ...value] : value;
  }
  return merged as Facts;
}
