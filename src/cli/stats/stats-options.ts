import type { IncidenceVariance } from '../../statistics/competing/incidence-at.ts';
import type { Ties } from '../../statistics/regression/cox-likelihood.ts';
import type { TimeScale } from '../../statistics/regression/proportional-hazards.ts';
import type { ConfidenceType } from '../../statistics/survival/confidence-band.ts';

/** What the command line says; a method asks for what it needs. */
export interface StatsOptions {
  readonly data: string;
  readonly time?: string;
  readonly event?: string;
  readonly entry?: string;
  readonly group?: string;
  readonly strata?: string;
  readonly exposure?: string;
  readonly value?: string;
  readonly with?: string;
  readonly covariates?: readonly string[];
  readonly causes?: readonly string[];
  readonly at?: readonly number[];
  readonly cause: number;
  readonly conf: ConfidenceType;
  readonly level: number;
  readonly ties: Ties;
  readonly variance: IncidenceVariance;
  readonly scale: TimeScale;
  readonly rho: number;
  readonly landmark?: number;
  readonly limit?: number;
  readonly correct: boolean;
  readonly equalVariances: boolean;
  readonly force: boolean;
  readonly curve: boolean;
}
