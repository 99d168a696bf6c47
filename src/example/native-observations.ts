/** Native observations: response, measurements, assertions, contact (docs/native-input.md, "Shapes"). */
import type { CodeableConcept, Observation, ObservationComponent, Specimen } from '@medplum/fhirtypes';
import type {
  Assertion,
  BCells,
  Comparator,
  Cytogenetics,
  Death,
  DiseaseStatus,
  MarrowBlasts,
  Mrd,
  Specimen as SpecimenKind,
  VitalStatus,
} from '../cohort/cohort-record.generated.ts';
import { LOINC, NATIVE } from './code-systems.ts';
import {
  B_CELL_CODES,
  CD19_CODES,
  CONDITIONING_CODES,
  DEATH_CAUSE_CODES,
  DISEASE_STATUS_CODES,
  DONOR_CODES,
  LEVEL_CODES,
  MARKER_CODES,
  MRD_CALL_CODES,
  MRD_METHOD_CODES,
  QUESTION_CODES,
  SITE_CODES,
  SPECIMEN_CODES,
  VITAL_STATUS_CODES,
} from './native-codes.ts';
import type { Planned } from './patient-plan.ts';
import { coding, concept, HOSPITAL_A, observation, quantity, type Target } from './resource-builders.ts';

export function diseaseStatusObservation(target: Target, fact: Planned<DiseaseStatus>): Observation {
  const component: ObservationComponent[] = (fact.sites ?? []).map((site) =>
    codedComponent('relapse-site', concept(coding(NATIVE.site, SITE_CODES[site]))),
  );
  if (fact.level !== undefined) {
    component.push(
      codedComponent('relapse-level', concept(coding(NATIVE.relapseLevel, LEVEL_CODES[fact.level]))),
    );
  }
  if (fact.cd19 !== undefined) {
    component.push(codedComponent('cd19-class', concept(coding(NATIVE.cd19Class, CD19_CODES[fact.cd19]))));
  }
  if (fact.lineageSwitch !== undefined) {
    component.push({ code: componentCode('lineage-switch'), valueBoolean: fact.lineageSwitch });
  }
  return observation(target, nativeCode('disease-status'), fact.date, {
    valueCodeableConcept: concept(coding(NATIVE.diseaseStatus, DISEASE_STATUS_CODES[fact.status])),
    ...(component.length === 0 ? {} : { component }),
  });
}

export function marrowBlastsObservation(target: Target, fact: Planned<MarrowBlasts>): Observation {
  return observation(target, concept(coding(LOINC, '11150-0')), fact.date, {
    valueQuantity: { ...comparatorOf(fact.comparator), ...quantity(fact.percent, '%') },
  });
}

/** A value alone, a call alone, or a value with the call as its interpretation. */
export function mrdObservation(target: Target, fact: Planned<Mrd>): Observation {
  const call =
    fact.call === undefined ? undefined : concept(coding(NATIVE.mrdCall, MRD_CALL_CODES[fact.call]));
  const sensitivity: ObservationComponent[] =
    fact.sensitivity === undefined
      ? []
      : [{ code: componentCode('mrd-sensitivity'), valueQuantity: quantity(fact.sensitivity, '1') }];
  return observation(target, nativeCode('mrd'), fact.date, {
    ...(fact.method === 'UNKNOWN'
      ? {}
      : { method: concept(coding(NATIVE.mrdMethod, MRD_METHOD_CODES[fact.method])) }),
    ...specimenOf(fact.specimen),
    ...(fact.value === undefined
      ? { ...(call === undefined ? {} : { valueCodeableConcept: call }) }
      : {
          valueQuantity: { ...comparatorOf(fact.comparator), ...quantity(fact.value, '1') },
          ...(call === undefined ? {} : { interpretation: [call] }),
        }),
    ...(sensitivity.length === 0 ? {} : { component: sensitivity }),
  });
}

export function bCellsObservation(target: Target, fact: Planned<BCells>): Observation {
  const unit = fact.measure === 'PER_MICROLITRE' ? '/uL' : '%';
  return observation(target, nativeCode(B_CELL_CODES[fact.measure]), fact.date, {
    ...specimenOf(fact.specimen),
    valueQuantity: { ...comparatorOf(fact.comparator), ...quantity(fact.value, unit) },
  });
}

