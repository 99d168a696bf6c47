import type { ResponseResult } from '../../../src/clinical/response-results/response-result.ts';
import { infusedOn, type RecordParts } from '../../support/record-builder.ts';
import { blasts, derive, level, mrd, on } from '../../support/response-case.ts';
import { INFUSION } from '../../support/toxicity-facts.ts';

describe('BASELINE_STATUS', () => {
  it.each<[string, RecordParts, ResponseResult['answer']]>([
    ['blasts of 5 %', { blasts: [blasts(-7, 5)], mrd: [mrd(-7, 'NEGATIVE')] }, 'ACTIVE_GE5'],
    ['4.9 %, MRD positive', { blasts: [blasts(-7, 4.9)], mrd: [level(-7, 2e-3)] }, 'MRD_POS'],
    ['4.9 %, MRD negative', { blasts: [blasts(-7, 4.9)], mrd: [mrd(-7, 'NEGATIVE')] }, 'MRD_NEG'],
    ['MRD alone, 5 %', { mrd: [level(-7, 0.05)] }, 'ACTIVE_GE5'],
    ['MRD alone, below', { mrd: [level(-7, 0.0499)] }, 'MRD_POS'],
    ['MRD called positive, no number, no blasts', { mrd: [mrd(-7, 'POSITIVE')] }, 'UNKNOWN'],
    ['blasts alone, low', { blasts: [blasts(-7, 1)] }, 'UNKNOWN'],
    [
      'positive by any method of the day',
      { blasts: [blasts(-7, 1)], mrd: [mrd(-7, 'NEGATIVE'), level(-7, 1e-5, { method: 'NGS' })] },
      'MRD_POS',
    ],
    [
      'the latest day counts',
      { blasts: [blasts(-7, 1)], mrd: [level(-30, 1e-2), mrd(-7, 'NEGATIVE')] },
      'MRD_NEG',
    ],
    ['91 days old', { blasts: [blasts(-91, 40)] }, 'UNKNOWN'],
    ['nothing', {}, 'UNKNOWN'],
  ])('%s', (_, parts, answer) => {
    expect(derive('BASELINE_STATUS', parts).answer).toBe(answer);
  });

  it.each([
    ['on the day of the infusion before', -40, 'UNKNOWN'],
    ['on the day after it', -39, 'MRD_POS'],
  ])('of a second course, MRD %s', (_, day, answer) => {
    const parts = { courses: infusedOn(on(-40), INFUSION), blasts: [blasts(-7, 1)], mrd: [level(day, 1e-2)] };
    expect(derive('BASELINE_STATUS', parts, { course: 2 }).answer).toBe(answer);
  });
});
