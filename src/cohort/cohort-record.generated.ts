/* Generated from cohort-record.schema.json by `npm run generate`; do not edit. */

/**
 * Local calendar date with its precision: YYYY, YYYY-MM or YYYY-MM-DD.
 */
export type PartialDate = string;
/**
 * How this source gave the fact, where a reader should know.
 */
export type SourceFlag =
  | 'PRELIMINARY'
  | 'MATCHED_BY_TEXT'
  | 'UNIT_BY_TEXT'
  | 'DATE_FROM_RECORDED'
  | 'DERIVED'
  | 'INTENT_ASSUMED'
  | 'NOT_DONE'
  | 'ORDER_ONLY';
/**
 * The value is a bound, as the laboratory wrote it; never coerced.
 */
export type Comparator = '<' | '<=' | '>=' | '>';
export type Specimen = 'BLOOD' | 'MARROW' | 'CSF' | 'OTHER' | 'UNKNOWN';

/**
 * The canonical record of one person: everything that is known of the CAR-T course, in canonical units, every fact with its sources.
 */
export interface CohortRecord {
  readonly modelVersion: '1.0.0';
  /**
   * The smallest of the person's Patient ids.
   */
  readonly id: string;
  readonly patient: Patient;
  readonly disease: Disease;
  /**
   * Before the first infusion; all of them where there is none.
   */
  readonly priorTherapies: readonly Therapy[];
  readonly hcts: readonly Hct[];
  /**
   * One for each infusion, numbered from 1 by date.
   */
  readonly courses: readonly Course[];
  readonly observations: Observations;
  /**
   * From the first infusion on.
   */
  readonly laterTherapies: readonly Therapy[];
  readonly followUp: FollowUp;
  readonly findings: readonly Finding[];
}
/**
 * The person (clinical specification 1.1). Weight and height are vital signs; histories are assertions.
 */
export interface Patient {
  readonly birthDate?: {
    readonly value: PartialDate;
    /**
     * Where the fact comes from; every derived result can be followed back to these.
     *
     * @minItems 1
     */
    readonly sources: readonly Source[];
  };
  readonly sex?: {
    readonly value: 'FEMALE' | 'MALE' | 'OTHER' | 'UNKNOWN';
    /**
     * Where the fact comes from; every derived result can be followed back to these.
     *
     * @minItems 1
     */
    readonly sources: readonly Source[];
  };
}
/**
 * One element of one resource that carries the fact.
 */
export interface Source {
  /**
   * Type/id of the resource.
   */
  readonly reference: string;
  /**
   * Version of the resource that was read.
   */
  readonly versionId?: string;
  /**
   * FHIRPath of the element.
   */
  readonly path: string;
  /**
   * Site that the resource belongs to.
   */
  readonly site: string;
  readonly flags?: readonly SourceFlag[];
  /**
   * Reference of the person who asserted it.
   */
  readonly author?: string;
}
/**
 * The leukaemia (clinical specification 1.2).
 */
export interface Disease {
  readonly diagnoses: readonly Diagnosis[];
  readonly cytogenetics: readonly Cytogenetics[];
}
/**
 * The leukaemia; date is its onset.
 */
export interface Diagnosis {
  readonly kind: 'B_ALL';
  readonly verification: 'CONFIRMED' | 'REFUTED';
  readonly date?: PartialDate;
  /**
   * Where the fact comes from; every derived result can be followed back to these.
   *
   * @minItems 1
   */
  readonly sources: readonly Source[];
}
/**
 * A genetic marker of the leukaemia, found or excluded.
 */
export interface Cytogenetics {
  readonly marker: 'KMT2A_REARRANGEMENT' | 'TP53_MUTATION' | 'BCR_ABL1' | 'OTHER_ADVERSE';
  readonly present: boolean;
  readonly date?: PartialDate;
  /**
   * Where the fact comes from; every derived result can be followed back to these.
   *
   * @minItems 1
   */
  readonly sources: readonly Source[];
}
/**
 * An anti-leukaemic therapy (clinical specification 1.3, 1.9).
 */
