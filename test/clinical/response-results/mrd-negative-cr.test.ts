import type { ResponseResult } from '../../../src/clinical/response-results/response-result.ts';
import type { RecordParts } from '../../support/record-builder.ts';

import { derive, level, mrd, status } from '../../support/response-case.ts';

describe('MRD_NEG_CR', () => {
  const cr = [status(28, 'CR')];
  it.each<[string, RecordParts, ResponseResult['answer']]>([
    ['negative of the day', { statuses: cr, mrd: [mrd(28, 'NEGATIVE')] }, 'MET'],
    ['7 days away', { statuses: cr, mrd: [mrd(35, 'NEGATIVE')] }, 'MET'],
    ['8 days away', { statuses: cr, mrd: [mrd(36, 'NEGATIVE')] }, 'UNKNOWN'],
    ['positive', { statuses: cr, mrd: [level(28, 2e-4)] }, 'NOT_MET'],
    [
      'positive by one of two',
      { statuses: cr, mrd: [mrd(28, 'NEGATIVE'), level(28, 1e-6, { method: 'NGS' })] },
      'NOT_MET',
    ],
    [
      'positive, not quantifiable',
      { statuses: cr, mrd: [mrd(28, 'POSITIVE_NOT_QUANTIFIABLE', { method: 'RQ_PCR' })] },
      'NOT_MET',
    ],
    ['an assay too coarse', { statuses: cr, mrd: [mrd(28, 'NEGATIVE', { sensitivity: 1e-3 })] }, 'UNKNOWN'],
    [
      'negative in blood alone',
      { statuses: cr, mrd: [mrd(28, 'NEGATIVE', { specimen: 'BLOOD' })] },
      'UNKNOWN',
    ],
    ['no remission', { statuses: [status(28, 'NR')], mrd: [mrd(28, 'NEGATIVE')] }, 'NOT_MET'],
    ['no MRD', { statuses: cr }, 'UNKNOWN'],
    ['nothing', {}, 'UNKNOWN'],
  ])('%s', (_, parts, answer) => {
    expect(derive('MRD_NEG_CR', parts).answer).toBe(answer);
  });

  it('names each method', () => {
    const parts = { statuses: cr, mrd: [mrd(28, 'NEGATIVE'), level(30, 1e-6, { method: 'NGS' })] };
    expect(derive('MRD_NEG_CR', parts).criteria).toEqual([
      { id: 'FCM', status: 'MET' },
      { id: 'NGS', status: 'NOT_MET' },
    ]);
  });
});
