import type { Product } from '../../cohort/cohort-record.generated.ts';

export type CostimulatoryDomain = NonNullable<Product['costimulation']>[number];

/**
 * SOURCE: stated in the papers that the project starts from. VERIFIED, HIGH, MEDIUM: outside knowledge, checked against
 * its source, published and not checked, recalled (clinical specification 0.1). CONVENTION: the project's own entry.
 */
type ProductConfidence = 'SOURCE' | 'VERIFIED' | 'HIGH' | 'MEDIUM' | 'CONVENTION';

/** What is known of a CAR-T product by its name alone (clinical specification 5.3). */
export interface ProductFacts {
  /** Code of the record and of the native code system. */
  readonly code: string;
  /** Common short or trade names. */
  readonly names: readonly string[];
  readonly target: 'CD19' | 'BCMA';
  /** Signalling domains; the CD28 transmembrane part of a 4-1BB product is not one. Absent where not known. */
  readonly costimulation?: readonly CostimulatoryDomain[];
  /** How sure the domains and the target are; those of MEDIUM confidence are to be confirmed. */
  readonly confidence: ProductConfidence;
  readonly citation: readonly string[];
}

const TABLE: readonly ProductFacts[] = [
  {
    code: 'tisagenlecleucel',
    names: ['tisa-cel', 'CTL019', 'Kymriah'],
    target: 'CD19',
    costimulation: ['4-1BB'],
    confidence: 'SOURCE',
    citation: ['WH L102', 'WH L303', 'WH L351'],
  },
  {
    code: 'obecabtagene-autoleucel',
    names: ['obe-cel', 'AUTO1', 'Aucatzyl'],
    target: 'CD19',
    costimulation: ['4-1BB'],
    confidence: 'SOURCE',
    citation: ['WH L102', 'WH L303', 'WH L351'],
  },
  {
    code: 'brexucabtagene-autoleucel',
    names: ['brexu-cel', 'KTE-X19', 'Tecartus'],
    target: 'CD19',
    costimulation: ['CD28'],
    confidence: 'HIGH',
    citation: ['WH L102', 'clinical-spec 5.3 (OK-H)'],
  },
  {
    code: 'axicabtagene-ciloleucel',
    names: ['axi-cel', 'Yescarta'],
    target: 'CD19',
    costimulation: ['CD28'],
    confidence: 'HIGH',
    citation: ['PKU L40', 'clinical-spec 5.3 (OK-H)'],
  },
  {
    code: 'lisocabtagene-maraleucel',
    names: ['liso-cel', 'Breyanzi'],
    target: 'CD19',
    costimulation: ['4-1BB'],
    confidence: 'VERIFIED',
    citation: ['clinical-spec 5.3 (OK-V)'],
  },
  {
    code: 'nih-cd19-28z',
    names: ['NIH CD19-CD28ζ'],
    target: 'CD19',
    costimulation: ['CD28'],
    confidence: 'SOURCE',
    citation: ['WH L349'],
  },
  {
    code: 'scri-car19',
    names: ['SCRI-CAR19', 'PLAT-02'],
    target: 'CD19',
    costimulation: ['4-1BB'],
    confidence: 'HIGH',
    citation: ['clinical-spec 5.3 (OK-H)'],
  },
  {
    code: 'huCART19',
    names: ['huCART19'],
    target: 'CD19',
    costimulation: ['4-1BB'],
    confidence: 'VERIFIED',
    citation: ['clinical-spec 5.3 (OK-V)'],
  },
  {
    code: 'pku-cart19',
    names: ['CAR-T-19'],
    target: 'CD19',
    costimulation: ['4-1BB'],
    confidence: 'SOURCE',
    citation: ['PKU L63'],
  },
  {
    code: 'donor-derived-cd19',
    names: ['donor-derived CD19 CAR-T'],
    target: 'CD19',
    costimulation: ['4-1BB'],
    confidence: 'SOURCE',
    citation: ['COM L3'],
  },
  {
    code: 'carcik-cd19',
    names: ['CARCIK-CD19'],
    target: 'CD19',
    costimulation: ['CD28', 'OX40'],
    confidence: 'MEDIUM',
    citation: ['clinical-spec 5.3 (OK-M)'],
  },
  ...[
    { code: 'inaticabtagene-autoleucel', names: ['inati-cel'] },
    { code: 'varnimcabtagene-autoleucel', names: ['ARI-0001', 'var-cel'] },
    { code: 'talicabtagene-autoleucel', names: ['tali-cel'] },
    { code: 'relmacabtagene-autoleucel', names: ['relma-cel'] },
    { code: 'mb-cart19-1', names: ['MB-CART19.1'] },
  ].map(
    (product): ProductFacts => ({
      ...product,
      target: 'CD19',
      costimulation: ['4-1BB'],
      confidence: 'HIGH',
      citation: ['clinical-spec 5.3 (OK-H)'],
    }),
  ),
  {
    code: 'idecabtagene-vicleucel',
    names: ['ide-cel', 'Abecma'],
    target: 'BCMA',
    confidence: 'HIGH',
    citation: ['clinical-spec 5.3 (OK-H)'],
  },
  {
    code: 'ciltacabtagene-autoleucel',
    names: ['cilta-cel', 'Carvykti'],
    target: 'BCMA',
    confidence: 'HIGH',
    citation: ['clinical-spec 5.3 (OK-H)'],
  },
  {
    code: 'other-cd19',
    names: [],
    target: 'CD19',
    confidence: 'CONVENTION',
    citation: ['clinical-spec 5.3 (PROJ)'],
  },
];

/** All products that are known by name, in the order of the specification. */
export const PRODUCT_TABLE: readonly ProductFacts[] = Object.freeze(
  TABLE.map((entry) => Object.freeze(entry)),
);

/** Codes differ in more than case, so that case need not decide. */
const BY_CODE: ReadonlyMap<string, ProductFacts> = new Map(
  PRODUCT_TABLE.map((entry) => [entry.code.toLowerCase(), entry]),
);

/** The product of a code, or undefined for `unknown` and for a code that the table does not have. */
export function findProduct(code: string): ProductFacts | undefined {
  return BY_CODE.get(code.toLowerCase());
}

/** Undefined where the table cannot say what the product is aimed at. */
export function productTargetsCd19(code: string): boolean | undefined {
  const product = findProduct(code);
  return product && product.target === 'CD19';
}
