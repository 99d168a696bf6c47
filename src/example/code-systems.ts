/** Names of the code systems that the dialects write in. */
const CARTOGRAPH = 'https://cartograph.example.org/fhir';

export const NATIVE = {
  observation: `${CARTOGRAPH}/CodeSystem/cartograph-observation`,
  component: `${CARTOGRAPH}/CodeSystem/cartograph-component`,
  diseaseStatus: `${CARTOGRAPH}/CodeSystem/cartograph-disease-status`,
  site: `${CARTOGRAPH}/CodeSystem/cartograph-site`,
  relapseLevel: `${CARTOGRAPH}/CodeSystem/cartograph-relapse-level`,
  cd19Class: `${CARTOGRAPH}/CodeSystem/cartograph-cd19-class`,
  mrdMethod: `${CARTOGRAPH}/CodeSystem/cartograph-mrd-method`,
  mrdCall: `${CARTOGRAPH}/CodeSystem/cartograph-mrd-call`,
  specimen: `${CARTOGRAPH}/CodeSystem/cartograph-specimen`,
  product: `${CARTOGRAPH}/CodeSystem/cartograph-product`,
  costimulation: `${CARTOGRAPH}/CodeSystem/cartograph-costimulation`,
  cellSource: `${CARTOGRAPH}/CodeSystem/cartograph-cell-source`,
  procedure: `${CARTOGRAPH}/CodeSystem/cartograph-procedure`,
  hctDonor: `${CARTOGRAPH}/CodeSystem/cartograph-hct-donor`,
  conditioning: `${CARTOGRAPH}/CodeSystem/cartograph-conditioning`,
  therapyIntent: `${CARTOGRAPH}/CodeSystem/cartograph-therapy-intent`,
  therapyReason: `${CARTOGRAPH}/CodeSystem/cartograph-therapy-reason`,
  agent: `${CARTOGRAPH}/CodeSystem/cartograph-agent`,
  malignancyClass: `${CARTOGRAPH}/CodeSystem/cartograph-malignancy-class`,
  marker: `${CARTOGRAPH}/CodeSystem/cartograph-marker`,
  vitalStatus: `${CARTOGRAPH}/CodeSystem/cartograph-vital-status`,
  deathCause: `${CARTOGRAPH}/CodeSystem/cartograph-death-cause`,
  blinatumomabResponse: `${CARTOGRAPH}/CodeSystem/cartograph-blinatumomab-response`,
  condition: `${CARTOGRAPH}/CodeSystem/cartograph-condition`,
} as const;

/** URL of one of our own extensions. */
export function extensionUrl(name: string): string {
  return `${CARTOGRAPH}/StructureDefinition/${name}`;
}

export const LOINC = 'http://loinc.org';
export const SNOMED = 'http://snomed.info/sct';
export const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';
export const ATC = 'http://www.whocc.no/atc';
export const CPT = 'http://www.ama-assn.org/go/cpt';
export const ICD10_CM = 'http://hl7.org/fhir/sid/icd-10-cm';
export const ICD10_PCS = 'http://www.cms.gov/Medicare/Coding/ICD10';
export const UCUM = 'http://unitsofmeasure.org';
export const ICD10_GM = 'http://fhir.de/CodeSystem/bfarm/icd-10-gm';
export const OPS = 'http://fhir.de/CodeSystem/bfarm/ops';
/** The German edition of the ATC index. */
export const ATC_GM = 'http://fhir.de/CodeSystem/bfarm/atc';
export const HCPCS = 'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets';
export const HGNC = 'http://www.genenames.org/geneId';
