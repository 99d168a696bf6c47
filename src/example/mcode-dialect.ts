/** Writes a plan as an oncology system does that follows mCODE, its rest in US Core style (inputs.md, "other shapes"). */
import type { Condition, Observation, Resource } from '@medplum/fhirtypes';
import type { Cytogenetics, Diagnosis, DiseaseStatus } from '../cohort/cohort-record.generated.ts';
import { HGNC, ICD10_CM, LOINC, SNOMED } from './code-systems.ts';
import { condition } from './native-acts.ts';
import { cytogeneticsObservation, diseaseStatusObservation } from './native-observations.ts';
import type { PatientPlan, Planned } from './patient-plan.ts';
import { coding, concept, observation, type PlannedResource, type Target } from './resource-builders.ts';
import { buildUsCoreResources } from './us-core-dialect.ts';
import { writeEach } from './write-facts.ts';

export function buildMcodeResources(plan: PatientPlan): readonly PlannedResource[] {
  const own = [
    ...writeEach(plan, 'diagnosis', plan.diagnoses, primaryCancerCondition),
    ...writeEach(plan, 'marker', plan.cytogenetics, geneticVariant),
    ...writeEach(plan, 'status', plan.diseaseStatus, cancerDiseaseStatus),
  ];
  const written = new Set(own.map(({ resource }) => resource.id));
  return [...own, ...buildUsCoreResources(plan).filter(({ resource }) => !written.has(resource.id))];
}

function primaryCancerCondition(target: Target, fact: Planned<Diagnosis>): Condition {
  const codings = [coding(SNOMED, '277571004'), coding(ICD10_CM, 'C91.0')];
  const resource = condition(
    target,
    codings,
    fact.date,
    fact.verification === 'REFUTED' ? 'refuted' : 'confirmed',
  );
  return {
    ...resource,
    category: [
      concept(coding('http://terminology.hl7.org/CodeSystem/condition-category', 'problem-list-item')),
    ],
  };
}

/** Answers of mCODE's value set; CR and CRi are more than it can say. */
const QUALIFIERS: Partial<Record<DiseaseStatus['status'], string>> = {
  REMISSION: '103338009',
  NR: '103337004',
  PROGRESSIVE: '271299001',
  RELAPSE: '263855007',
  NOT_EVALUABLE: '709137006',
};

function cancerDiseaseStatus(target: Target, fact: Planned<DiseaseStatus>): Resource {
  const qualifier = QUALIFIERS[fact.status];
  const detailed = [fact.level, fact.sites, fact.cd19, fact.lineageSwitch].some(
    (detail) => detail !== undefined,
  );
  if (qualifier === undefined || detailed) return diseaseStatusObservation(target, fact);
  return observation(target, concept(coding(LOINC, '97509-4')), fact.date, {
    valueCodeableConcept: concept(coding(SNOMED, qualifier)),
  });
}

const GENES: Partial<Record<Cytogenetics['marker'], string>> = {
  KMT2A_REARRANGEMENT: 'HGNC:7132',
  TP53_MUTATION: 'HGNC:11998',
};

function geneticVariant(target: Target, fact: Planned<Cytogenetics>): Observation {
  const gene = GENES[fact.marker];
  if (gene === undefined) return cytogeneticsObservation(target, fact);
  return observation(target, concept(coding(LOINC, '69548-6')), fact.date, {
    valueCodeableConcept: concept(coding(LOINC, fact.present ? 'LA9633-4' : 'LA9634-2')),
    component: [
      { code: concept(coding(LOINC, '48018-6')), valueCodeableConcept: concept(coding(HGNC, gene)) },
    ],
  });
}
