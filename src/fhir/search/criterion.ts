/** What a search asks of a resource, without a word of SQL. */
import type { NumberRange, QuantityText } from './quantity-row.ts';

export type Prefix = 'eq' | 'ne' | 'gt' | 'lt' | 'ge' | 'le' | 'sa' | 'eb' | 'ap';

export interface DateTest {
  readonly prefix: Prefix;
  readonly low: string;
  readonly high: string;
}

export interface QuantityTest {
  readonly prefix: Prefix;
  readonly value: number;
  /** The numbers that the value stands for, by the digits that were written; the upper end is not among them. */
  readonly range: NumberRange;
  /** Undefined for any unit. */
  readonly unit: QuantityText | undefined;
}

export interface ReferenceTest {
  /** Undefined where the id alone is given. */
  readonly type: string | undefined;
  readonly id: string;
}

export type Criterion =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Criterion[] }
  | { readonly kind: 'not'; readonly of: Criterion }
  /** One of the words of the token index. */
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  | { readonly kind: 'updated'; readonly tests: readonly DateTest[] }
  | {
      readonly kind: 'dates';
      readonly parameter: string;
      /** One value meets one test of each. */
      readonly alternatives: readonly (readonly DateTest[])[];
    }
  | {
      readonly kind: 'quantities';
      readonly parameter: string;
      readonly tests: readonly QuantityTest[];
      /** Words of the code that must stand beside it; empty for any. */
      readonly concepts: readonly string[];
    }
  | {
      readonly kind: 'strings';
      readonly parameter: string;
      readonly texts: readonly string[];
      readonly within: boolean;
    }
  | {
      readonly kind: 'references';
      readonly parameter: string;
      readonly tests: readonly ReferenceTest[];
      readonly types: readonly string[];
    }
  /** A reference leads to a resource of the type that meets the criterion. */
  | {
      readonly kind: 'chain';
      readonly parameter: string;
      readonly type: string;
      readonly criterion: Criterion;
    }
  /** A resource of the type that meets the criterion refers here. */
  | {
      readonly kind: 'has';
      readonly parameter: string;
      readonly type: string;
      readonly criterion: Criterion;
    };
