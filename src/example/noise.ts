/**
 * The accidents of data exchange, made from what a dialect has written: results withdrawn, corrected, late,
 * preliminary first, and repeated by another hospital. None of them changes what is true, in whatever order the
 * bundles arrive: a withdrawn result is sent in its withdrawn state only, and what is corrected under its own id
 * is never a fact of the course.
 */
import type { Observation, Resource } from '@medplum/fhirtypes';
import { addDays } from '../core/partial-date.ts';
import { ICD10_CM } from './code-systems.ts';
import { condition } from './native-acts.ts';
import { diseaseStatusObservation, mrdObservation } from './native-observations.ts';
import type { PatientPlan } from './patient-plan.ts';
import { createRandom } from './random.ts';
import {
  HOSPITAL_B,
  metaOf,
  type PlannedResource,
  patientReference,
  type Target,
} from './resource-builders.ts';

/** `written` with its accidents; unchanged for a plan without visits. */
export function addNoise(plan: PatientPlan, written: readonly PlannedResource[]): readonly PlannedResource[] {
  if (plan.visits.length === 0) return written;
  return [
    ...delayed(plan, written),
    ...withdrawn(plan),
    ...corrected(plan, written),
    ...repeated(plan, written),
  ];
}

/** Id of the other hospital's Patient for the same person. */
export function otherPatientId(patientId: string): string {
  return `${patientId}-b`;
}

/** Some results come with a later bundle; one of them was sent as preliminary on its own day. */
function delayed(plan: PatientPlan, written: readonly PlannedResource[]): PlannedResource[] {
  const random = createRandom(`${plan.seed}/late`);
  let preliminary = plan.delivery === 'PUT';
  return written.flatMap((item): PlannedResource[] => {
    if (!isSeries(item.resource) || !random.chance(0.12)) return [item];
    const late = { ...item, sentOn: addDays(item.date, 40) };
    if (!preliminary) return [late];
    preliminary = false;
    return [{ ...item, resource: { ...item.resource, status: 'preliminary' } }, late];
  });
}

function isSeries(resource: Resource): resource is Observation {
  return resource.resourceType === 'Observation' && /-(bcells|mrd)-\d+$/.test(resource.id ?? '');
}

/** Results that were never true: a relapse, an MRD result and a second leukaemia code, each withdrawn. */
function withdrawn(plan: PatientPlan): PlannedResource[] {
  const [first] = plan.infusions;
  const lastVisit = plan.visits.at(-1);
  if (first === undefined || lastVisit === undefined) return [];
  const [date = lastVisit] = [lastVisit, addDays(first.date, 45)].sort();
  const target = (kind: string): Target => ({
    patientId: plan.patientId,
    id: `${plan.patientId}-withdrawn-${kind}`,
  });
  const relapse = diseaseStatusObservation(target('relapse'), { date, status: 'RELAPSE', sites: ['MARROW'] });
  const mrd = mrdObservation(target('mrd'), {
    date,
    method: 'FCM',
    specimen: 'MARROW',
    value: 0.09,
    call: 'POSITIVE',
  });
  return [
    { resource: { ...relapse, status: 'entered-in-error' }, date },
    { resource: { ...mrd, status: 'entered-in-error' }, date },
    {
      resource: condition(
        target('condition'),
        [{ system: ICD10_CM, code: 'C91.02' }],
        date,
        'entered-in-error',
      ),
      date,
    },
  ];
}

/** A sodium value that a later bundle corrects under the same id. */
function corrected(plan: PatientPlan, written: readonly PlannedResource[]): PlannedResource[] {
  if (plan.delivery !== 'PUT') return [];
  const found = written.find(({ resource }) => resource.id?.endsWith('-sodium'));
  if (found === undefined || found.resource.resourceType !== 'Observation') return [];
  const { valueQuantity } = found.resource;
  const value = (valueQuantity?.value ?? 140) + 2;
  return [
    {
      ...found,
      resource: { ...found.resource, status: 'corrected', valueQuantity: { ...valueQuantity, value } },
      sentOn: addDays(found.date, 40),
    },
  ];
}

/** Another hospital's copies of a few B-cell counts and blood values, under its own Patient for the person. */
function repeated(plan: PatientPlan, written: readonly PlannedResource[]): PlannedResource[] {
  if (!plan.otherHospital) return [];
  const other = otherPatientId(plan.patientId);
  return written
    .filter(({ resource }) => /-(bcells-[135]|visit-4-neutrophils)$/.test(resource.id ?? ''))
    .flatMap(({ resource, date }) => {
      if (resource.resourceType !== 'Observation') return [];
      const copy: Observation = {
        ...resource,
        id: resource.id?.replace(plan.patientId, other) ?? other,
        meta: metaOf(HOSPITAL_B),
        status: 'final',
        subject: patientReference(other),
      };
      return [{ resource: copy, date }];
    });
}