export interface Therapy {
  kind:
    | 'BLINATUMOMAB'
    | 'INOTUZUMAB'
    | 'RITUXIMAB'
    | 'TYROSINE_KINASE_INHIBITOR'
    | 'CHEMOTHERAPY'
    | 'INTRATHECAL'
    | 'DLI'
    | 'RADIOTHERAPY'
    | 'OTHER';
  /**
   * International nonproprietary name in lower case, words joined by hyphens.
   */
  readonly agent?: string;
  readonly date: PartialDate;
  readonly endDate?: PartialDate;
  readonly intent?: 'NEW_THERAPY' | 'MAINTENANCE' | 'BRIDGING' | 'LYMPHODEPLETION' | 'PROPHYLAXIS';
  readonly reason?: 'LACK_OF_EFFICACY' | 'RELAPSE' | 'MRD' | 'BCA_LOSS' | 'PLANNED' | 'OTHER';
  /**
   * The course it falls into: the latest infusion before that day; 0 before the first.
   */
  readonly course?: number;
  /**
   * Where the fact comes from; every derived result can be followed back to these.
   *
   * @minItems 1
   */
  readonly sources: readonly Source[];
}
/**
 * A haematopoietic cell transplantation, before or after CAR-T.
 */
export interface Hct {
  readonly date: PartialDate;
  readonly kind: 'ALLOGENEIC' | 'AUTOLOGOUS' | 'UNKNOWN';
  readonly donor?: 'MSD' | 'MUD' | 'MMUD' | 'HAPLO' | 'CORD_BLOOD' | 'SYNGENEIC' | 'OTHER';
  readonly conditioning?: 'TBI_MAC' | 'CHEMO_MAC' | 'RIC';
  readonly conditioningStart?: PartialDate;
  /**
   * The course it falls into: the latest infusion before that day; 0 before the first.
   */
  readonly course?: number;
  /**
   * Where the fact comes from; every derived result can be followed back to these.
   *
   * @minItems 1
   */
  readonly sources: readonly Source[];
}
/**
 * One CAR-T infusion and what belongs to the act. What is measured afterwards stands once under observations, with its course number.
 */
export interface Course {
  readonly number: number;
  readonly infusion: Infusion;
  readonly product: Product;
  readonly fludarabineExposure?: FludarabineExposure;
  readonly lymphodepletion: readonly Lymphodepletion[];
}
/**
 * The infusion of CAR-T cells; its date is day 0 (clinical specification 0.2, 1.6).
 */
export interface Infusion {
  readonly date: PartialDate;
  /**
   * Time of day and offset as written, for what is graded within a day, such as 14:30:00+01:00.
   */
  readonly time?: string;
  /**
   * Whole minutes since 1970-01-01T00:00Z, for durations in hours.
   */
  readonly epochMinute?: number;
  /**
   * 10*6 CAR-positive viable T cells per kg, all fractions together.
   */
  readonly dosePerKg?: number;
  /**
   * 10*6 CAR-positive viable T cells, all fractions together.
   */
  readonly doseAbsolute?: number;
  /**
   * Present when the dose was split over several days.
   */
  readonly fractions?: readonly Fraction[];
  /**
   * Where the fact comes from; every derived result can be followed back to these.
   *
   * @minItems 1
   */
  readonly sources: readonly Source[];
}
/**
 * One part of a split dose.
 */
export interface Fraction {
  readonly date: PartialDate;
  /**
   * 10*6 CAR-positive viable T cells per kg.
   */
  readonly dosePerKg?: number;
  /**
   * 10*6 CAR-positive viable T cells.
   */
  readonly doseAbsolute?: number;
  /**
   * Where the fact comes from; every derived result can be followed back to these.
   *
   * @minItems 1
   */
  readonly sources: readonly Source[];
}
/**
 * The CAR-T product (clinical specification 1.4).
 */
