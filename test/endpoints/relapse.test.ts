import { brief, on, resultOf } from '../support/endpoint-case.ts';
import { blastsOn, type RecordParts, statusOn } from '../support/record-builder.ts';

const CR28 = statusOn(on(28), 'CR');

describe('relapse', () => {
  const relapse = (day: number, more = {}) => statusOn(on(day), 'RELAPSE', more);
  it.each<[string, RecordParts, Record<string, unknown>]>([
    [
      'recorded',
      { statuses: [CR28, relapse(200, { cd19: 'DIM', sites: ['TESTIS', 'MARROW'] })] },
      { days: 200, cd19: 'DIM', site: 'BM+TESTIS' },
    ],
    ['recorded without an earlier remission', { statuses: [relapse(200)] }, { days: 200, cd19: 'UNKNOWN' }],
    [
      'progression after remission',
      { statuses: [CR28, statusOn(on(90), 'PROGRESSIVE', { cd19: 'POSITIVE' })] },
      { days: 90, cd19: 'POS' },
    ],
    [
      'marrow blasts after remission',
      { statuses: [CR28], blasts: [blastsOn(on(90), 5)] },
      { days: 90, cd19: 'UNKNOWN', site: 'BM' },
    ],
    [
      'early marrow blasts after remission',
      { statuses: [statusOn(on(10), 'CR')], blasts: [blastsOn(on(13), 30)] },
      { days: 13 },
    ],
    [
      'blasts first, the verdict with its class days later',
      {
        statuses: [CR28, relapse(93, { cd19: 'POSITIVE', sites: ['MARROW', 'CNS'] })],
        blasts: [blastsOn(on(90), 40)],
      },
      { days: 90, cd19: 'POS', site: 'BM' },
    ],
    [
      'two sites recorded apart on one day',
      {
        statuses: [
          CR28,
          relapse(90, { sites: ['CNS'], cd19: 'POSITIVE' }),
          relapse(90, { sites: ['MARROW'] }),
        ],
      },
      { days: 90, cd19: 'POS', site: 'BM+CNS' },
    ],
    [
      'two classes on one day',
      { statuses: [CR28, relapse(90, { cd19: 'POSITIVE' }), relapse(90, { cd19: 'NEGATIVE' })] },
      { cd19: 'MIXED' },
    ],
    [
      'lineage switch',
      { statuses: [CR28, relapse(90, { lineageSwitch: true })] },
      { cd19: 'NEG', flags: ['LINEAGE_SWITCH'] },
    ],
    [
      'extramedullary, site not named',
      { statuses: [CR28, relapse(90, { level: 'EXTRAMEDULLARY' })] },
      { site: 'OTHER_EM' },
    ],
    [
      'morphologic, site not named',
      { statuses: [CR28, relapse(90, { level: 'MORPHOLOGIC' })] },
      { site: 'BM' },
    ],
    [
      'every site',
      { statuses: [CR28, relapse(90, { sites: ['OTHER_EXTRAMEDULLARY', 'TESTIS', 'CNS', 'MARROW'] })] },
      { site: 'BM+CNS+TESTIS+OTHER_EM' },
    ],
  ])('%s', (_, parts, expected) => {
    expect(resultOf('EFS_RW_D28', parts)).toMatchObject({ status: 'EVENT', type: 'RELAPSE', ...expected });
  });

  it.each<[string, RecordParts, string]>([
    [
      'molecular only',
      { statuses: [CR28, relapse(90, { level: 'MOLECULAR' })] },
      'CENSORED LAST_CONTACT 1000',
    ],
    ['before the infusion', { statuses: [relapse(-10), CR28] }, 'CENSORED LAST_CONTACT 1000'],
    ['on the day of the infusion', { statuses: [relapse(0), CR28] }, 'CENSORED LAST_CONTACT 1000'],
    [
      'blasts explained by CR of the same day',
      { statuses: [CR28, statusOn(on(60), 'CR')], blasts: [blastsOn(on(60), 7)] },
      'CENSORED LAST_CONTACT 1000',
    ],
  ])('none: %s', (_, parts, expected) => {
    expect(brief(resultOf('EFS_RW_D28', parts))).toBe(expected);
  });

  it('"no response" in remission is for adjudication', () => {
    const result = resultOf('EFS_RW_D28', { statuses: [CR28, statusOn(on(178), 'NR')] });
    expect(result).toMatchObject({ status: 'CENSORED', flags: ['NR_AFTER_REMISSION'] });
  });

  it('CR and its opposite on one day: the CR does not count', () => {
    const parts = { statuses: [CR28, statusOn(on(28), 'NR')] };
    expect(resultOf('EFS_RW_D28', parts)).toMatchObject({
      type: 'NO_RESPONSE',
      days: 28,
      flags: ['CONFLICTING_ASSESSMENTS'],
    });
    expect(resultOf('RFS_CENS', parts)).toMatchObject({
      status: 'NOT_APPLICABLE',
      flags: ['CONFLICTING_ASSESSMENTS'],
    });
  });
});
