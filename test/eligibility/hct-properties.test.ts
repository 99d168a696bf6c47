import fc from 'fast-check';
import type { CohortRecord } from '../../src/cohort/cohort-record.generated.ts';
import { assessHctConsolidation } from '../../src/eligibility/assess-hct-consolidation.ts';
import { explainInOneLine } from '../../src/eligibility/explain.ts';
import { type HctInput, hctRecord, NOTHING_MET, onDay } from '../support/hct-record.ts';
import { bCellsOn, hctOn, mrdOn, statusOn } from '../support/record-builder.ts';

const answer = fc.constantFrom(true, false, null);

/** Any input; null is unknown. */
const inputs: fc.Arbitrary<HctInput> = fc.record({
  disease: fc.constantFrom('CR', 'CR', 'CR', 'ACTIVE', 'NO_RESPONSE', null),
  fit: answer,
  priorHct: answer,
  product: fc.constantFrom('tisa-cel', 'brexu-cel', 'unknown'),
  age: fc.integer({ min: 1, max: 40 }),
  evalDay: fc.integer({ min: 30, max: 250 }),
  bca: fc.array(fc.tuple(fc.integer({ min: 1, max: 250 }), fc.constantFrom('A' as const, 'R' as const)), {
    maxLength: 4,
  }),
  mrd: fc.array(
    fc.tuple(
      fc.integer({ min: 1, max: 250 }),
      fc.constantFrom('FCM' as const, 'NGS' as const),
      fc.constantFrom('POS' as const, 'NEG' as const),
    ),
    { maxLength: 2 },
  ),
  donor: answer,
  desire: answer,
  preLdBlastPct: fc.constantFrom(1, 5, 40, null),
  blina: fc.constantFrom('NOT_GIVEN', 'FAILED', 'RESPONDED', null),
  refractory: answer,
  adverseCyto: answer,
});

/** Everything that each open question may turn out to be. */
const COMPLETIONS = {
  disease: ['CR', 'ACTIVE', 'NO_RESPONSE'],
  fit: [true, false],
  priorHct: [true, false],
  donor: [true, false],
  desire: [true, false],
  preLdBlastPct: [1, 40],
  blina: ['NOT_GIVEN', 'FAILED', 'RESPONDED'],
  refractory: [true, false],
  adverseCyto: [true, false],
} as const;

function assess(input: HctInput) {
  return assessHctConsolidation(hctRecord(input), onDay(input.evalDay));
}

