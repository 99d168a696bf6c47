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
  'cellsInProduct',
  'hct',
  'collection',
  'therapy',
  'therapyOrder',
  'secondMalignancy',
  'laboratory',
  'vitalSign',
  'oxygenSupport',
  'clinicalSign',
  'neuroAssessment',
  'toxicityGrade',
  'supportiveDrug',
  'infection',
  'intensiveCare',
  'transgene',
  'fludarabineExposure',
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
  /** Elements that keep the time of day as written and the minute since 1970-01-01T00:00Z, where both are known. */
  readonly time?: string;
  readonly epochMinute?: string;
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
  /** Elements, read before, of which one has to be there for the default to count. */
  readonly defaultWith?: readonly string[];
  /** Value where a code is given that has no translation. */
  readonly unmapped?: string;
  /** A code without translation is no finding; where the element is required, its row is just not this fact. */
  readonly silent?: boolean;
  /** The translation is a number, or true or false, written as a code. */
  readonly type?: 'integer' | 'boolean';
}

/** What a quantity may be: its dimension in `units.json`, and the limits of what is possible. */
export interface QuantityRange {
  readonly unit: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

export interface QuantityElement {
  readonly as: 'quantity';
  /** Column prefix: `x` stands for `x__value`, `x__comparator`, `x__ucum` and `x__unit`. */
  readonly from: string;
  /** Dimension of `units.json`; absent where `by` says it. */
  readonly unit?: string;
  /** Dimension and limits for each value of another element, which is read before. */
  readonly by?: { readonly element: string; readonly ranges: Readonly<Record<string, QuantityRange>> };
  /** Dimensions that another element reads from the same column. */
  readonly alternatives?: readonly string[];
  /** Column of a free text that may stand for the quantity, such as "<1e-4" for a fraction, else "<0.1 K/uL". */
  readonly text?: string;
  /** Element that keeps the comparator. */
  readonly comparator?: string;
  /** Decimal places that the converted value is rounded to. */
  readonly decimals?: number;
  readonly required?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** A number without a unit, such as a score. */
export interface NumberElement {
  readonly as: 'number';
  /** Columns in order of preference. */
  readonly from: readonly string[];
  readonly required?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** A quantity that stays in the unit in which it was written: the number, and its UCUM code in element `unit`. */
export interface AsWrittenElement {
  readonly as: 'as-written';
  /** Column prefix, as of a quantity. */
  readonly from: string;
  readonly unit: string;
  readonly required?: boolean;
}

/** The first of several readings that says something. */
export interface FirstElement {
  readonly as: 'first';
  readonly of: readonly ElementMap[];
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
  | NumberElement
  | AsWrittenElement
  | FirstElement
  | { readonly as: 'boolean'; readonly from: string; readonly default?: boolean; readonly required?: boolean }
  | { readonly as: 'text'; readonly from: string; readonly required?: boolean }
  | { readonly as: 'constant'; readonly value: string }
  /** What the code that selected the resource means, translated once more where a map is named. */
  | { readonly as: 'kind'; readonly map?: string };

/** Where a resource says what it is: its code, its drug, the event it reports, the kind of place it was at. */
export type CodedElement = 'code' | 'medication' | 'event' | 'location';

/**
 * Which resources of the view's type carry the fact: by translated code, or by the pattern of a code, which counts
 * only where no map of the same fact knows the resource.
 */
export type Acceptance =
  | { readonly element: CodedElement; readonly map: string; readonly codes?: readonly string[] }
  | {
      readonly element: CodedElement;
      readonly pattern: { readonly systems: readonly string[]; readonly code: string };
    };

export interface FactMap {
  readonly name: string;
  readonly view: string;
  readonly fact: FactKind;
  /** Kind of fact that the resource is when it says the opposite: not done, refuted. */
  readonly negated?: FactKind;
  /** Elements of the opposite, in place of those that were read. */
  readonly negatedElements?: Readonly<Record<string, string>>;
  /** Column that is true where the row says that its value is not known, for rows that are parts of a resource. */
  readonly absent?: string;
  readonly accepts?: Acceptance;
  readonly elements: Readonly<Record<string, ElementMap>>;
  /** Elements of which one at least must be there. */
  readonly anyOf?: readonly string[];
  /** Column whose element is named as the source of the fact. */
  readonly source: string;
}