export interface Product {
  /**
   * Code of the product table, or UNKNOWN.
   */
  readonly code: string;
  /**
   * As recorded with the product; the product table answers where this is absent.
   */
  readonly costimulation?: readonly ('4-1BB' | 'CD28' | 'OX40')[];
  readonly cellSource?: 'AUTOLOGOUS' | 'PRIOR_HCT_DONOR' | 'OTHER_DONOR' | 'OFF_THE_SHELF';
  readonly lot?: string;
}
/**
 * Cumulative exposure to fludarabine of one lymphodepletion (clinical specification 1.5, elements 84 and 85).
 */
export interface FludarabineExposure {
  /**
   * Area under the curve in mg.h/L.
   */
  readonly auc: number;
  readonly comparator?: Comparator;
  readonly method?: 'MEASURED' | 'POPULATION_PK';
  readonly date?: PartialDate;
  /**
   * Where the fact comes from; every derived result can be followed back to these.
   *
   * @minItems 1
   */
  readonly sources: readonly Source[];
}
/**
 * One lymphodepleting drug, day -14 to -1 (clinical specification 1.5).
 */
export interface Lymphodepletion {
  /**
   * International nonproprietary name in lower case, words joined by hyphens.
   */
  readonly agent: string;
  readonly date: PartialDate;
  readonly endDate?: PartialDate;
  /**
   * mg/m2 a day.
   */
  readonly dosePerSquareMetre?: number;
  /**
   * Where the fact comes from; every derived result can be followed back to these.
   *
   * @minItems 1
   */
  readonly sources: readonly Source[];
}
/**
 * Everything assessed or measured, each kind sorted by date.
 */
export interface Observations {
  readonly diseaseStatus: readonly DiseaseStatus[];
  readonly marrowBlasts: readonly MarrowBlasts[];
  readonly mrd: readonly Mrd[];
  readonly bCells: readonly BCells[];
  readonly assertions: readonly Assertion[];
  readonly collections?: readonly Collection[];
  readonly laboratory?: readonly Laboratory[];
  readonly vitalSigns?: readonly VitalSign[];
  readonly toxicityGrades?: readonly ToxicityGrade[];
  readonly supportiveDrugs?: readonly SupportiveDrug[];
  readonly infections?: readonly Infection[];
  readonly intensiveCare?: readonly IntensiveCare[];
  readonly transgene?: readonly Transgene[];
  readonly oxygenSupport?: readonly OxygenSupport[];
  readonly clinicalSigns?: readonly ClinicalSign[];
  readonly neuroAssessments?: readonly NeuroAssessment[];
}
/**
 * Response or relapse as assessed (clinical specification 4.1, 4.3). REMISSION is CR or CRi, which of them is not said.
 */
export interface DiseaseStatus {
  readonly date: PartialDate;
  readonly status: 'CR' | 'CRI' | 'REMISSION' | 'NR' | 'PROGRESSIVE' | 'RELAPSE' | 'NOT_EVALUABLE';
  readonly level?: 'MORPHOLOGIC' | 'MOLECULAR' | 'EXTRAMEDULLARY';
  /**
   * @minItems 1
   */
  readonly sites?: readonly ('MARROW' | 'CNS' | 'TESTIS' | 'OTHER_EXTRAMEDULLARY')[];
  readonly cd19?: 'POSITIVE' | 'NEGATIVE' | 'DIM' | 'MIXED' | 'UNKNOWN';
  readonly lineageSwitch?: boolean;
  /**
   * The course it falls into: the latest infusion before that day; 0 before the first.
   */
  readonly course?: number;
  /**
   * Where the fact comes from; every derived result can be followed back to these.
   *
   * @minItems 1
   */
  readonly sources: readonly Source[];
}
/**
 * Blasts in marrow.
 */
