import fc from 'fast-check';
import { explainInOneLine } from '../../src/eligibility/explain.ts';
import { explainInFull } from '../../src/eligibility/explain-full.ts';
import { explainInParagraph } from '../../src/eligibility/explain-paragraph.ts';
import { HCT_MESSAGES_EN, type HctMessages } from '../../src/eligibility/hct-messages.ts';
import { assess } from '../support/assess-hct.ts';
import { type HctInput, NOTHING_MET } from '../support/hct-record.ts';

describe('explainInParagraph', () => {
  it.each<readonly [string, Partial<HctInput>, string]>([
    [
      'nothing met',
      {},
      'On 2024-06-09 (day 100 after the infusion), HCT as consolidation: no criterion met. ' +
        'All criteria are known and none is met; monitoring continues. ' +
        'Test B cells again by 2024-07-14. Reassess by 2024-08-31.',
    ],
    [
      'a CD28 product in its window',
      { product: 'brexu-cel', evalDay: 35, bca: [[28, 'A']] },
      'On 2024-04-05 (day 35 after the infusion), HCT as consolidation: recommended. ' +
        'Met: R.a CD28-costimulated product (the product signals through CD28). ' +
        'The patient is in weeks 4 to 8, in which HCT after a CD28 product is advised. ' +
        'Test B cells again by 2024-05-13. Reassess by 2024-08-31.',
    ],
    [
      'MRD never looked for',
      { mrd: [], donor: true, desire: true },
      'On 2024-06-09 (day 100 after the infusion), HCT as consolidation: cannot be decided. ' +
        'Met: C.a Donor available and HCT desired (a donor is available and HCT is desired). ' +
        'Not known: R.c MRD positive at any level after infusion (not known; needed: post-infusion marrow MRD). ' +
        'What would decide it: post-infusion marrow MRD. ' +
        'Until then each of these remains possible: recommended, may be considered. ' +
        'Test B cells again by 2024-07-14. Reassess by 2024-08-31.',
    ],
    ['dead', { alive: false }, 'On 2024-06-09, HCT as consolidation: not applicable. Reason: deceased.'],
  ])('%s', (_, input, text) => {
    expect(explainInParagraph(assess(input))).toBe(text);
  });
});

describe('explainInFull', () => {
  it('names every criterion with its source, the evidence and what is missing', () => {
    const sections = explainInFull(assess({ ...NOTHING_MET, priorHct: true, fit: null }));
    expect(sections.map(({ heading }) => heading)).toEqual([
      'Answer',
      'Criteria',
      'Missing data',
      'Cautions',
      'Evidence',
      'Source',
    ]);
    const lines = (heading: string) => sections.find((one) => one.heading === heading)?.lines;
    expect(lines('Criteria')?.[0]).toBe(
      'R.a CD28-costimulated product: not met (the product signals through 4-1BB) [WH L421, WH L349, WH L102, WH L303, WH L351]',
    );
    expect(lines('Missing data')).toEqual([
      'eligibility to proceed (clinician fitness/comorbidity/infection assertion)',
    ]);
    expect(lines('Evidence')).toContain('Observation/mrd-NEGATIVE-2024-03-29, 2024-03-29: negative by FCM');
  });
});

describe('the catalogue', () => {
  it('is all that is needed for another language', () => {
    const marked = Object.fromEntries(
      Object.entries(HCT_MESSAGES_EN).map(([key, text]) => [key, `‹${text}›`]),
    ) as HctMessages;
    expect(explainInOneLine(assess({ ...NOTHING_MET, fit: null }), marked)).toMatch(/^‹.*›$/);
    expect(explainInParagraph(assess(NOTHING_MET), marked)).toMatch(/^‹On .*›$/);
  });

  it('never reads as if there were no indication while data are missing', () => {
    const open = fc.constantFrom(true, false, null);
    const inputs: fc.Arbitrary<HctInput> = fc.record({
      disease: fc.constantFrom('CR', 'ACTIVE', null),
      fit: open,
      priorHct: open,
      product: fc.constantFrom('tisa-cel', 'brexu-cel', 'unknown'),
      age: fc.constant(8),
      evalDay: fc.integer({ min: 20, max: 250 }),
      bca: fc.array(fc.tuple(fc.integer({ min: 1, max: 250 }), fc.constantFrom('A' as const, 'R' as const)), {
        maxLength: 3,
      }),
      mrd: fc.constantFrom([], [[28, 'FCM', 'NEG']], [[28, 'NGS', 'POS']]),
      donor: open,
      desire: open,
      preLdBlastPct: fc.constantFrom(1, 40, null),
      blina: fc.constantFrom('NOT_GIVEN', 'FAILED', 'RESPONDED', null),
      refractory: open,
      adverseCyto: open,
    });
    fc.assert(
      fc.property(inputs, (input) => {
        const assessment = assess(input);
        const paragraph = explainInParagraph(assessment);
        const full = explainInFull(assessment);
        expect(`${paragraph}${JSON.stringify(full)}`).not.toMatch(/undefined|\{\w+\}/);
        if (assessment.status !== 'INDETERMINATE') return;
        expect(paragraph).toMatch(/cannot be decided\..*What would decide it: .*remains possible: /);
        expect(paragraph).not.toMatch(/none is met|no indication/);
      }),
      { numRuns: 300 },
    );
  });
});
