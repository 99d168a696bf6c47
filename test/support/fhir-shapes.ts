/** Short forms of FHIR resources for tables of cases; every one is about `Patient/p`. */
import type { Resource } from '@medplum/fhirtypes';

const BASE = 'https://cartograph.example.org/fhir';

export const system = (name: string): string => `${BASE}/CodeSystem/cartograph-${name}`;
export const extensionUrl = (name: string): string => `${BASE}/StructureDefinition/${name}`;
export const LOINC = 'http://loinc.org';
export const ICD = 'http://hl7.org/fhir/sid/icd-10-cm';
export const SNOMED = 'http://snomed.info/sct';
export const CPT = 'http://www.ama-assn.org/go/cpt';
export const ATC = 'http://www.whocc.no/atc';
export const ICD_GM = 'http://fhir.de/CodeSystem/bfarm/icd-10-gm';
export const OPS = 'http://fhir.de/CodeSystem/bfarm/ops';
export const HCPCS = 'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets';
export const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';

/** `system|code` as a CodeableConcept; a native system by its short name, such as `disease-status|CR`. */
export function concept(...tokens: readonly string[]): { coding: { system: string; code: string }[] } {
  return {
    coding: tokens.map((token) => {
      const cut = token.lastIndexOf('|');
      const name = token.slice(0, cut);
      return { system: name.includes(':') ? name : system(name), code: token.slice(cut + 1) };
    }),
  };
}

export function quantity(value: number, code: string, comparator?: string): object {
  const unit = { value, unit: code, system: 'http://unitsofmeasure.org', code };
  return comparator === undefined ? unit : { ...unit, comparator };
}

/** A resource about the patient; `content` overrides every default. */
export function about(resourceType: string, content: object): Resource {
  const patient = { reference: 'Patient/p' };
  const subject = { subject: patient };
  return { resourceType, id: 'r1', ...subject, ...content } as unknown as Resource;
}

export function observation(code: string, content: object): Resource {
  return about('Observation', {
    status: 'final',
    code: concept(code),
    effectiveDateTime: '2022-03-01',
    ...content,
  });
}

export function procedure(code: string, content: object = {}): Resource {
  return about('Procedure', {
    status: 'completed',
    code: concept(code),
    performedDateTime: '2022-03-01',
    ...content,
  });
}

export function condition(code: string, content: object = {}): Resource {
  return about('Condition', { code: concept(code), onsetDateTime: '2022-03-01', ...content });
}

export function administration(medication: string, content: object = {}): Resource {
  return about('MedicationAdministration', {
    status: 'completed',
    medicationCodeableConcept: concept(medication),
    effectiveDateTime: '2022-03-01',
    ...content,
  });
}

/** An infusion of tisagenlecleucel, which makes a course. */
export function infused(date = '2022-01-01'): Resource {
  return administration(`${ATC}|L01XL04`, { id: 'infusion', effectiveDateTime: date });
}

/** In a resource: taken from marrow. */
export const MARROW = {
  contained: [{ resourceType: 'Specimen', id: 's', type: concept('specimen|marrow') }],
  specimen: { reference: '#s' },
};

export const PATIENT = {
  resourceType: 'Patient',
  id: 'p',
  birthDate: '2012-05-06',
  gender: 'female',
} as Resource;