export interface MarrowBlasts {
  readonly date: PartialDate;
  /**
   * Percent of nucleated cells.
   */
  readonly percent: number;
  readonly comparator?: Comparator;
  /**
   * The course it falls into: the latest infusion before that day; 0 before the first.
   */
  readonly course?: number;
  /**
   * Where the fact comes from; every derived result can be followed back to these.
   *
   * @minItems 1
   */
  readonly sources: readonly Source[];
}
/**
 * Minimal residual disease (clinical specification 4.2).
 */
export interface Mrd {
  readonly date: PartialDate;
  readonly method: 'FCM' | 'RQ_PCR' | 'FUSION_QPCR' | 'NGS' | 'UNKNOWN';
  readonly specimen: Specimen;
  readonly call?: 'POSITIVE' | 'NEGATIVE' | 'POSITIVE_NOT_QUANTIFIABLE' | 'INDETERMINATE';
  /**
   * Fraction of nucleated cells.
   */
  readonly value?: number;
  readonly comparator?: Comparator;
  /**
   * Lowest fraction that the assay detects.
   */
  readonly sensitivity?: number;
  /**
   * The course it falls into: the latest infusion before that day; 0 before the first.
   */
  readonly course?: number;
  /**
   * Where the fact comes from; every derived result can be followed back to these.
   *
   * @minItems 1
   */
  readonly sources: readonly Source[];
}
/**
 * CD19-positive B cells (clinical specification 3).
 */
export interface BCells {
  readonly date: PartialDate;
  readonly measure: 'PERCENT_OF_LYMPHOCYTES' | 'PERCENT_OF_LEUKOCYTES' | 'PER_MICROLITRE';
  readonly specimen: Specimen;
  /**
   * Percent, or cells per microlitre, as measure says.
   */
  readonly value: number;
  readonly comparator?: Comparator;
  /**
   * The course it falls into: the latest infusion before that day; 0 before the first.
   */
  readonly course?: number;
  /**
   * Where the fact comes from; every derived result can be followed back to these.
   *
   * @minItems 1
   */
  readonly sources: readonly Source[];
}
/**
 * What a clinician or data manager states: a lifelong never or yes, a decision, a judgement. The latest one counts.
 */
export interface Assertion {
  question:
    | 'FIT_FOR_HCT'
    | 'DONOR_AVAILABLE'
    | 'HCT_DESIRED'
    | 'PRIOR_ALLOGENEIC_HCT'
    | 'BLINATUMOMAB_EXPOSURE'
    | 'BLINATUMOMAB_RESPONSE'
    | 'REFRACTORINESS'
    | 'ADVERSE_CYTOGENETICS'
    | 'CD19_NEGATIVE_CLONE'
    | 'COMORBIDITIES'
    | 'PREVIOUS_TOXICITIES'
    | 'FIRST_HCT_CONDITIONING'
    | 'FIRST_HCT_DONOR'
    | 'SEIZURE_HISTORY'
    | 'PRES_HISTORY'
    | 'OTHER_NEUROLOGICAL_HISTORY'
    | 'ABNORMAL_NEURO_IMAGING'
    | 'DEVELOPMENTAL_DELAY'
    | 'CARDIAC_COMORBIDITY'
    | 'PULMONARY_COMORBIDITY'
    | 'T_CELLS_TOO_FEW'
    | 'DOWN_SYNDROME'
    | 'CHROMOSOMAL_INSTABILITY';
  /**
   * YES, NO, UNKNOWN, or a code where the question asks for one: RESPONSE or NON_RESPONSE to blinatumomab.
   */
  readonly answer: string;
  readonly date?: PartialDate;
  /**
   * Where the fact comes from; every derived result can be followed back to these.
   *
   * @minItems 1
   */
  readonly sources: readonly Source[];
}
/**
 * Cells collected, or an infusion that was explicitly not done.
 */
export interface Collection {
  readonly date: PartialDate;
  readonly kind: 'LEUKAPHERESIS' | 'INFUSION_NOT_DONE';
  /**
   * CD3-positive cells in blood at the collection.
   */
  readonly cd3PerMicrolitre?: number;
  /**
   * Where the fact comes from; every derived result can be followed back to these.
   *
   * @minItems 1
   */
  readonly sources: readonly Source[];
}
/**
 * A laboratory value.
 */
