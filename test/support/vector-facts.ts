/** The words of the worked examples as facts of a plan. */
import type {
  BCells,
  Death,
  DiseaseStatus,
  Hct,
  Mrd,
  SecondMalignancy,
  Therapy,
} from '../../src/cohort/cohort-record.generated.ts';
import type { PartialDate } from '../../src/core/partial-date.ts';
import type { Planned } from '../../src/example/patient-plan.ts';
import { isKnown, numberOf, translate } from './vector-case.ts';

export const STATUSES: Readonly<Record<string, DiseaseStatus['status']>> = {
  CR: 'CR',
  CRi: 'CRI',
  CRI: 'CRI',
  REMISSION: 'REMISSION',
  NR: 'NR',
  PD: 'PROGRESSIVE',
  PROGRESSIVE: 'PROGRESSIVE',
  NE: 'NOT_EVALUABLE',
};

export const DEATH_CAUSES: Readonly<Record<string, NonNullable<Death['cause']>>> = {
  LEUKEMIA: 'LEUKEMIA',
  CRS: 'CRS',
  ICANS: 'ICANS',
  IEC_HS: 'IEC_HS',
  INFECTION: 'INFECTION',
  HCT: 'HCT',
  OTHER: 'OTHER',
  UNKNOWN: 'UNKNOWN',
};

export const DONORS: Readonly<Record<string, NonNullable<Hct['donor']>>> = {
  MSD: 'MSD',
  MUD: 'MUD',
  MMUD: 'MMUD',
  HAPLO: 'HAPLO',
  haplo: 'HAPLO',
  CORD: 'CORD_BLOOD',
  CORD_BLOOD: 'CORD_BLOOD',
  SYNGENEIC: 'SYNGENEIC',
  OTHER: 'OTHER',
};

export const CONDITIONINGS: Readonly<Record<string, NonNullable<Hct['conditioning']>>> = {
  TBI: 'TBI_MAC',
  'TBI-MAC': 'TBI_MAC',
  TBI_MAC: 'TBI_MAC',
  CHEMO: 'CHEMO_MAC',
  'chemo-MAC': 'CHEMO_MAC',
  CHEMO_MAC: 'CHEMO_MAC',
  RIC: 'RIC',
};

export const PRODUCTS: Readonly<Record<string, string>> = {
  'tisa-cel': 'tisagenlecleucel',
  tisagenlecleucel: 'tisagenlecleucel',
  'brexu-cel': 'brexucabtagene-autoleucel',
  'obe-cel': 'obecabtagene-autoleucel',
  'axi-cel': 'axicabtagene-ciloleucel',
  'liso-cel': 'lisocabtagene-maraleucel',
  'ide-cel': 'idecabtagene-vicleucel',
  'cilta-cel': 'ciltacabtagene-autoleucel',
  'NIH-CD19-28z': 'nih-cd19-28z',
  'SCRI-CAR19': 'scri-car19',
  huCART19: 'huCART19',
  'PKU-CART19': 'pku-cart19',
  'donor-derived-CD19': 'donor-derived-cd19',
  'CARCIK-CD19': 'carcik-cd19',
  inaticabtagene: 'inaticabtagene-autoleucel',
  varnimcabtagene: 'varnimcabtagene-autoleucel',
  talicabtagene: 'talicabtagene-autoleucel',
  'relma-cel': 'relmacabtagene-autoleucel',
  'MB-CART19.1': 'mb-cart19-1',
  'other-cd19': 'other-cd19',
  unknown: 'UNKNOWN',
};

const SITES: Readonly<Record<string, NonNullable<DiseaseStatus['sites']>[number]>> = {
  BM: 'MARROW',
  CNS: 'CNS',
  TESTIS: 'TESTIS',
  EM: 'OTHER_EXTRAMEDULLARY',
  EMD: 'OTHER_EXTRAMEDULLARY',
  OTHER_EM: 'OTHER_EXTRAMEDULLARY',
  OTHER: 'OTHER_EXTRAMEDULLARY',
};

const CD19_CLASSES: Readonly<Record<string, NonNullable<DiseaseStatus['cd19']>>> = {
  POS: 'POSITIVE',
  NEG: 'NEGATIVE',
  DIM: 'DIM',
  MIXED: 'MIXED',
  UNKNOWN: 'UNKNOWN',
};

/** A relapse with what is said of it; marrow is morphologic, other sites alone are extramedullary. */
export function relapseOf(
  event: Readonly<Record<string, unknown>>,
  date: PartialDate,
  what: string,
): Planned<DiseaseStatus> {
  const sites = isKnown(event['site'])
    ? String(event['site'])
        .split('+')
        .map((site) => translate(SITES, site, `${what} site`))
    : [];
  const extramedullary = sites.length > 0 && !sites.includes('MARROW');
  return {
    date,
    status: 'RELAPSE',
    level: extramedullary ? 'EXTRAMEDULLARY' : 'MORPHOLOGIC',
    ...(sites.length === 0 ? {} : { sites }),
    ...(isKnown(event['cd19']) ? { cd19: translate(CD19_CLASSES, event['cd19'], `${what} cd19`) } : {}),
    ...(event['lineageSwitch'] === true ? { lineageSwitch: true } : {}),
  };
}

