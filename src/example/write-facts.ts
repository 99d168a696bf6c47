/** Gives the facts of a plan their ids and days while a builder writes them. */
import type { Resource } from '@medplum/fhirtypes';
import type { PartialDate } from '../core/partial-date.ts';
import type { PatientPlan } from './patient-plan.ts';
import type { PlannedResource, Target } from './resource-builders.ts';

/** One resource for each fact, `<patient>-<kind>-<n>`, in the plan's order. */
export function writeEach<T extends { readonly date?: PartialDate }>(
  plan: PatientPlan,
  kind: string,
  facts: readonly T[],
  write: (target: Target, fact: T) => Resource,
): readonly PlannedResource[] {
  return facts.map((fact, index) => ({
    resource: write({ patientId: plan.patientId, id: `${plan.patientId}-${kind}-${index + 1}` }, fact),
    date: fact.date ?? firstDay(plan),
  }));
}

/** What has no day of its own is sent with the first bundle. */
function firstDay(plan: PatientPlan): PartialDate {
  return plan.birthDate ?? '1970-01-01';
}
