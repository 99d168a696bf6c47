import type { ResponseResult } from '../../../src/clinical/response-results/response-result.ts';
import { diedOn, hctOn, type RecordParts, therapyOn } from '../../support/record-builder.ts';

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

/** A remission of day 30 has to be seen again from day 58 on. */
describe('a remission lasts', () => {
  const lasted = (parts: RecordParts) => {
    const { answer, criteria } = derive('RESPONSE_BEST_3M', { statuses: [status(30, 'CR')], ...parts });
    return answer === 'CR' ? criteria?.find(({ id }) => id === 'lasted')?.status : 'lost';
  };

  it.each<[string, RecordParts, string]>([
    ['seen again after 28 days', { statuses: [status(30, 'CR'), status(58, 'CR')] }, 'MET'],
    ['seen again a day too soon', { statuses: [status(30, 'CR'), status(57, 'CR')] }, 'UNKNOWN'],
    ['relapse on the last day', { statuses: [status(30, 'CR'), status(58, 'RELAPSE')] }, 'lost'],
    ['relapse the day after', { statuses: [status(30, 'CR'), status(59, 'RELAPSE')] }, 'UNKNOWN'],
    [
      'relapse between, remission again',
      { statuses: [status(30, 'CR'), status(40, 'RELAPSE'), status(70, 'CR')] },
      'lost',
    ],
    [
      'seen after a relapse that came later',
      { statuses: [status(30, 'CR'), status(60, 'RELAPSE'), status(80, 'CR')] },
      'UNKNOWN',
    ],
    ['HCT within the time', { hcts: [hctOn(on(50))] }, 'MET'],
    ['HCT on the last day', { hcts: [hctOn(on(58))] }, 'MET'],
    ['HCT the day after', { hcts: [hctOn(on(59))] }, 'UNKNOWN'],
    [
      'relapse before the HCT',
      { statuses: [status(30, 'CR'), status(49, 'RELAPSE')], hcts: [hctOn(on(50))] },
      'lost',
    ],
    [
      'relapse after the HCT',
      { statuses: [status(30, 'CR'), status(51, 'RELAPSE')], hcts: [hctOn(on(50))] },
      'MET',
    ],
    ['nobody looked again', {}, 'UNKNOWN'],
  ])('%s', (_, parts, expected) => {
    expect(lasted(parts)).toBe(expected);
  });
});