export interface Laboratory {
  readonly date: PartialDate;
  /**
   * Time of day and offset as written, for what is graded within a day, such as 14:30:00+01:00.
   */
  readonly time?: string;
  /**
   * Whole minutes since 1970-01-01T00:00Z, for durations in hours.
   */
  readonly epochMinute?: number;
  /**
   * Canonical name: anc, alc, cd3 (cells per microlitre); wbc, platelets (10*9/L); haemoglobin (g/dL); igg, iga, igm, fibrinogen, triglycerides (mg/dL); ferritin (ug/L); scd25, ast, alt, ldh (U/mL for scd25, U/L else); bilirubin, direct-bilirubin, creatinine (mg/dL); crp (mg/L); il-2, il-4, il-6, il-10, il-17a, ifn-gamma, tnf-alpha (pg/mL); inr (1); pt, aptt (s).
   */
  readonly analyte: string;
  /**
   * In the canonical unit of clinical specification 0.4.
   */
  readonly value: number;
  readonly comparator?: Comparator;
  /**
   * Lower limit of the laboratory's reference range, in the unit of the value.
   */
  readonly lowerLimit?: number;
  /**
   * Upper limit of the laboratory's reference range, in the unit of the value.
   */
  readonly upperLimit?: number;
  /**
   * The course it falls into: the latest infusion before that day; 0 before the first.
   */
  readonly course?: number;
  /**
   * Where the fact comes from; every derived result can be followed back to these.
   *
   * @minItems 1
   */
  readonly sources: readonly Source[];
}
/**
 * A vital sign.
 */
export interface VitalSign {
  readonly date: PartialDate;
  /**
   * Time of day and offset as written, for what is graded within a day, such as 14:30:00+01:00.
   */
  readonly time?: string;
  /**
   * Whole minutes since 1970-01-01T00:00Z, for durations in hours.
   */
  readonly epochMinute?: number;
  /**
   * Canonical name: temperature (Cel), systolic, diastolic, mean-arterial (mm[Hg]), oxygen-saturation (%), heart-rate (/min), weight (kg), height (cm).
   */
  readonly sign: string;
  readonly value: number;
  /**
   * True where a clinician attributes it to something else than the CAR-T cells; it does not count then.
   */
  readonly otherCause?: boolean;
  /**
   * The course it falls into: the latest infusion before that day; 0 before the first.
   */
  readonly course?: number;
  /**
   * Where the fact comes from; every derived result can be followed back to these.
   *
   * @minItems 1
   */
  readonly sources: readonly Source[];
}
/**
 * A toxicity grade as reported (clinical specification 2).
 */
export interface ToxicityGrade {
  readonly date: PartialDate;
  /**
   * Time of day and offset as written, for what is graded within a day, such as 14:30:00+01:00.
   */
  readonly time?: string;
  /**
   * Whole minutes since 1970-01-01T00:00Z, for durations in hours.
   */
  readonly epochMinute?: number;
  readonly toxicity: 'CRS' | 'ICANS' | 'CRES' | 'ICAHT' | 'IEC_HS' | 'HLH' | 'GVHD' | 'NEUTROPENIA' | 'OTHER';
  /**
   * Grading system and version: ASTCT-2019, LEE-2014, PENN, CARTOX, CTCAE-4, CTCAE-5, EHA-EBMT-2023, ASTCT-2023, or UNKNOWN; grades are never translated between systems.
   */
  readonly system: string;
  readonly grade?: number;
  readonly endDate?: PartialDate;
  /**
   * Of ICAHT.
   */
  readonly phase?: 'EARLY' | 'LATE';
  /**
   * REPORTED where absent. An adjudicated grade, attribution or split decides; what it overrides stays visible.
   */
  readonly method?: 'REPORTED' | 'ADJUDICATED';
  readonly attribution?: 'CAR_T' | 'OTHER_CAUSE' | 'UNKNOWN';
  /**
   * Adjudicated: true where a new episode begins on this day, false where an earlier one goes on.
   */
  readonly startsEpisode?: boolean;
  readonly decidedOn?: PartialDate;
  /**
   * The course it falls into: the latest infusion before that day; 0 before the first.
   */
  readonly course?: number;
  /**
   * Where the fact comes from; every derived result can be followed back to these.
   *
   * @minItems 1
   */
  readonly sources: readonly Source[];
}
/**
 * Vasopressor, tocilizumab, steroid, antipyretic, immunoglobulin and the like: one administration, or one period of it.
 */
