/**
 * Everything that is true of one synthetic patient, before any of it is written as FHIR. The facts have the shapes
 * of the canonical model without sources, so that a dialect has nothing left to decide but how to say them.
 */
import type {
  Assertion,
  BCells,
  Cytogenetics,
  Death,
  Diagnosis,
  DiseaseStatus,
  Hct,
  Lymphodepletion,
  MarrowBlasts,
  Mrd,
  Product,
  SecondMalignancy,
  Therapy,
  VitalStatus,
} from '../cohort/cohort-record.generated.ts';
import type { PartialDate } from '../core/partial-date.ts';

/** A fact of the canonical model as it is planned: no source yet, the course follows from the dates. */
export type Planned<T> = Omit<T, 'sources' | 'course'>;

export interface PlannedInfusion {
  readonly date: PartialDate;
  /** 10*6 CAR-positive viable T cells per kg; at most one of the two doses is planned. */
  readonly dosePerKg?: number;
  /** 10*6 CAR-positive viable T cells. */
  readonly doseAbsolute?: number;
  /** `code` as the native code system writes it, or UNKNOWN. */
  readonly product: Product;
  readonly lymphodepletion: readonly Planned<Lymphodepletion>[];
}

/** How the sending engine makes redelivery harmless: an id of its own, or an identifier to look for. */
type Delivery = 'PUT' | 'CONDITIONAL_CREATE';

export type AccessRoute = 'ELIANA' | 'CCTL019B2001X' | 'CASSIOPEIA' | 'COMMERCIAL';

export interface PatientPlan {
  /** Logical id of the Patient, and the prefix of all other ids. */
  readonly patientId: string;
  /** What the noise around the course is drawn from. */
  readonly seed: string;
  readonly delivery: Delivery;
  /** Another hospital keeps a Patient of its own for the same person and repeats some results. */
  readonly otherHospital: boolean;
  readonly accessRoute?: AccessRoute;
  readonly birthDate?: PartialDate;
  readonly sex?: 'FEMALE' | 'MALE';
  readonly diagnoses: readonly Planned<Diagnosis>[];
  readonly cytogenetics: readonly Planned<Cytogenetics>[];
  /** Before and after the infusion alike. */
  readonly therapies: readonly Planned<Therapy>[];
  readonly hcts: readonly Planned<Hct>[];
  readonly infusions: readonly PlannedInfusion[];
  readonly diseaseStatus: readonly Planned<DiseaseStatus>[];
  readonly marrowBlasts: readonly Planned<MarrowBlasts>[];
  readonly mrd: readonly Planned<Mrd>[];
  readonly bCells: readonly Planned<BCells>[];
  readonly assertions: readonly Planned<Assertion>[];
  readonly vitalStatus: readonly Planned<VitalStatus>[];
  readonly secondMalignancies: readonly Planned<SecondMalignancy>[];
  readonly death?: Planned<Death>;
  /** Days on which the patient was seen, ascending; everyday care is written around them, none without them. */
  readonly visits: readonly PartialDate[];
}

/** A plan of a patient of whom nothing is known but that they exist. */
export function emptyPlan(patientId: string): PatientPlan {
  return {
    patientId,
    seed: patientId,
    delivery: 'PUT',
    otherHospital: false,
    diagnoses: [],
    cytogenetics: [],
    therapies: [],
    hcts: [],
    infusions: [],
    diseaseStatus: [],
    marrowBlasts: [],
    mrd: [],
    bCells: [],
    assertions: [],
    vitalStatus: [],
    secondMalignancies: [],
    visits: [],
  };
}
