import { isBelowThreshold, type Measured } from '../clinical/record/threshold.ts';
import { deriveBurdenBeforeCells, type MarrowBurden } from '../clinical/response/burden-before-infusion.ts';
import type { Comparator, MarrowBlasts, Mrd } from '../cohort/cohort-record.generated.ts';
import type { Tristate } from '../core/tristate.ts';
import { BURDEN_THRESHOLDS, type BurdenThresholdId } from './burden-thresholds.ts';
import { buildData } from './datum.ts';
import type { Datum } from './hct-assessment.ts';
import type { HctContext } from './hct-context.ts';

/** A share of leukaemic cells in marrow around lymphodepletion. */
export interface Burden extends Measured {
  /** Percent of marrow cells for blasts; a fraction for MRD. */
  readonly value: number;
  readonly comparator?: Comparator;
  readonly data: readonly Datum[];
}

export interface BurdenBeforeInfusion {
  readonly preLdBlasts?: Burden;
  readonly preLdMrd?: Burden;
  readonly postLdMrd?: Burden;
}

/** The burden before the cells (`deriveBurdenBeforeCells`) with its evidence as the assessment shows it. */
export function deriveBurden(context: HctContext, lookbackDays: number): BurdenBeforeInfusion {
  const { blasts, mrdBeforeLymphodepletion, mrdAfterLymphodepletion } = deriveBurdenBeforeCells(
    context,
    lookbackDays,
  );
  return {
    ...(blasts === undefined ? {} : { preLdBlasts: shown(blasts, blastsText(blasts)) }),
    ...(mrdBeforeLymphodepletion === undefined
      ? {}
      : { preLdMrd: shown(mrdBeforeLymphodepletion, mrdText(mrdBeforeLymphodepletion)) }),
    ...(mrdAfterLymphodepletion === undefined
      ? {}
      : { postLdMrd: shown(mrdAfterLymphodepletion, mrdText(mrdAfterLymphodepletion)) }),
  };
}

/** Whether a percentage of marrow cells is high; undecided where a comparator leaves both answers open. */
export function isHighBurden(percent: Measured, threshold: BurdenThresholdId): Tristate {
  const { notHighWhen, limit } = BURDEN_THRESHOLDS[threshold];
  const below = isBelowThreshold(percent, notHighWhen, limit);
  if (below === 'UNKNOWN') return 'UNKNOWN';
  return below === 'MET' ? 'NOT_MET' : 'MET';
}

function shown({ value, comparator, fact, sources }: MarrowBurden, text: string): Burden {
  const data = buildData(sources, { date: fact.date, value: text });
  return { value, ...(comparator === undefined ? {} : { comparator }), data };
}

function blastsText({ value, comparator }: MarrowBurden<MarrowBlasts>): string {
  return `${comparator ?? ''}${value} % marrow blasts`;
}

function mrdText({ fact: { value, comparator, method } }: MarrowBurden<Mrd>): string {
  return value === undefined ? `MRD negative by ${method}` : `MRD ${comparator ?? ''}${value} by ${method}`;
}