export interface SupportiveDrug {
  readonly date: PartialDate;
  /**
   * Time of day and offset as written, for what is graded within a day, such as 14:30:00+01:00.
   */
  readonly time?: string;
  /**
   * Whole minutes since 1970-01-01T00:00Z, for durations in hours.
   */
  readonly epochMinute?: number;
  readonly endDate?: PartialDate;
  /**
   * International nonproprietary name in lower case, words joined by hyphens.
   */
  readonly agent: string;
  /**
   * Time of day and offset of the end, as written.
   */
  readonly endTime?: string;
  /**
   * Whole minutes since 1970-01-01T00:00Z of the end; absent while it goes on or where it is not known.
   */
  readonly endEpochMinute?: number;
  readonly dose?: number;
  /**
   * UCUM code.
   */
  readonly doseUnit?: string;
  /**
   * True where a clinician attributes it to something else than the CAR-T cells; it does not count then.
   */
  readonly otherCause?: boolean;
  /**
   * The course it falls into: the latest infusion before that day; 0 before the first.
   */
  readonly course?: number;
  /**
   * Where the fact comes from; every derived result can be followed back to these.
   *
   * @minItems 1
   */
  readonly sources: readonly Source[];
}
/**
 * An infection.
 */
export interface Infection {
  readonly date: PartialDate;
  readonly organism?: string;
  readonly site?: string;
  readonly severity?: string;
  readonly endDate?: PartialDate;
  readonly class?: 'BACTERIAL' | 'VIRAL' | 'FUNGAL' | 'OTHER' | 'UNKNOWN';
  /**
   * Antimicrobials were needed.
   */
  readonly treated?: boolean;
  readonly invasive?: boolean;
  readonly hospitalised?: boolean;
  /**
   * The course it falls into: the latest infusion before that day; 0 before the first.
   */
  readonly course?: number;
  /**
   * Where the fact comes from; every derived result can be followed back to these.
   *
   * @minItems 1
   */
  readonly sources: readonly Source[];
}
/**
 * A stay in intensive care.
 */
export interface IntensiveCare {
  readonly date: PartialDate;
  readonly endDate?: PartialDate;
  /**
   * Time of day and offset as written, for what is graded within a day, such as 14:30:00+01:00.
   */
  readonly time?: string;
  /**
   * Whole minutes since 1970-01-01T00:00Z, for durations in hours.
   */
  readonly epochMinute?: number;
  /**
   * Whole minutes since 1970-01-01T00:00Z of the end.
   */
  readonly endEpochMinute?: number;
  /**
   * The course it falls into: the latest infusion before that day; 0 before the first.
   */
  readonly course?: number;
  /**
   * Where the fact comes from; every derived result can be followed back to these.
   *
   * @minItems 1
   */
  readonly sources: readonly Source[];
}
/**
 * CAR transgene level (clinical specification 7).
 */