const MRD_METHODS: Readonly<Record<string, Mrd['method']>> = {
  FCM: 'FCM',
  NGS: 'NGS',
  PCR: 'RQ_PCR',
  QPCR: 'RQ_PCR',
  qPCR: 'RQ_PCR',
  RQ_PCR: 'RQ_PCR',
  'RQ-PCR': 'RQ_PCR',
  FUSION_QPCR: 'FUSION_QPCR',
};
const SENSITIVITIES: Readonly<Record<Mrd['method'], number>> = {
  FCM: 0.0001,
  RQ_PCR: 0.00001,
  FUSION_QPCR: 0.00001,
  NGS: 0.000001,
  UNKNOWN: 0.0001,
};

/** `result` is POS, NEG, POS_NQ, INDETERMINATE, or NEG_INSUFFICIENT by an assay that cannot see one in ten thousand. */
export function mrdOf(date: PartialDate, method: unknown, result: unknown, what: string): Planned<Mrd> {
  const assay = translate(MRD_METHODS, method, `${what} method`);
  const call = translate<NonNullable<Mrd['call']>>(
    {
      POS: 'POSITIVE',
      NEG: 'NEGATIVE',
      NEG_INSUFFICIENT: 'NEGATIVE',
      POS_NQ: 'POSITIVE_NOT_QUANTIFIABLE',
      'POS-NQ': 'POSITIVE_NOT_QUANTIFIABLE',
      INDETERMINATE: 'INDETERMINATE',
    },
    result,
    what,
  );
  const sensitivity = result === 'NEG_INSUFFICIENT' ? 0.001 : SENSITIVITIES[assay];
  return { date, method: assay, specimen: 'MARROW', call, sensitivity };
}

/** MRD as a fraction, from marrow, by flow cytometry. */
export function mrdValueOf(date: PartialDate, value: unknown, what: string): Planned<Mrd> {
  return { date, method: 'FCM', specimen: 'MARROW', value: numberOf(value, what), sensitivity: 0.00001 };
}

/** Aplastic by every definition of the specification, or recovered by every one. */
export function bCellsOf(date: PartialDate, state: unknown, what: string): readonly Planned<BCells>[] {
  const [percent, count] = translate<readonly [number, number]>({ A: [0.2, 2], R: [5, 60] }, state, what);
  const specimen = 'BLOOD';
  return [
    { date, specimen, measure: 'PERCENT_OF_LYMPHOCYTES', value: percent },
    { date, specimen, measure: 'PER_MICROLITRE', value: count },
  ];
}

export const MALIGNANCIES: Readonly<Record<string, SecondMalignancy['kind']>> = {
  T_CELL: 'T_CELL',
  MYELOID: 'MYELOID',
  SOLID: 'SOLID',
  OTHER: 'OTHER',
};

const REASONS: Readonly<Record<string, NonNullable<Therapy['reason']>>> = {
  LACK_OF_EFFICACY: 'LACK_OF_EFFICACY',
  RELAPSE: 'RELAPSE',
  MRD: 'MRD',
  BCA_LOSS: 'BCA_LOSS',
  PLANNED: 'PLANNED',
  OTHER: 'OTHER',
};
const KINDS: Readonly<Record<string, Therapy['kind']>> = {
  blinatumomab: 'BLINATUMOMAB',
  'inotuzumab-ozogamicin': 'INOTUZUMAB',
  rituximab: 'RITUXIMAB',
  dasatinib: 'TYROSINE_KINASE_INHIBITOR',
  imatinib: 'TYROSINE_KINASE_INHIBITOR',
  ponatinib: 'TYROSINE_KINASE_INHIBITOR',
  fludarabine: 'CHEMOTHERAPY',
  cyclophosphamide: 'CHEMOTHERAPY',
  cytarabine: 'CHEMOTHERAPY',
  methotrexate: 'CHEMOTHERAPY',
  vincristine: 'CHEMOTHERAPY',
  mercaptopurine: 'CHEMOTHERAPY',
  etoposide: 'CHEMOTHERAPY',
  pegaspargase: 'CHEMOTHERAPY',
  clofarabine: 'CHEMOTHERAPY',
};
/** Words of the examples that are no agent: a chemotherapy is written as its usual drug. */
const AGENTS: Readonly<Record<string, string>> = {
  inotuzumab: 'inotuzumab-ozogamicin',
  chemotherapy: 'cytarabine',
  chemo: 'cytarabine',
};

export function therapyOf(
  event: Readonly<Record<string, unknown>>,
  date: PartialDate,
  what: string,
): Planned<Therapy> {
  const drug = isKnown(event['drug']) ? String(event['drug']) : 'chemotherapy';
  const shared = {
    date,
    intent: event['maintenance'] === true ? 'MAINTENANCE' : 'NEW_THERAPY',
    ...(isKnown(event['reason']) ? { reason: translate(REASONS, event['reason'], `${what} reason`) } : {}),
  } as const;
  if (drug === 'DLI') return { kind: 'DLI', ...shared };
  if (drug === 'radiotherapy') return { kind: 'RADIOTHERAPY', ...shared };
  const agent = AGENTS[drug] ?? drug;
  return { kind: translate(KINDS, agent, `${what} drug`), agent, ...shared };
}
