/**
 * Everyday care around the visits of a plan: what fills a record and says nothing about the course. It is drawn
 * from the plan alone and written the same in every dialect, so that no dialect has a laboratory value of its own.
 */
import type { Encounter, MedicationRequest, Observation, Resource } from '@medplum/fhirtypes';
import { addDays, type PartialDate } from '../core/partial-date.ts';
import { CUTOFF } from './belgian-cohort.ts';
import { ICD10_CM, LOINC, RXNORM, SNOMED } from './code-systems.ts';
import { administration, condition } from './native-acts.ts';
import type { PatientPlan } from './patient-plan.ts';
import { createRandom, type Random } from './random.ts';
import {
  coding,
  concept,
  HOSPITAL_A,
  localDateTime,
  metaOf,
  observation,
  type PlannedResource,
  patientReference,
  quantity,
  type Target,
} from './resource-builders.ts';

const ENCOUNTER_CLASS = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';

/** Empty for a plan without visits. */
export function buildEverydayCare(plan: PatientPlan): readonly PlannedResource[] {
  const random = createRandom(`${plan.seed}/everyday`);
  return [
    ...plan.visits.flatMap((date, index) => buildVisit(plan, date, index + 1, random)),
    ...(plan.visits.length === 0
      ? []
      : [...complaints(plan, random), ...appointments(plan), ...enrolment(plan)]),
  ];
}

function buildVisit(plan: PatientPlan, date: PartialDate, number: number, random: Random): PlannedResource[] {
  const target = (kind: string): Target => ({
    patientId: plan.patientId,
    id: `${plan.patientId}-visit-${number}-${kind}`,
  });
  const morning = localDateTime(date, random.pick(['07:15', '08:30', '09:05']));
  const resources: Resource[] = [encounter(target('encounter'), 'finished', morning)];
  if (number % 4 === 0) resources.push(...bloodCount(target, morning, random));
  if (number % 4 === 2) resources.push(...vitalSigns(target, morning, random));
  if (number % 6 === 5)
    resources.push(...chemistry(target, morning, random), medication(target, date, random));
  return resources.map((resource) => ({ resource, date }));
}

function encounter(target: Target, status: Encounter['status'], start: string): Encounter {
  return {
    resourceType: 'Encounter',
    id: target.id,
    meta: metaOf(HOSPITAL_A),
    status,
    class: coding(ENCOUNTER_CLASS, 'AMB'),
    subject: patientReference(target.patientId),
    period: { start },
  };
}

type TargetOf = (kind: string) => Target;

function vitalSigns(target: TargetOf, at: string, random: Random): Observation[] {
  const category = [
    concept(coding('http://terminology.hl7.org/CodeSystem/observation-category', 'vital-signs')),
  ];
  return [
    observation(target('temperature'), concept(coding(LOINC, '8310-5')), at, {
      category,
      valueQuantity: quantity(random.integer(362, 379) / 10, 'Cel'),
    }),
    observation(target('heart-rate'), concept(coding(LOINC, '8867-4')), at, {
      category,
      valueQuantity: quantity(random.integer(70, 130), '/min'),
    }),
  ];
}

function bloodCount(target: TargetOf, at: string, random: Random): Observation[] {
  return [
    observation(target('neutrophils'), concept(coding(LOINC, '751-8')), at, {
      valueQuantity: quantity(random.integer(2, 60) * 100, '/uL'),
    }),
    observation(target('platelets'), concept(coding(LOINC, '777-3')), at, {
      valueQuantity: quantity(random.integer(20, 380), '10*9/L'),
    }),
  ];
}

/** Sodium twice: by code, and as a laboratory without codes sends it. */
function chemistry(target: TargetOf, at: string, random: Random): Observation[] {
  return [
    observation(target('ferritin'), concept(coding(LOINC, '2276-4')), at, {
      valueQuantity: quantity(random.integer(40, 2500), 'ug/L'),
    }),
    observation(target('sodium'), concept(coding(LOINC, '2951-2')), at, {
      valueQuantity: quantity(random.integer(132, 145), 'mmol/L'),
    }),
    observation(target('potassium'), { text: 'Potassium, plasma' }, at, {
      valueQuantity: { value: random.integer(32, 52) / 10, unit: 'mmol/L' },
    }),
  ];
}

function medication(target: TargetOf, date: PartialDate, random: Random): Resource {
  const drug = random.pick([coding(RXNORM, '26225'), coding(RXNORM, '161')]);
  if (random.chance(0.6)) return administration(target('drug'), [drug], date, undefined);
  const { patientId, id } = target('drug');
  const request: MedicationRequest = {
    resourceType: 'MedicationRequest',
    id,
    meta: metaOf(HOSPITAL_A),
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: concept(drug),
    subject: patientReference(patientId),
    authoredOn: date,
  };
  return request;
}

/** Conditions that have nothing to do with the leukaemia, one of them without any code. */
function complaints(plan: PatientPlan, random: Random): PlannedResource[] {
  const [date = CUTOFF] = random.shuffle(plan.visits);
  const target = (kind: string): Target => ({ patientId: plan.patientId, id: `${plan.patientId}-${kind}` });
  const coded = random.pick([
    [coding(ICD10_CM, 'K59.00')],
    [coding(ICD10_CM, 'L20.9')],
    [coding(SNOMED, '386661006'), coding(ICD10_CM, 'R50.9')],
  ]);
  return [
    { resource: condition(target('complaint-1'), coded, date), date },
    {
      resource: {
        ...condition(target('complaint-2'), [], date),
        code: { text: 'School absence, counselling' },
      },
      date,
    },
  ];
}

/** Encounters that never took place: one to come, one called off. Neither is a contact. */
function appointments(plan: PatientPlan): PlannedResource[] {
  const last = plan.visits.at(-1) ?? CUTOFF;
  const later = (days: number): string => localDateTime(addDays(last, days), '10:00');
  const target = (kind: string): Target => ({ patientId: plan.patientId, id: `${plan.patientId}-${kind}` });
  return [
    { resource: encounter(target('appointment-1'), 'planned', later(90)), date: last },
    { resource: encounter(target('appointment-2'), 'cancelled', later(30)), date: last },
  ];
}

const STUDIES = { ELIANA: 'NCT02435849', CCTL019B2001X: 'NCT03123939', CASSIOPEIA: 'NCT03876769' } as const;

/** By which trial the product was had. */
function enrolment({ patientId, accessRoute, infusions }: PatientPlan): PlannedResource[] {
  const [first] = infusions;
  if (accessRoute === undefined || accessRoute === 'COMMERCIAL' || first === undefined) return [];
  return [
    {
      resource: {
        resourceType: 'ResearchSubject',
        id: `${patientId}-enrolment`,
        meta: metaOf(HOSPITAL_A),
        status: 'on-study',
        study: {
          type: 'ResearchStudy',
          identifier: { system: 'https://clinicaltrials.gov', value: STUDIES[accessRoute] },
        },
        individual: patientReference(patientId),
      },
      date: addDays(first.date, -60),
    },
  ];
}
