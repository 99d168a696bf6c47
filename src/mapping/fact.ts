import type { Source } from '../cohort/cohort-record.generated.ts';
import type { FactKind } from './fact-map.ts';

export type FactValue = string | number | boolean | readonly string[];

/** A fact as one resource states it, before facts of one person are joined. */
export interface Fact {
  readonly kind: FactKind;
  readonly elements: Readonly<Record<string, FactValue>>;
  readonly sources: readonly FactSource[];
}

/** A fact of one kind. */
export interface FactOf<K extends FactKind> extends Fact {
  readonly kind: K;
}

export interface FactSource extends Source {
  /** Business identifiers of the resource; two of one site that differ are two facts. */
  readonly identifiers: readonly string[];
}