export function cytogeneticsObservation(target: Target, fact: Planned<Cytogenetics>): Observation {
  return observation(target, nativeCode('cytogenetic-marker'), fact.date, {
    valueCodeableConcept: concept(coding(NATIVE.marker, MARKER_CODES[fact.marker])),
    component: [{ code: componentCode('marker-present'), valueBoolean: fact.present }],
  });
}

export function vitalStatusObservation(target: Target, fact: Planned<VitalStatus>): Observation {
  return observation(target, nativeCode('vital-status'), fact.date, {
    valueCodeableConcept: concept(coding(NATIVE.vitalStatus, VITAL_STATUS_CODES[fact.status])),
  });
}

/** Undefined where no cause or no day is known: the day of death is the observation's own date. */
export function causeOfDeathObservation(target: Target, death: Planned<Death>): Observation | undefined {
  if (death.cause === undefined || death.date === undefined) return undefined;
  return observation(target, nativeCode('cause-of-death'), death.date, {
    valueCodeableConcept: concept(coding(NATIVE.deathCause, DEATH_CAUSE_CODES[death.cause])),
  });
}

/** Throws RangeError on an answer that the question does not allow. */
export function assertionObservation(target: Target, fact: Planned<Assertion>): Observation {
  return observation(target, nativeCode(QUESTION_CODES[fact.question]), fact.date, {
    performer: [
      {
        type: 'Practitioner',
        identifier: { system: `${HOSPITAL_A}/staff`, value: 'synthetic-clinician' },
      },
    ],
    ...answerOf(fact),
  });
}

function answerOf({ question, answer }: Planned<Assertion>): Partial<Observation> {
  if (answer === 'UNKNOWN') {
    return {
      dataAbsentReason: concept(
        coding('http://terminology.hl7.org/CodeSystem/data-absent-reason', 'unknown'),
      ),
    };
  }
  const code = CODED_ANSWERS[question]?.(answer);
  if (code !== undefined) return { valueCodeableConcept: concept(code) };
  if (CODED_ANSWERS[question] === undefined && (answer === 'YES' || answer === 'NO')) {
    return { valueBoolean: answer === 'YES' };
  }
  throw new RangeError(`Question ${question} has no answer "${answer}"`);
}

const CODED_ANSWERS: Partial<
  Record<Assertion['question'], (answer: string) => ReturnType<typeof coding> | undefined>
> = {
  BLINATUMOMAB_RESPONSE: (answer) => {
    if (answer === 'RESPONSE') return coding(NATIVE.blinatumomabResponse, 'response');
    return answer === 'NON_RESPONSE' ? coding(NATIVE.blinatumomabResponse, 'non-response') : undefined;
  },
  FIRST_HCT_CONDITIONING: (answer) => codeFrom(NATIVE.conditioning, CONDITIONING_CODES, answer),
  FIRST_HCT_DONOR: (answer) => codeFrom(NATIVE.hctDonor, DONOR_CODES, answer),
};

function codeFrom(system: string, codes: Readonly<Record<string, string>>, answer: string) {
  const code = codes[answer];
  return code === undefined ? undefined : coding(system, code);
}

function specimenOf(kind: SpecimenKind): Partial<Observation> {
  if (kind === 'OTHER' || kind === 'UNKNOWN') return {};
  const specimen: Specimen = {
    resourceType: 'Specimen',
    id: 'specimen',
    type: concept(coding(NATIVE.specimen, SPECIMEN_CODES[kind])),
  };
  return { contained: [specimen], specimen: { reference: '#specimen' } };
}

function comparatorOf(comparator: Comparator | undefined): { readonly comparator?: Comparator } {
  return comparator === undefined ? {} : { comparator };
}

function nativeCode(code: string): CodeableConcept {
  return concept(coding(NATIVE.observation, code));
}

function componentCode(code: string): CodeableConcept {
  return concept(coding(NATIVE.component, code));
}

function codedComponent(code: string, value: CodeableConcept): ObservationComponent {
  return { code: componentCode(code), valueCodeableConcept: value };
}
