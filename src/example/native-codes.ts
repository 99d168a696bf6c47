/** How the native code systems write the values of the canonical model (docs/native-input.md, "Codes"). */
import type {
  Assertion,
  BCells,
  Cytogenetics,
  Death,
  DiseaseStatus,
  Hct,
  Mrd,
  Product,
  SecondMalignancy,
  Specimen,
  Therapy,
  VitalStatus,
} from '../cohort/cohort-record.generated.ts';

type Codes<T extends string | undefined> = Readonly<Record<NonNullable<T>, string>>;

export const DISEASE_STATUS_CODES: Codes<DiseaseStatus['status']> = {
  CR: 'CR',
  CRI: 'CRi',
  REMISSION: 'remission',
  NR: 'NR',
  PROGRESSIVE: 'progressive-disease',
  RELAPSE: 'relapse',
  NOT_EVALUABLE: 'not-evaluable',
};
export const LEVEL_CODES: Codes<DiseaseStatus['level']> = {
  MORPHOLOGIC: 'morphologic',
  MOLECULAR: 'molecular',
  EXTRAMEDULLARY: 'extramedullary',
};
export const SITE_CODES: Codes<NonNullable<DiseaseStatus['sites']>[number]> = {
  MARROW: 'marrow',
  CNS: 'cns',
  TESTIS: 'testis',
  OTHER_EXTRAMEDULLARY: 'other-extramedullary',
};
export const CD19_CODES: Codes<DiseaseStatus['cd19']> = {
  POSITIVE: 'positive',
  NEGATIVE: 'negative',
  DIM: 'dim',
  MIXED: 'mixed',
  UNKNOWN: 'unknown',
};
/** A method that is not known is not written. */
export const MRD_METHOD_CODES: Codes<Exclude<Mrd['method'], 'UNKNOWN'>> = {
  FCM: 'flow-cytometry',
  RQ_PCR: 'rq-pcr-ig-tr',
  FUSION_QPCR: 'fusion-qpcr',
  NGS: 'ngs',
};
export const MRD_CALL_CODES: Codes<Mrd['call']> = {
  POSITIVE: 'positive',
  NEGATIVE: 'negative',
  POSITIVE_NOT_QUANTIFIABLE: 'positive-not-quantifiable',
  INDETERMINATE: 'indeterminate',
};
/** A specimen of no named kind is not written. */
export const SPECIMEN_CODES: Codes<Exclude<Specimen, 'OTHER' | 'UNKNOWN'>> = {
  BLOOD: 'blood',
  MARROW: 'marrow',
  CSF: 'csf',
};
export const B_CELL_CODES: Codes<BCells['measure']> = {
  PERCENT_OF_LYMPHOCYTES: 'b-cells-percent-of-lymphocytes',
  PERCENT_OF_LEUKOCYTES: 'b-cells-percent-of-leukocytes',
  PER_MICROLITRE: 'b-cells-per-volume',
};
export const CELL_SOURCE_CODES: Codes<Product['cellSource']> = {
  AUTOLOGOUS: 'autologous',
  PRIOR_HCT_DONOR: 'prior-hct-donor',
  OTHER_DONOR: 'other-donor',
  OFF_THE_SHELF: 'off-the-shelf',
};
export const HCT_CODES: Codes<Hct['kind']> = {
  ALLOGENEIC: 'allogeneic-hct',
  AUTOLOGOUS: 'autologous-hct',
  UNKNOWN: 'hct',
};
export const DONOR_CODES: Codes<Hct['donor']> = {
  MSD: 'MSD',
  MUD: 'MUD',
  MMUD: 'MMUD',
  HAPLO: 'haplo',
  CORD_BLOOD: 'cord-blood',
  SYNGENEIC: 'syngeneic',
  OTHER: 'other',
};
export const CONDITIONING_CODES: Codes<Hct['conditioning']> = {
  TBI_MAC: 'TBI-MAC',
  CHEMO_MAC: 'chemo-MAC',
  RIC: 'RIC',
};
export const INTENT_CODES: Codes<Therapy['intent']> = {
  NEW_THERAPY: 'new-therapy',
  MAINTENANCE: 'maintenance',
  BRIDGING: 'bridging',
  LYMPHODEPLETION: 'lymphodepletion',
  PROPHYLAXIS: 'prophylaxis',
};
export const REASON_CODES: Codes<Therapy['reason']> = {
  LACK_OF_EFFICACY: 'lack-of-efficacy',
  RELAPSE: 'relapse',
  MRD: 'mrd',
  BCA_LOSS: 'bca-loss',
  PLANNED: 'planned',
  OTHER: 'other',
};
/** A second malignancy of no named class is written without one. */
export const MALIGNANCY_CODES: Codes<Exclude<SecondMalignancy['kind'], 'UNSPECIFIED'>> = {
  T_CELL: 't-cell',
  MYELOID: 'myeloid',
  SOLID: 'solid',
  OTHER: 'other',
};
export const MARKER_CODES: Codes<Cytogenetics['marker']> = {
  KMT2A_REARRANGEMENT: 'KMT2A-rearrangement',
  TP53_MUTATION: 'TP53-mutation',
  BCR_ABL1: 'BCR-ABL1',
  OTHER_ADVERSE: 'other-adverse',
};
export const VITAL_STATUS_CODES: Codes<VitalStatus['status']> = {
  ALIVE: 'alive',
  DEAD: 'dead',
  LOST: 'lost',
  SELF_DISCHARGED: 'self-discharged',
};
export const DEATH_CAUSE_CODES: Codes<Death['cause']> = {
  LEUKEMIA: 'leukemia',
  CRS: 'crs',
  ICANS: 'icans',
  IEC_HS: 'iec-hs',
  INFECTION: 'infection',
  HCT: 'hct',
  OTHER: 'other',
  UNKNOWN: 'unknown',
};
export const QUESTION_CODES: Codes<Assertion['question']> = {
  FIT_FOR_HCT: 'fit-for-hct',
  DONOR_AVAILABLE: 'donor-available',
  HCT_DESIRED: 'hct-desired',
  PRIOR_ALLOGENEIC_HCT: 'prior-allogeneic-hct',
  BLINATUMOMAB_EXPOSURE: 'blinatumomab-exposure',
  BLINATUMOMAB_RESPONSE: 'blinatumomab-response',
  REFRACTORINESS: 'refractoriness',
  ADVERSE_CYTOGENETICS: 'adverse-cytogenetics',
  CD19_NEGATIVE_CLONE: 'cd19-negative-clone',
  COMORBIDITIES: 'comorbidities',
  PREVIOUS_TOXICITIES: 'previous-toxicities',
  FIRST_HCT_CONDITIONING: 'first-hct-conditioning',
  FIRST_HCT_DONOR: 'first-hct-donor',
  SEIZURE_HISTORY: 'seizure-history',
  PRES_HISTORY: 'pres-history',
  OTHER_NEUROLOGICAL_HISTORY: 'other-neurological-history',
  ABNORMAL_NEURO_IMAGING: 'abnormal-neuro-imaging',
  DEVELOPMENTAL_DELAY: 'developmental-delay',
  CARDIAC_COMORBIDITY: 'cardiac-comorbidity',
  PULMONARY_COMORBIDITY: 'pulmonary-comorbidity',
  T_CELLS_TOO_FEW: 't-cells-too-few',
  DOWN_SYNDROME: 'down-syndrome',
  CHROMOSOMAL_INSTABILITY: 'chromosomal-instability',
};
