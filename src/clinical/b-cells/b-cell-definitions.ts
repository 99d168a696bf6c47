import type { BCells } from '../../cohort/cohort-record.generated.ts';
import type { Below } from '../record/threshold.ts';

export type BCellDefinitionId =
  | 'BCA_PCT1'
  | 'BCA_PCT3'
  | 'BCA_ABS10'
  | 'BCA_ABS50'
  | 'BCA_WH_STRICT'
  | 'BCA_WH_LENIENT'
  | 'BCA_PEKING'
  | 'BCA_CINCI';

/** One limit of a definition: percent, or cells per microlitre, as the measure says. */
export interface BCellLimit {
  readonly measure: BCells['measure'];
  readonly below: Below;
  readonly limit: number;
}

/** When one sample shows B-cell aplasia, and when recovery (clinical specification 3.2). */
export interface BCellDefinition {
  readonly id: BCellDefinitionId;
  readonly version: string;
  readonly limits: readonly BCellLimit[];
  /** `EVERY`: aplastic when every measured item is below its limit. `ANY`: when one of them is. */
  readonly aplasticWhen: 'EVERY' | 'ANY';
  /** Whether B cells in marrow at or above the limits are recovery by themselves. */
  readonly marrowShowsRecovery: boolean;
  /** Consecutive recovered samples that the definition itself asks for. */
  readonly minimumConfirm: 1 | 2;
  readonly citation: readonly string[];
}

const percentOfLymphocytes = (below: Below, limit: number): BCellLimit => ({
  measure: 'PERCENT_OF_LYMPHOCYTES',
  below,
  limit,
});
const perMicrolitre = (below: Below, limit: number): BCellLimit => ({
  measure: 'PER_MICROLITRE',
  below,
  limit,
});

const BLOOD_RULE = {
  version: '1',
  aplasticWhen: 'EVERY',
  marrowShowsRecovery: false,
  minimumConfirm: 1,
} as const;

/**
 * The eight named definitions. The default of this project is `BCA_WH_STRICT`: the earliest detection of loss,
 * the safer side for an alert (clinical specification 3.2).
 */
export const B_CELL_DEFINITIONS: Readonly<Record<BCellDefinitionId, BCellDefinition>> = Object.freeze({
  BCA_PCT1: {
    ...BLOOD_RULE,
    id: 'BCA_PCT1',
    limits: [percentOfLymphocytes('LT', 1)],
    citation: ['WH L112'],
  },
  BCA_PCT3: {
    ...BLOOD_RULE,
    id: 'BCA_PCT3',
    limits: [percentOfLymphocytes('LT', 3)],
    citation: ['WH L112'],
  },
  BCA_ABS10: { ...BLOOD_RULE, id: 'BCA_ABS10', limits: [perMicrolitre('LT', 10)], citation: ['WH L112'] },
  BCA_ABS50: { ...BLOOD_RULE, id: 'BCA_ABS50', limits: [perMicrolitre('LT', 50)], citation: ['WH L112'] },
  BCA_WH_STRICT: {
    ...BLOOD_RULE,
    id: 'BCA_WH_STRICT',
    limits: [percentOfLymphocytes('LT', 1), perMicrolitre('LT', 10)],
    citation: ['WH L112'],
  },
  BCA_WH_LENIENT: {
    ...BLOOD_RULE,
    id: 'BCA_WH_LENIENT',
    limits: [percentOfLymphocytes('LT', 3), perMicrolitre('LT', 50)],
    citation: ['WH L112'],
  },
  BCA_PEKING: {
    ...BLOOD_RULE,
    id: 'BCA_PEKING',
    limits: [{ measure: 'PERCENT_OF_LEUKOCYTES', below: 'LE', limit: 1 }, percentOfLymphocytes('LE', 3)],
    aplasticWhen: 'ANY',
    marrowShowsRecovery: true,
    citation: ['PKU L79'],
  },
  BCA_CINCI: {
    ...BLOOD_RULE,
    id: 'BCA_CINCI',
    limits: [percentOfLymphocytes('LE', 1), perMicrolitre('LE', 100)],
    minimumConfirm: 2,
    citation: ['clinical-spec 3.1: Cincinnati reinfusion series'],
  },
} satisfies Record<BCellDefinitionId, BCellDefinition>);

export const B_CELL_DEFINITION_IDS = Object.freeze(Object.keys(B_CELL_DEFINITIONS) as BCellDefinitionId[]);