describe('properties', () => {
  it('a definite status survives every answer to an open question; an open one lists the result', () => {
    fc.assert(
      fc.property(inputs, fc.constantFrom(...Object.keys(COMPLETIONS)), (input, key) => {
        const question = key as keyof typeof COMPLETIONS;
        fc.pre(input[question] === null);
        const before = assess(input);
        const reachable = before.status === 'INDETERMINATE' ? (before.possible ?? []) : [before.status];
        for (const value of COMPLETIONS[question]) {
          const after = assess({ ...input, [question]: value });
          const reached = after.status === 'INDETERMINATE' ? (after.possible ?? []) : [after.status];
          expect(reachable).toEqual(expect.arrayContaining([...reached]));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('says what is missing where, and only where, something is open', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const { status, missing, possible, statusIfEligible } = assess(input);
        const isOpen = status === 'INDETERMINATE' || statusIfEligible === 'INDETERMINATE';
        expect(missing.length > 0).toBe(isOpen);
        expect((possible ?? []).length > 1).toBe(status === 'INDETERMINATE');
      }),
      { numRuns: 300 },
    );
  });

  it('does not depend on the order of facts', () => {
    const shuffled = <T>(list: readonly T[], seed: number): readonly T[] =>
      seed % 2 === 0 ? list.toReversed() : [...list.slice(1), ...list.slice(0, 1)];
    fc.assert(
      fc.property(inputs, fc.nat(), (input, seed) => {
        const record = hctRecord(input);
        const { observations } = record;
        const moved: CohortRecord = {
          ...record,
          observations: {
            ...observations,
            assertions: shuffled(observations.assertions, seed),
            bCells: shuffled(observations.bCells, seed),
            mrd: shuffled(observations.mrd, seed),
            diseaseStatus: shuffled(observations.diseaseStatus, seed),
          },
        };
        const verdict = ({ status, missing, criteria }: ReturnType<typeof assess>) => ({
          status,
          missing,
          results: criteria.map(({ id, result }) => [id, result]),
        });
        expect(verdict(assessHctConsolidation(moved, onDay(input.evalDay)))).toEqual(verdict(assess(input)));
      }),
      { numRuns: 200 },
    );
  });

  it('facts after the evaluation day change nothing', () => {
    fc.assert(
      fc.property(inputs, fc.integer({ min: 1, max: 100 }), (input, later) => {
        const record = hctRecord(input);
        const day = onDay(input.evalDay + later);
        const { observations } = record;
        const known: CohortRecord = {
          ...record,
          hcts: [...record.hcts, hctOn(day)],
          observations: {
            ...observations,
            bCells: [...observations.bCells, bCellsOn(day, 20)],
            mrd: [...observations.mrd, mrdOn(day, 'POSITIVE')],
            diseaseStatus: [...observations.diseaseStatus, statusOn(day, 'RELAPSE')],
          },
        };
        expect(assessHctConsolidation(known, onDay(input.evalDay))).toEqual(assess(input));
      }),
      { numRuns: 200 },
    );
  });

  it('explains every status in one sentence, and never as "no criterion" while data are missing', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const assessment = assess(input);
        const sentence = explainInOneLine(assessment);
        expect(sentence).toMatch(/^[A-Z].*\.$/);
        expect(sentence).not.toMatch(/undefined|\n/);
        if (assessment.status === 'INDETERMINATE') expect(sentence).toMatch(/^Cannot be decided: missing /);
      }),
      { numRuns: 300 },
    );
  });
});

describe('explainInOneLine', () => {
  it.each<[string, Partial<HctInput>, string]>([
    ['nothing met', {}, 'No criterion met: test B cells again by day 135, reassess by day 183.'],
    [
      'B-cell aplasia lost',
      {
        bca: [
          [28, 'A'],
          [95, 'R'],
        ],
      },
      'Recommended: B-cell aplasia lost, first seen on day 95, within six months (M6_D183).',
    ],
    ['CD28 product', { product: 'brexu-cel' }, 'Recommended: CD28 product.'],
    ['MRD', { mrd: [[28, 'NGS', 'POS']] }, 'Recommended: MRD positive by NGS on day 28.'],
    [
      'donor and wish, high burden',
      { donor: true, desire: true, preLdBlastPct: 30 },
      'May be considered: donor available and HCT desired; high burden before lymphodepletion, 30 % of marrow cells, threshold >5%.',
    ],
    [
      'not fit',
      { fit: false, mrd: [[28, 'FCM', 'POS']] },
      'Cannot proceed to HCT as a clinician states; if eligible: recommended.',
    ],
    [
      'fitness unknown',
      { fit: null },
      'Cannot be decided: missing eligibility to proceed (clinician fitness/comorbidity/infection assertion). Possible: no criterion met, cannot proceed.',
    ],
    ['relapse', { disease: 'ACTIVE' }, 'Out of scope: active relapse, 2024-06-09; reassess after remission.'],
    ['dead', { alive: false }, 'Not applicable: deceased.'],
    [
      'transplanted',
      { postCartHctDay: 70 },
      'Already transplanted: allogeneic HCT after the infusion, 2024-05-10.',
    ],
  ])('%s', (_, input, sentence) => {
    expect(explainInOneLine(assess({ ...NOTHING_MET, ...input }))).toBe(sentence);
  });
});