export interface Transgene {
  readonly date: PartialDate;
  /**
   * Copies per microgram of genomic DNA.
   */
  readonly copiesPerMicrogram: number;
  readonly comparator?: Comparator;
  readonly specimen: Specimen;
  /**
   * Lower limit of quantification of the assay, copies per microgram.
   */
  readonly lowerLimit?: number;
  /**
   * Time of day and offset as written, for what is graded within a day, such as 14:30:00+01:00.
   */
  readonly time?: string;
  /**
   * Whole minutes since 1970-01-01T00:00Z, for durations in hours.
   */
  readonly epochMinute?: number;
  /**
   * The course it falls into: the latest infusion before that day; 0 before the first.
   */
  readonly course?: number;
  /**
   * Where the fact comes from; every derived result can be followed back to these.
   *
   * @minItems 1
   */
  readonly sources: readonly Source[];
}
/**
 * Breathing support as found at one time (clinical specification 1.7, element 106); NONE is room air.
 */
export interface OxygenSupport {
  readonly date: PartialDate;
  /**
   * Time of day and offset as written, for what is graded within a day, such as 14:30:00+01:00.
   */
  readonly time?: string;
  /**
   * Whole minutes since 1970-01-01T00:00Z, for durations in hours.
   */
  readonly epochMinute?: number;
  /**
   * UNKNOWN: oxygen was given, nobody said by what.
   */
  device:
    | 'NONE'
    | 'NASAL_CANNULA'
    | 'BLOW_BY'
    | 'HIGH_FLOW_CANNULA'
    | 'FACEMASK'
    | 'NON_REBREATHER'
    | 'VENTURI'
    | 'CPAP'
    | 'BIPAP'
    | 'MECHANICAL_VENTILATION'
    | 'UNKNOWN';
  /**
   * Litres per minute.
   */
  readonly flow?: number;
  /**
   * Percent of oxygen in what is breathed in; 21 is room air.
   */
  readonly inspiredOxygen?: number;
  /**
   * True where it is given for another reason than hypoxia by the CAR-T cells: airway protection, a procedure, unchanged home support.
   */
  readonly otherCause?: boolean;
  /**
   * The course it falls into: the latest infusion before that day; 0 before the first.
   */
  readonly course?: number;
  /**
   * Where the fact comes from; every derived result can be followed back to these.
   *
   * @minItems 1
   */
  readonly sources: readonly Source[];
}
/**
 * What a clinician found present or absent at one time (clinical specification 1.7).
 */
export interface ClinicalSign {
  readonly date: PartialDate;
  /**
   * Time of day and offset as written, for what is graded within a day, such as 14:30:00+01:00.
   */
  readonly time?: string;
  /**
   * Whole minutes since 1970-01-01T00:00Z, for durations in hours.
   */
  readonly epochMinute?: number;
  /**
   * HYPOTENSION is judged for age and baseline; RENAL_INSUFFICIENCY and PULMONARY_SIGNS are those of hyperinflammation.
   */
  sign:
    | 'HYPOTENSION'
    | 'SPLENOMEGALY'
    | 'HAEMOPHAGOCYTOSIS'
    | 'LOW_NK_ACTIVITY'
    | 'PULMONARY_SIGNS'
    | 'RENAL_INSUFFICIENCY'
    | 'ACTIVE_INFECTION'
    | 'MARROW_HAEMATOGONES';
  readonly present: boolean;
  /**
   * True where a clinician attributes it to something else than the CAR-T cells; it does not count then.
   */
  readonly otherCause?: boolean;
  /**
   * The course it falls into: the latest infusion before that day; 0 before the first.
   */
  readonly course?: number;
  /**
   * Where the fact comes from; every derived result can be followed back to these.
   *
   * @minItems 1
   */
  readonly sources: readonly Source[];
}
/**
 * One neurological examination after CAR-T cells (clinical specification 1.7, elements 115 to 118; 2.2). What is absent was not examined.
 */
