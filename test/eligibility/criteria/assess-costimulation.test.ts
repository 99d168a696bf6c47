import { assess, criterion, type RecordChange } from '../../support/assess-hct.ts';

describe('R.a', () => {
  const product = (code: string, costimulation?: readonly ('4-1BB' | 'CD28' | 'OX40')[]): RecordChange => {
    return (record) => ({
      ...record,
      courses: record.courses.map((course) => ({
        ...course,
        product: { code, ...(costimulation === undefined ? {} : { costimulation }) },
      })),
    });
  };

  it.each([
    ['tisagenlecleucel', undefined, 'NOT_MET'],
    ['lisocabtagene-maraleucel', undefined, 'NOT_MET'],
    ['axicabtagene-ciloleucel', undefined, 'MET'],
    ['carcik-cd19', undefined, 'MET'],
    ['other-cd19', undefined, 'UNKNOWN'],
    ['other-cd19', ['CD28'], 'MET'],
    ['unknown', ['4-1BB'], 'NOT_MET'],
    ['UNKNOWN', undefined, 'UNKNOWN'],
    ['UNKNOWN', [], 'UNKNOWN'],
  ] as const)('%s with %j recorded is %s', (code, recorded, result) => {
    expect(criterion(assess({}, product(code, recorded)), 'R.a')?.result).toBe(result);
  });

  it('recorded domains decide against the table, with a caution', () => {
    const assessment = assess({}, product('tisagenlecleucel', ['CD28']));
    expect(criterion(assessment, 'R.a')).toMatchObject({ result: 'MET', domains: ['CD28'] });
    expect(assessment.cautions).toEqual(['PRODUCT_COSTIMULATION_CONFLICT']);
  });

  it('an entry on weak evidence is marked for review', () => {
    expect(criterion(assess({}, product('carcik-cd19')), 'R.a')).toMatchObject({
      review: true,
      confidence: 'MEDIUM',
    });
  });

  it('a BCMA product is no CD19 course', () => {
    expect(assess({}, product('ciltacabtagene-autoleucel'))).toMatchObject({
      status: 'NOT_APPLICABLE',
      gate: 'G1',
      reason: 'no CD19 CAR-T infusion on record',
    });
  });

  it.each([
    [27, 'BEFORE_WINDOW'],
    [28, 'IN_WINDOW_4_8_WK'],
    [56, 'IN_WINDOW_4_8_WK'],
    [57, 'AFTER_WINDOW'],
  ])('day %i after a CD28 product: %s', (evalDay, timing) => {
    const input = { product: 'brexu-cel', evalDay, disease: null, bca: [], mrd: [] };
    expect(assess(input).timing).toBe(timing);
  });

  it.each([
    ['as in the table', 'axicabtagene-ciloleucel', ['CD28'], []],
    ['one more than in the table', 'tisagenlecleucel', ['4-1BB', 'CD28'], ['PRODUCT_COSTIMULATION_CONFLICT']],
    ['of a product that the table does not have', 'other-cd19', ['CD28'], []],
  ] as const)('domains recorded %s', (_, code, recorded, cautions) => {
    expect(assess({}, product(code, recorded)).cautions).toEqual(cautions);
  });

  it.each([
    [product('tisagenlecleucel'), 'tisagenlecleucel: 4-1BB, by the product table', 'SOURCE', undefined],
    [
      product('tisagenlecleucel', ['4-1BB', 'CD28']),
      'tisagenlecleucel: 4-1BB and CD28, as recorded',
      undefined,
      undefined,
    ],
    [product('carcik-cd19'), 'carcik-cd19: CD28 and OX40, by the product table', 'MEDIUM', true],
  ] as const)('says where the domains are from', (change, reason, confidence, review) => {
    const found = criterion(assess({}, change), 'R.a');
    expect([found?.reason, found?.confidence, found?.review]).toEqual([reason, confidence, review]);
  });
});
