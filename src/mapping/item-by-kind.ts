/** What the record holds of each kind of fact that it lists. */
import type {
  Assertion,
  BCells,
  ClinicalSign,
  Collection,
  Cytogenetics,
  Diagnosis,
  DiseaseStatus,
  FludarabineExposure,
  Hct,
  Infection,
  IntensiveCare,
  Laboratory,
  MarrowBlasts,
  Mrd,
  NeuroAssessment,
  OxygenSupport,
  SecondMalignancy,
  SupportiveDrug,
  Therapy,
  ToxicityGrade,
  Transgene,
  VitalSign,
  VitalStatus,
} from '../cohort/cohort-record.generated.ts';

export interface ItemByKind {
  readonly assertion: Assertion;
  readonly bCells: BCells;
  readonly clinicalSign: ClinicalSign;
  readonly collection: Collection;
  readonly cytogenetics: Cytogenetics;
  readonly diagnosis: Diagnosis;
  readonly diseaseStatus: DiseaseStatus;
  readonly fludarabineExposure: FludarabineExposure;
  readonly hct: Hct;
  readonly infection: Infection;
  readonly intensiveCare: IntensiveCare;
  readonly laboratory: Laboratory;
  readonly marrowBlasts: MarrowBlasts;
  readonly mrd: Mrd;
  readonly neuroAssessment: NeuroAssessment;
  readonly oxygenSupport: OxygenSupport;
  readonly secondMalignancy: SecondMalignancy;
  readonly supportiveDrug: SupportiveDrug;
  readonly therapy: Therapy;
  readonly toxicityGrade: ToxicityGrade;
  readonly transgene: Transgene;
  readonly vitalSign: VitalSign;
  readonly vitalStatus: VitalStatus;
}
