/** What ingest tells of itself, for metrics and traces; nothing of it is about a person. */
import type { Finding } from '../core/finding.ts';
import type { WriteResult } from './save-drafts.ts';

/**
 * store: one transaction, the wait for its turn included; rebuild: a record made anew, reading and saving included;
 * map: the part of it that maps; validate: resources against the profiles.
 */
export const STEPS = ['store', 'rebuild', 'map', 'validate'] as const;
export type Step = (typeof STEPS)[number];

export interface IngestObserver {
  /** Does the work, and answers or throws what it does. */
  step<T>(name: Step, work: () => T): T;
  /** After the transaction has been committed. */
  stored(results: Iterable<Pick<WriteResult, 'type' | 'outcome'>>): void;
  /** What validation has found. */
  found(findings: readonly Pick<Finding, 'code' | 'severity'>[]): void;
}

/** Looks at nothing. */
export const NO_OBSERVER: IngestObserver = {
  step: (_name, work) => work(),
  stored: () => undefined,
  found: () => undefined,
};
