import type { Below } from '../clinical/record/threshold.ts';

export type BurdenThresholdId = 'GT5' | 'GE5' | 'GT25' | 'GT40' | 'GE1';

/** When a percentage of marrow blasts is high. */
export interface BurdenThreshold {
  readonly label: string;
  /** High is the opposite of being below the limit in this sense. */
  readonly notHighWhen: Below;
  readonly limit: number;
  readonly cite: readonly string[];
}

/** The cut-offs that the text and its tables name (clinical specification 5.2 C.b, 6.1). */
export const BURDEN_THRESHOLDS: Readonly<Record<BurdenThresholdId, BurdenThreshold>> = Object.freeze({
  GT5: { label: '>5%', notHighWhen: 'LE', limit: 5, cite: ['WH L428', 'WH L110'] },
  GE5: { label: '>=5%', notHighWhen: 'LT', limit: 5, cite: ['WH L714'] },
  GT25: { label: '>25%', notHighWhen: 'LE', limit: 25, cite: ['WH L428'] },
  GT40: { label: '>40%', notHighWhen: 'LE', limit: 40, cite: ['WH L716'] },
  GE1: { label: '>=1%', notHighWhen: 'LT', limit: 1, cite: ['WH L719'] },
});
