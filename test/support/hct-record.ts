/** The HCT worked examples as records of facts; day 0 is the infusion. */
import type {
  Assertion,
  CohortRecord,
  DiseaseStatus,
  Mrd,
} from '../../src/cohort/cohort-record.generated.ts';
import { addDays, addMonthsClamped } from '../../src/core/partial-date.ts';
import {
  bCellsOn,
  blastsOn,
  courseOn,
  diedOn,
  from,
  hctOn,
  mrdOn,
  recordOf,
  statusOn,
} from './record-builder.ts';

const INFUSION = '2024-03-01';
export const onDay = (day: number) => addDays(INFUSION, day);

/** The input of a case of hct.json; null is unknown. */
export interface HctInput {
  readonly disease?: 'CR' | 'ACTIVE' | 'NO_RESPONSE' | null;
  readonly fit?: boolean | null;
  readonly priorHct?: boolean | null;
  readonly product: string;
  readonly age: number;
  readonly evalDay: number;
  readonly bca: readonly (readonly [number, 'A' | 'R'])[];
  readonly mrd: readonly (readonly [number, Mrd['method'], 'POS' | 'NEG'])[];
  readonly donor?: boolean | null;
  readonly desire?: boolean | null;
  readonly preLdBlastPct?: number | null;
  readonly preLdMrd?: number | null;
  readonly blina?: 'NOT_GIVEN' | 'FAILED' | 'RESPONDED' | null | undefined;
  readonly refractory?: boolean | null;
  readonly adverseCyto?: boolean | null;
  readonly monthsSinceFirstHct?: number;
  readonly firstHctConditioning?: string;
  readonly firstHctDonorType?: string;
  readonly postCartHctDay?: number;
  readonly alive?: boolean;
}

const PRODUCTS: Readonly<Record<string, string>> = {
  'tisa-cel': 'tisagenlecleucel',
  'brexu-cel': 'brexucabtagene-autoleucel',
  'obe-cel': 'obecabtagene-autoleucel',
  'NIH-CD19-28z': 'nih-cd19-28z',
  'PKU-CART19': 'pku-cart19',
  unknown: 'unknown',
};

/** Case H01: nothing speaks for HCT, and everything is known. */
export const NOTHING_MET: HctInput = {
  disease: 'CR',
  fit: true,
  priorHct: false,
  product: 'tisa-cel',
  age: 10,
  evalDay: 100,
  bca: [
    [14, 'A'],
    [28, 'A'],
    [90, 'A'],
  ],
  mrd: [[28, 'FCM', 'NEG']],
  donor: false,
  desire: false,
  preLdBlastPct: 1,
  blina: 'NOT_GIVEN',
  refractory: false,
  adverseCyto: false,
};

export function assertionOf(question: Assertion['question'], answer: string, date?: string): Assertion {
  return {
    question,
    answer,
    ...(date === undefined ? {} : { date }),
    sources: from(`Observation/${question}-${answer}-${date ?? 'undated'}`),
  };
}

export function hctRecord(input: HctInput): CohortRecord {
  const product = PRODUCTS[input.product] ?? input.product;
  const record = recordOf({
    courses: [
      {
        ...courseOn(1, INFUSION, product),
        lymphodepletion: [
          { agent: 'fludarabine', date: onDay(-5), sources: from('MedicationAdministration/ld') },
        ],
      },
    ],
    hcts: transplants(input),
    statuses: statuses(input),
    blasts: typeof input.preLdBlastPct === 'number' ? [blastsOn(onDay(-7), input.preLdBlastPct)] : [],
    mrd: [
      ...(typeof input.preLdMrd === 'number' ? [preLdMrd(input.preLdMrd)] : []),
      ...input.mrd.map(([day, method, call]) =>
        mrdOn(onDay(day), call === 'POS' ? 'POSITIVE' : 'NEGATIVE', { method }),
      ),
    ],
    bCells: input.bca.map(([day, call]) => bCellsOn(onDay(day), call === 'A' ? 0.1 : 12)),
    observations: { assertions: assertions(input) },
    ...(input.alive === false ? { death: diedOn(onDay(input.evalDay)) } : {}),
  });
  const birth = { value: addMonthsClamped(INFUSION, -12 * input.age), sources: from('Patient/example') };
  return { ...record, patient: { birthDate: birth } };
}

function preLdMrd(value: number): Mrd {
  return {
    date: onDay(-7),
    method: 'FCM',
    specimen: 'MARROW',
    value,
    sensitivity: 1e-5,
    sources: from('Observation/mrd-before'),
  };
}

function transplants(input: HctInput) {
  const first =
    input.monthsSinceFirstHct === undefined
      ? []
      : [
          hctOn(addMonthsClamped(onDay(input.evalDay), -input.monthsSinceFirstHct), {
            ...(input.firstHctConditioning === 'TBI' ? { conditioning: 'TBI_MAC' as const } : {}),
            ...(input.firstHctDonorType === 'MSD' ? { donor: 'MSD' as const } : {}),
          }),
        ];
  return [...first, ...(input.postCartHctDay === undefined ? [] : [hctOn(onDay(input.postCartHctDay))])];
}

function statuses({ disease, evalDay }: HctInput): readonly DiseaseStatus[] {
  if (disease === 'NO_RESPONSE') return [statusOn(onDay(28), 'NR')];
  if (disease === 'ACTIVE') return [statusOn(onDay(28), 'CR'), statusOn(onDay(evalDay), 'RELAPSE')];
  return disease === 'CR' ? [statusOn(onDay(28), 'CR')] : [];
}

function assertions(input: HctInput): readonly Assertion[] {
  const yesNo = (question: Assertion['question'], value: boolean | null | undefined) =>
    typeof value === 'boolean' ? [assertionOf(question, value ? 'YES' : 'NO', onDay(input.evalDay))] : [];
  const blina = {
    NOT_GIVEN: [assertionOf('BLINATUMOMAB_EXPOSURE', 'NO', onDay(-20))],
    FAILED: [
      assertionOf('BLINATUMOMAB_EXPOSURE', 'YES', onDay(-20)),
      assertionOf('BLINATUMOMAB_RESPONSE', 'NON_RESPONSE', onDay(-20)),
    ],
    RESPONDED: [
      assertionOf('BLINATUMOMAB_EXPOSURE', 'YES', onDay(-20)),
      assertionOf('BLINATUMOMAB_RESPONSE', 'RESPONSE', onDay(-20)),
    ],
  };
  return [
    ...yesNo('FIT_FOR_HCT', input.fit),
    ...yesNo('PRIOR_ALLOGENEIC_HCT', input.priorHct),
    ...yesNo('DONOR_AVAILABLE', input.donor),
    ...yesNo('HCT_DESIRED', input.desire),
    ...yesNo('REFRACTORINESS', input.refractory),
    ...yesNo('ADVERSE_CYTOGENETICS', input.adverseCyto),
    ...(input.blina ? blina[input.blina] : []),
  ];
}
