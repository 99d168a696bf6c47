/**
 * Small CohortRecords for tests of the clinical rules: state the facts, the rest is empty. Every fact has one
 * source whose reference tells what it is, so that evidence can be read in an expectation.
 */
import type {
  Assertion,
  BCells,
  CohortRecord,
  Contact,
  Course,
  Death,
  DiseaseStatus,
  Hct,
  MarrowBlasts,
  Mrd,
  Observations,
  PartialDate,
  SecondMalignancy,
  Source,
  SourceFlag,
  Therapy,
  VitalStatus,
} from '../../src/cohort/cohort-record.generated.ts';

export interface RecordParts {
  readonly courses?: readonly Course[];
  readonly hcts?: readonly Hct[];
  readonly therapies?: readonly Therapy[];
  readonly statuses?: readonly DiseaseStatus[];
  readonly blasts?: readonly MarrowBlasts[];
  readonly mrd?: readonly Mrd[];
  readonly bCells?: readonly BCells[];
  readonly observations?: Partial<Observations>;
  readonly death?: Death;
  readonly lastContact?: PartialDate;
  readonly vitalStatus?: readonly VitalStatus[];
  readonly secondMalignancies?: readonly SecondMalignancy[];
  readonly findings?: CohortRecord['findings'];
}

export function recordOf(parts: RecordParts): CohortRecord {
  const lastContact: Contact | undefined =
    parts.lastContact === undefined
      ? undefined
      : { date: parts.lastContact, sources: from(`Observation/contact-${parts.lastContact}`) };
  return {
    modelVersion: '1.0.0',
    id: 'example',
    patient: {},
    disease: { diagnoses: [], cytogenetics: [] },
    priorTherapies: [],
    hcts: parts.hcts ?? [],
    courses: parts.courses ?? [],
    observations: {
      diseaseStatus: parts.statuses ?? [],
      marrowBlasts: parts.blasts ?? [],
      mrd: parts.mrd ?? [],
      bCells: parts.bCells ?? [],
      assertions: [],
      ...parts.observations,
    },
    laterTherapies: parts.therapies ?? [],
    followUp: {
      ...(parts.death === undefined ? {} : { death: parts.death }),
      ...(lastContact === undefined ? {} : { lastContact }),
      vitalStatus: parts.vitalStatus ?? [],
      secondMalignancies: parts.secondMalignancies ?? [],
    },
    findings: parts.findings ?? [],
  };
}

export function from(reference: string, flags?: readonly SourceFlag[]): readonly Source[] {
  return [{ reference, path: 'value', site: 'a', ...(flags === undefined ? {} : { flags }) }];
}

/** Courses numbered in the order given. */
export function infusedOn(...dates: readonly PartialDate[]): readonly Course[] {
  return dates.map((date, index) => courseOn(index + 1, date, 'tisagenlecleucel'));
}

export function courseOn(number: number, date: PartialDate, product: string): Course {
  return {
    number,
    infusion: { date, sources: from(`Procedure/infusion-${number}`) },
    product: { code: product },
    lymphodepletion: [],
  };
}

export function statusOn(
  date: PartialDate,
  status: DiseaseStatus['status'],
  more: Partial<DiseaseStatus> = {},
): DiseaseStatus {
  return { date, status, sources: from(`Observation/status-${status}-${date}`), ...more };
}

export function blastsOn(date: PartialDate, percent: number, more: Partial<MarrowBlasts> = {}): MarrowBlasts {
  return { date, percent, sources: from(`Observation/blasts-${percent}-${date}`), ...more };
}

export function mrdOn(date: PartialDate, call: NonNullable<Mrd['call']>, more: Partial<Mrd> = {}): Mrd {
  return {
    date,
    call,
    method: 'FCM',
    specimen: 'MARROW',
    sources: from(`Observation/mrd-${call}-${date}`),
    ...more,
  };
}

/** Percent of lymphocytes in blood: below 1 is aplasia by the default definition. */
export function bCellsOn(date: PartialDate, value: number, more: Partial<BCells> = {}): BCells {
  return {
    date,
    value,
    measure: 'PERCENT_OF_LYMPHOCYTES',
    specimen: 'BLOOD',
    sources: from(`Observation/b-cells-${value}-${date}`),
    ...more,
  };
}

export function therapyOn(date: PartialDate, kind: Therapy['kind'], more: Partial<Therapy> = {}): Therapy {
  return { date, kind, sources: from(`MedicationAdministration/${kind}-${date}`), ...more };
}

export function hctOn(date: PartialDate, more: Partial<Hct> = {}): Hct {
  return { date, kind: 'ALLOGENEIC', sources: from(`Procedure/hct-${date}`), ...more };
}

/** Without a date the day of death is not known. */
export function diedOn(date?: PartialDate, cause?: NonNullable<Death['cause']>): Death {
  return {
    ...(date === undefined ? {} : { date }),
    ...(cause === undefined ? {} : { cause }),
    sources: from('Patient/example'),
  };
}

export function vitalOn(date: PartialDate, status: VitalStatus['status']): VitalStatus {
  return { date, status, sources: from(`Observation/vital-${status}-${date}`) };
}

export function malignancyOn(date: PartialDate): SecondMalignancy {
  return { date, kind: 'T_CELL', sources: from(`Condition/malignancy-${date}`) };
}

export function answered(question: Assertion['question'], answer: string, date = '2024-01-01'): Assertion {
  return { question, answer, date, sources: from(`Observation/${question}-${date}`) };
}
