import type { ResponseResult } from '../../../src/clinical/response-results/response-result.ts';
import { diedOn, type RecordParts, therapyOn } from '../../support/record-builder.ts';

import { derive, on, status } from '../../support/response-case.ts';

describe('RESPONSE_BEST_3M', () => {
  it.each<[string, RecordParts, ResponseResult['answer'], readonly string[]]>([
    [
      'CRi, then CR that lasts',
      { statuses: [status(28, 'CRI'), status(60, 'CR'), status(90, 'CR')] },
      'CR',
      [],
    ],
    ['what lasts goes before what is better', { statuses: [status(28, 'CRI'), status(60, 'CR')] }, 'CRi', []],
    ['seen once', { statuses: [status(92, 'CR')] }, 'CR', ['UNCONFIRMED']],
    ['day 93', { statuses: [status(93, 'CR')] }, 'NE', []],
    ['lost within 28 days', { statuses: [status(28, 'CR'), status(50, 'RELAPSE')] }, 'NR', []],
    [
      'relapse on day 29 after it',
      { statuses: [status(28, 'CR'), status(57, 'RELAPSE')] },
      'CR',
      ['UNCONFIRMED'],
    ],
    ['NR', { statuses: [status(28, 'NR')] }, 'NR', []],
    [
      'after other therapy',
      { statuses: [status(60, 'CR')], therapies: [therapyOn(on(30), 'CHEMOTHERAPY')] },
      'NR',
      ['REMISSION_AFTER_OTHER_THERAPY'],
    ],
    ['death', { death: diedOn(on(12)) }, 'NR', ['DEATH_BEFORE_ASSESSMENT']],
  ])('%s', (_, parts, answer, flags) => {
    expect(derive('RESPONSE_BEST_3M', parts)).toMatchObject({ answer, flags });
  });

  it('waits while the time runs', () => {
    expect(derive('RESPONSE_BEST_3M', {}, { asOf: on(91) }).answer).toBe('PENDING');
    expect(derive('RESPONSE_BEST_3M', {}, { asOf: on(92) }).answer).toBe('NE');
    const failed = { statuses: [status(28, 'NR')] };
    expect(derive('RESPONSE_BEST_3M', failed, { asOf: on(60) }).answer).toBe('PENDING');
  });
});
