import { normalMultiplier } from '../distribution/normal.ts';
import type { KaplanMeierCurve } from './kaplan-meier.ts';

export const CONFIDENCE_TYPES = ['plain', 'log', 'log-log'] as const;
/** The scale on which the interval is symmetric. */
export type ConfidenceType = (typeof CONFIDENCE_TYPES)[number];

/** How intervals are made; every result repeats it. */
export interface ConfidenceMethod {
  readonly type: ConfidenceType;
  /** Between 0 and 1. */
  readonly level: number;
}

/** Clinical specification 8.1 S1. */
export const DEFAULT_CONFIDENCE: ConfidenceMethod = { type: 'log-log', level: 0.95 };

/**
 * Pointwise limits, a pair for each point of the curve. They are defined for the points `from` up to but not
 * including `to`; elsewhere (survival 0, and with log-log survival 1) the columns hold 0 and 1.
 */
export interface ConfidenceBand extends ConfidenceMethod {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly from: number;
  readonly to: number;
}

export function confidenceBand(
  curve: KaplanMeierCurve,
  method: ConfidenceMethod = DEFAULT_CONFIDENCE,
): ConfidenceBand {
  const { survival, greenwood } = curve;
  const points = survival.length;
  const multiplier = normalMultiplier(method.level);
  let from = 0;
  if (method.type === 'log-log') while (from < points && survival[from] === 1) from += 1;
  let to = points;
  while (to > from && survival[to - 1] === 0) to -= 1;
  const lower = new Float64Array(points);
  const upper = new Float64Array(points).fill(1);
  for (let i = from; i < to; i += 1) {
    const estimate = survival[i] as number;
    const width = multiplier * Math.sqrt(greenwood[i] as number);
    lower[i] = confidenceLimit(method.type, estimate, -width);
    upper[i] = confidenceLimit(method.type, estimate, width);
  }
  return { type: method.type, level: method.level, lower, upper, from, to };
}

/** The limit of a probability, `width` (signed, multiplier times relative standard error) away from it. */
export function confidenceLimit(type: ConfidenceType, probability: number, width: number): number {
  switch (type) {
    case 'plain':
      return Math.min(1, Math.max(0, probability + width * probability));
    case 'log':
      return Math.min(1, probability * Math.exp(width));
    case 'log-log': {
      const log = Math.log(probability);
      return Math.exp(log * Math.exp(width / log));
    }
  }
}
