/** How the rows of one view become facts of one kind: the TypeScript form of `fact-map.schema.json`. */

export const FACT_KINDS = [
  'birthDate',
  'sex',
  'death',
  'vitalStatus',
  'diagnosis',
  'diagnosisRefuted',
  'diseaseStatus',
  'marrowBlasts',
  'mrd',
  'bCells',
  'assertion',
  'cytogenetics',
  'infusion',
  'infusionNotDone',
  'hct',
  'collection',
  'therapy',
  'secondMalignancy',
] as const;
export type FactKind = (typeof FACT_KINDS)[number];

export interface DateElement {
  readonly as: 'date';
  /** Columns in order of preference. */
  readonly from: readonly string[];
  /** Column of the date of recording, which stands in for a missing clinical date, flagged. */
  readonly recorded?: string;
  readonly required?: boolean;
  /** The date means something else where the code says one of these kinds. */
  readonly unlessKind?: readonly string[];
}

export interface ConceptElement {
  readonly as: 'concept';
  /** Column prefixes: `x` stands for the columns `x__system`, `x__code` and `x__text`. */
  readonly from: readonly string[];
  readonly map: string;
  readonly required?: boolean;
  readonly many?: boolean;
  /** Prefixes to look at where `from` says nothing; a code there that does not translate is no finding. */
  readonly alsoFrom?: readonly string[];
  /** Value where nothing is said. */
  readonly default?: string;
  /** Value where a code is given that has no translation. */
  readonly unmapped?: string;
}

export interface QuantityElement {
  readonly as: 'quantity';
  /** Column prefix: `x` stands for `x__value`, `x__comparator`, `x__ucum` and `x__unit`. */
  readonly from: string;
  /** Dimension of `units.json`. */
  readonly unit: string;
  /** Dimensions that another element reads from the same column. */
  readonly alternatives?: readonly string[];
  /** Column of a free text such as "<1e-4" that may stand for the quantity. */
  readonly text?: string;
  /** Element that keeps the comparator. */
  readonly comparator?: string;
  readonly required?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
}

export interface AnswerElement {
  readonly as: 'answer';
  readonly boolean: string;
  readonly absent: string;
  readonly from: readonly string[];
  readonly map: string;
  readonly required?: boolean;
}

export type ElementMap =
  | DateElement
  | ConceptElement
  | QuantityElement
  | AnswerElement
  | { readonly as: 'boolean'; readonly from: string; readonly default?: boolean; readonly required?: boolean }
  | { readonly as: 'text'; readonly from: string; readonly required?: boolean }
  | { readonly as: 'constant'; readonly value: string }
  /** What the code that selected the resource means, translated once more where a map is named. */
  | { readonly as: 'kind'; readonly map?: string };

/** Which resources of the view's type carry the fact: by translated code, or by the pattern of a code. */
export type Acceptance =
  | { readonly element: 'code' | 'medication'; readonly map: string; readonly codes?: readonly string[] }
  | { readonly element: 'code'; readonly pattern: { readonly system: string; readonly code: string } };

export interface FactMap {
  readonly name: string;
  readonly view: string;
  readonly fact: FactKind;
  /** Kind of fact that the resource is when it says the opposite: not done, refuted. */
  readonly negated?: FactKind;
  readonly accepts?: Acceptance;
  readonly elements: Readonly<Record<string, ElementMap>>;
  /** Column whose element is named as the source of the fact. */
  readonly source: string;
}
