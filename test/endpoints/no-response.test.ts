import { brief, on, resultOf } from '../support/endpoint-case.ts';
import {
  blastsOn,
  diedOn,
  hctOn,
  infusedOn,
  type RecordParts,
  statusOn,
  therapyOn,
} from '../support/record-builder.ts';

const CR28 = statusOn(on(28), 'CR');

describe('response deadline and no response (rules 7, 8, 10)', () => {
  it.each<[string, string, RecordParts, string]>([
    ['CR on day 1', 'RFS_CENS', { statuses: [statusOn(on(1), 'CR')] }, 'CENSORED LAST_CONTACT 999'],
    [
      'CR on the infusion day',
      'RFS_CENS',
      { statuses: [statusOn(on(0), 'CR')] },
      'NOT_APPLICABLE no CR/CRi within day 42',
    ],
    ['CR on day 42', 'RFS_CENS', { statuses: [statusOn(on(42), 'CR')] }, 'CENSORED LAST_CONTACT 958'],
    [
      'CR on day 43',
      'RFS_CENS',
      { statuses: [statusOn(on(43), 'CR')] },
      'NOT_APPLICABLE no CR/CRi within day 42',
    ],
    ['CRi', 'RFS_CENS', { statuses: [statusOn(on(28), 'CRI')] }, 'CENSORED LAST_CONTACT 972'],
    [
      'remission, CR or CRi',
      'RFS_CENS',
      { statuses: [statusOn(on(28), 'REMISSION')] },
      'CENSORED LAST_CONTACT 972',
    ],
    ['NR on day 13', 'EFS_RW_D28', { statuses: [statusOn(on(13), 'NR')] }, 'CENSORED LAST_CONTACT 1000'],
    ['NR on day 14', 'EFS_RW_D28', { statuses: [statusOn(on(14), 'NR')] }, 'EVENT NO_RESPONSE 14'],
    [
      'progressive on day 1',
      'EFS_RW_D28',
      { statuses: [statusOn(on(1), 'PROGRESSIVE')] },
      'EVENT NO_RESPONSE 1',
    ],
    ['blasts 5 % on day 13', 'EFS_RW_D28', { blasts: [blastsOn(on(13), 5)] }, 'CENSORED LAST_CONTACT 1000'],
    ['blasts 5 % on day 14', 'EFS_RW_D28', { blasts: [blastsOn(on(14), 5)] }, 'EVENT NO_RESPONSE 14'],
    ['blasts 4.9 %', 'EFS_RW_D28', { blasts: [blastsOn(on(28), 4.9)] }, 'CENSORED LAST_CONTACT 1000'],
    [
      'blasts below 5 %',
      'EFS_RW_D28',
      { blasts: [blastsOn(on(28), 5, { comparator: '<' })] },
      'CENSORED LAST_CONTACT 1000',
    ],
    [
      'blasts above 5 %',
      'EFS_RW_D28',
      { blasts: [blastsOn(on(28), 5, { comparator: '>' })] },
      'EVENT NO_RESPONSE 28',
    ],
    [
      'blasts below 20 %, which says nothing',
      'EFS_RW_D28',
      { blasts: [blastsOn(on(28), 20, { comparator: '<' })] },
      'CENSORED LAST_CONTACT 1000',
    ],
    [
      'blasts 8 %, called CR the same day',
      'EFS_RW_D28',
      { blasts: [blastsOn(on(28), 8)], statuses: [CR28] },
      'CENSORED LAST_CONTACT 1000',
    ],
    [
      'blasts 8 %, not evaluable',
      'EFS_RW_D28',
      { blasts: [blastsOn(on(28), 8)], statuses: [statusOn(on(28), 'NOT_EVALUABLE')] },
      'CENSORED LAST_CONTACT 1000',
    ],
    [
      'the first of two marrows dates it',
      'EFS_RW_D28',
      { statuses: [statusOn(on(35), 'NR'), statusOn(on(20), 'NR')] },
      'EVENT NO_RESPONSE 20',
    ],
    [
      'NR, then CR by the deadline',
      'EFS_RW_D28',
      { statuses: [statusOn(on(20), 'NR'), statusOn(on(42), 'CR')] },
      'CENSORED LAST_CONTACT 1000',
    ],
    [
      'progression, then CR by the deadline',
      'EFS_RW_D28',
      { statuses: [statusOn(on(7), 'PROGRESSIVE'), CR28] },
      'CENSORED LAST_CONTACT 1000',
    ],
    [
      'NR, then CR after the deadline',
      'EFS_RW_D28',
      { statuses: [statusOn(on(28), 'NR'), statusOn(on(60), 'CR')] },
      'EVENT NO_RESPONSE 28',
    ],
    [
      'the same by the later deadline',
      'EFS_ELIANA_NOCENS',
      { statuses: [statusOn(on(28), 'NR'), statusOn(on(60), 'CR')] },
      'CENSORED LAST_CONTACT 1000',
    ],
    [
      'CR on day 92, later deadline',
      'EFS_ELIANA_NOCENS',
      { statuses: [statusOn(on(28), 'NR'), statusOn(on(92), 'CR')] },
      'CENSORED LAST_CONTACT 1000',
    ],
    [
      'CR on day 93, later deadline',
      'EFS_ELIANA_NOCENS',
      { statuses: [statusOn(on(28), 'NR'), statusOn(on(93), 'CR')] },
      'EVENT NO_RESPONSE 0',
    ],
    [
      'NR, chemotherapy, CR',
      'EFS_RW_D28',
      {
        statuses: [statusOn(on(20), 'NR'), statusOn(on(40), 'CR')],
        therapies: [therapyOn(on(25), 'CHEMOTHERAPY')],
      },
      'EVENT NO_RESPONSE 20',
    ],
    [
      'CR after new therapy is not the CAR-T cells’',
      'RFS_NOCENS',
      { statuses: [CR28], therapies: [therapyOn(on(27), 'BLINATUMOMAB')] },
      'NOT_APPLICABLE no CR/CRi within day 42',
    ],
    [
      'CR on the day of new therapy is',
      'RFS_NOCENS',
      { statuses: [CR28], therapies: [therapyOn(on(28), 'BLINATUMOMAB')] },
      'CENSORED LAST_CONTACT 972',
    ],
    [
      'CR under a kinase inhibitor is',
      'RFS_NOCENS',
      { statuses: [CR28], therapies: [therapyOn(on(10), 'TYROSINE_KINASE_INHIBITOR')] },
      'CENSORED LAST_CONTACT 972',
    ],
    [
      'CR after HCT is not',
      'RFS_NOCENS',
      { statuses: [CR28], hcts: [hctOn(on(20))] },
      'NOT_APPLICABLE no CR/CRi within day 42',
    ],
    [
      'CR after reinfusion is not',
      'RFS_NOCENS',
      { statuses: [CR28], courses: infusedOn(on(0), on(20)) },
      'NOT_APPLICABLE no CR/CRi within day 42',
    ],
    [
      'therapy for lack of efficacy',
      'EFS_RW_D28',
      { therapies: [therapyOn(on(21), 'INOTUZUMAB', { reason: 'LACK_OF_EFFICACY' })] },
      'EVENT NO_RESPONSE 21',
    ],
    [
      'therapy for lack of efficacy, then NR',
      'EFS_RW_D28',
      {
        therapies: [therapyOn(on(21), 'INOTUZUMAB', { reason: 'LACK_OF_EFFICACY' })],
        statuses: [statusOn(on(28), 'NR')],
      },
      'EVENT NO_RESPONSE 21',
    ],
    [
      'NR, then therapy for lack of efficacy',
      'EFS_RW_D28',
      {
        therapies: [therapyOn(on(35), 'INOTUZUMAB', { reason: 'LACK_OF_EFFICACY' })],
        statuses: [statusOn(on(28), 'NR')],
      },
      'EVENT NO_RESPONSE 28',
    ],
    [
      'therapy for lack of efficacy after CR',
      'EFS_RW_D28',
      { therapies: [therapyOn(on(35), 'INOTUZUMAB', { reason: 'LACK_OF_EFFICACY' })], statuses: [CR28] },
      'CENSORED LAST_CONTACT 1000',
    ],
    ['death before any assessment', 'EFS_RW_D28', { death: diedOn(on(12)) }, 'EVENT DEATH 12'],
    [
      'a molecular non-response is none',
      'EFS_RW_D28',
      { statuses: [statusOn(on(28), 'NR', { level: 'MOLECULAR' })] },
      'CENSORED LAST_CONTACT 1000',
    ],
  ])('%s (%s)', (_, id, parts, expected) => {
    expect(brief(resultOf(id, parts))).toBe(expected);
  });

  it.each([
    ['EFS_ELIANA_CENS', 60, ['PROVISIONAL']],
    ['EFS_ELIANA_CENS', 91, ['PROVISIONAL']],
    ['EFS_ELIANA_CENS', 92, []],
    ['EFS_RW_D28', 41, ['PROVISIONAL']],
    ['EFS_RW_D28', 42, []],
  ])('NR on day 28 of %s as of day %d', (id, day, flags) => {
    const result = resultOf(id, { statuses: [statusOn(on(28), 'NR')] }, on(day));
    expect(result).toMatchObject({ type: 'NO_RESPONSE', flags });
  });

  it.each<[string, RecordParts]>([
    ['after death', { statuses: [statusOn(on(28), 'NR')], death: diedOn(on(50)) }],
    [
      'after another therapy',
      { statuses: [statusOn(on(28), 'NR')], therapies: [therapyOn(on(30), 'CHEMOTHERAPY')] },
    ],
  ])('NR is final before the deadline %s', (_, parts) => {
    expect(resultOf('EFS_ELIANA_CENS', parts, on(60)).flags).toEqual([]);
  });

  it('no response yet leaves the responders’ endpoints open', () => {
    expect(resultOf('RFS_CENS', {}, on(30))).toMatchObject({
      status: 'NOT_APPLICABLE',
      flags: ['PROVISIONAL'],
    });
    expect(resultOf('RFS_CENS', {}, on(42))).toMatchObject({
      status: 'NOT_APPLICABLE',
      flags: ['RESPONSE_NOT_EVALUABLE'],
    });
  });

  it.each<[string, RecordParts, readonly string[]]>([
    ['nothing assessed', {}, ['RESPONSE_NOT_EVALUABLE']],
    ['first CR on day 70', { statuses: [statusOn(on(70), 'CR')] }, ['RESPONSE_NOT_EVALUABLE']],
    ['marrow below 5 % without a verdict', { blasts: [blastsOn(on(28), 1)] }, ['RESPONSE_NOT_EVALUABLE']],
    ['not evaluable', { statuses: [statusOn(on(28), 'NOT_EVALUABLE')] }, ['RESPONSE_NOT_EVALUABLE']],
    ['CR', { statuses: [CR28] }, []],
    ['death by the deadline', { death: diedOn(on(42)) }, []],
    ['death after it', { death: diedOn(on(43)) }, ['RESPONSE_NOT_EVALUABLE']],
  ])('not evaluable, followed on: %s', (_, parts, flags) => {
    expect(resultOf('EFS_RW_D28', parts).flags).toEqual(flags);
  });
});
