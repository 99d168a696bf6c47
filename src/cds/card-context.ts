import type { ParameterOverrides } from '../clinical/parameters/clinical-parameters.ts';
import type { CohortRecord } from '../cohort/cohort-record.generated.ts';
import type { PartialDate } from '../core/partial-date.ts';
import type { CardLink } from './card.ts';
import type { PrefetchKey } from './prefetch-templates.ts';

/** What every service makes its cards from. */
export interface CardContext {
  readonly record: CohortRecord;
  readonly asOf: PartialDate;
  /** Clinical parameters that the settings change. */
  readonly parameters: ParameterOverrides;
  readonly patientId: string;
  /** What the selected draft orders and all of them are about; undefined on a hook without orders. */
  readonly orders?: OrderTopics;
  /** What could not be had or used; a card that rests on the rest says so. */
  readonly unavailable: readonly PrefetchKey[];
  readonly unusable: number;
  readonly links: readonly CardLink[];
  readonly newId: () => string;
}

export type OrderTopic = 'HCT' | 'THERAPY' | 'B_CELLS' | 'TOCILIZUMAB' | 'ANTICONVULSANT';

export interface OrderTopics {
  readonly selected: ReadonlySet<OrderTopic>;
  readonly drafted: ReadonlySet<OrderTopic>;
}

/** What was not there to be looked at, as sentences. */
export function describeGaps({ unavailable, unusable }: CardContext): readonly string[] {
  return [
    ...unavailable.map((key) => `Not available to this answer: ${key}.`),
    ...(unusable > 0 ? [`${unusable} of the resources sent could not be used.`] : []),
  ];
}
