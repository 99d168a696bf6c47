import {
  findProduct,
  PRODUCT_TABLE,
  productTargetsCd19,
} from '../../../src/clinical/record/product-table.ts';

describe('product table', () => {
  it.each([
    ['tisagenlecleucel', ['4-1BB']],
    ['obecabtagene-autoleucel', ['4-1BB']],
    ['brexucabtagene-autoleucel', ['CD28']],
    ['axicabtagene-ciloleucel', ['CD28']],
    ['lisocabtagene-maraleucel', ['4-1BB']],
    ['nih-cd19-28z', ['CD28']],
    ['scri-car19', ['4-1BB']],
    ['huCART19', ['4-1BB']],
    ['pku-cart19', ['4-1BB']],
    ['donor-derived-cd19', ['4-1BB']],
    ['carcik-cd19', ['CD28', 'OX40']],
    ['inaticabtagene-autoleucel', ['4-1BB']],
    ['varnimcabtagene-autoleucel', ['4-1BB']],
    ['talicabtagene-autoleucel', ['4-1BB']],
    ['relmacabtagene-autoleucel', ['4-1BB']],
    ['mb-cart19-1', ['4-1BB']],
    ['other-cd19', undefined],
  ])('%s signals through %j', (code, costimulation) => {
    expect(findProduct(code)?.costimulation).toEqual(costimulation);
    expect(productTargetsCd19(code)).toBe(true);
  });

  it.each(['idecabtagene-vicleucel', 'ciltacabtagene-autoleucel'])('%s is not aimed at CD19', (code) => {
    expect(productTargetsCd19(code)).toBe(false);
  });

  it.each(['unknown', 'UNKNOWN', 'a-local-product', ''])('"%s" is not known', (code) => {
    expect(findProduct(code)).toBeUndefined();
    expect(productTargetsCd19(code)).toBeUndefined();
  });

  it.each([
    ['tisagenlecleucel', 'SOURCE'],
    ['lisocabtagene-maraleucel', 'VERIFIED'],
    ['brexucabtagene-autoleucel', 'HIGH'],
    ['carcik-cd19', 'MEDIUM'],
    ['other-cd19', 'CONVENTION'],
  ])('%s: confidence %s', (code, confidence) => {
    expect(findProduct(code)?.confidence).toBe(confidence);
  });

  it('a code does not depend on case', () => {
    expect(findProduct('HUCART19')?.code).toBe('huCART19');
  });

  it('every entry has a source and a code of its own', () => {
    expect(PRODUCT_TABLE.every(({ citation }) => citation.length > 0)).toBe(true);
    expect(new Set(PRODUCT_TABLE.map(({ code }) => code.toLowerCase())).size).toBe(PRODUCT_TABLE.length);
  });
});