export interface NeuroAssessment {
  readonly date: PartialDate;
  /**
   * Time of day and offset as written, for what is graded within a day, such as 14:30:00+01:00.
   */
  readonly time?: string;
  /**
   * Whole minutes since 1970-01-01T00:00Z, for durations in hours.
   */
  readonly epochMinute?: number;
  /**
   * Immune effector cell encephalopathy score.
   */
  readonly ice?: number;
  /**
   * Cornell Assessment of Pediatric Delirium.
   */
  readonly capd?: number;
  /**
   * The score could not be taken because the patient cannot be roused or tested.
   */
  readonly unableToPerform?: boolean;
  /**
   * UNAROUSABLE also where vigorous or repeated touch is needed.
   */
  readonly consciousness?: 'AWAKENS_SPONTANEOUSLY' | 'AWAKENS_TO_VOICE' | 'AWAKENS_TO_TOUCH' | 'UNAROUSABLE';
  /**
   * Sedated or ventilated: consciousness and scores say nothing.
   */
  readonly sedated?: boolean;
  /**
   * NON_CONVULSIVE: on EEG only, resolving with treatment. REPETITIVE: without return to baseline between.
   */
  readonly seizure?: 'NONE' | 'CONVULSIVE' | 'NON_CONVULSIVE' | 'REPETITIVE';
  /**
   * Duration of the longest seizure.
   */
  readonly seizureMinutes?: number;
  readonly motor?: 'NONE' | 'TREMOR_OR_MYOCLONUS' | 'DEEP_FOCAL_WEAKNESS';
  /**
   * @minItems 1
   */
  readonly intracranial?: readonly (
    | 'NONE'
    | 'FOCAL_OEDEMA'
    | 'DIFFUSE_OEDEMA'
    | 'POSTURING'
    | 'CN6_PALSY'
    | 'PAPILLOEDEMA'
    | 'CUSHING_TRIAD'
    | 'HAEMORRHAGE'
  )[];
  /**
   * True where a clinician attributes it to something else than the CAR-T cells; it does not count then.
   */
  readonly otherCause?: boolean;
  /**
   * The course it falls into: the latest infusion before that day; 0 before the first.
   */
  readonly course?: number;
  /**
   * Where the fact comes from; every derived result can be followed back to these.
   *
   * @minItems 1
   */
  readonly sources: readonly Source[];
}
/**
 * What became of the patient (clinical specification 1.9).
 */
export interface FollowUp {
  readonly death?: Death;
  readonly vitalStatus: readonly VitalStatus[];
  readonly lastContact?: Contact;
  readonly secondMalignancies: readonly SecondMalignancy[];
}
/**
 * Absent date: dead, day unknown.
 */
export interface Death {
  readonly date?: PartialDate;
  readonly cause?: 'LEUKEMIA' | 'CRS' | 'ICANS' | 'IEC_HS' | 'INFECTION' | 'HCT' | 'OTHER' | 'UNKNOWN';
  /**
   * Where the fact comes from; every derived result can be followed back to these.
   *
   * @minItems 1
   */
  readonly sources: readonly Source[];
}
/**
 * Vital status as recorded on a day of contact.
 */
export interface VitalStatus {
  readonly date: PartialDate;
  readonly status: 'ALIVE' | 'DEAD' | 'LOST' | 'SELF_DISCHARGED';
  /**
   * Where the fact comes from; every derived result can be followed back to these.
   *
   * @minItems 1
   */
  readonly sources: readonly Source[];
}
/**
 * The last day on which the patient is known to have been seen.
 */
export interface Contact {
  readonly date: PartialDate;
  /**
   * Where the fact comes from; every derived result can be followed back to these.
   *
   * @minItems 1
   */
  readonly sources: readonly Source[];
}
/**
 * A second malignancy after the infusion.
 */
export interface SecondMalignancy {
  readonly date: PartialDate;
  readonly kind: 'T_CELL' | 'MYELOID' | 'SOLID' | 'OTHER' | 'UNSPECIFIED';
  /**
   * Where the fact comes from; every derived result can be followed back to these.
   *
   * @minItems 1
   */
  readonly sources: readonly Source[];
}
/**
 * One thing to say about the data.
 */
export interface Finding {
  /**
   * Stable code of the catalogue.
   */
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'information';
  readonly message: string;
  readonly reference?: string;
  readonly expression?: string;
  readonly found?: string;
  readonly expected?: string;
  readonly site?: string;
}
