import { deriveEndpoint, deriveEndpoints } from '../../src/endpoints/derive-endpoint.ts';
import { ENDPOINT_DEFINITIONS } from '../../src/endpoints/endpoint-definitions.ts';
import { brief, CUTOFF, on, resultOf } from '../support/endpoint-case.ts';
import {
  bCellsOn,
  diedOn,
  hctOn,
  infusedOn,
  mrdOn,
  type RecordParts,
  recordOf,
  statusOn,
  vitalOn,
} from '../support/record-builder.ts';

const CR28 = statusOn(on(28), 'CR');

describe('cut-off and last contact (rules 4 to 6)', () => {
  const relapsed = { statuses: [CR28, statusOn(CUTOFF, 'RELAPSE')], lastContact: on(1400) };
  it.each([
    ['2025-06-29', 'CENSORED ADMIN_CUTOFF 1275'],
    ['2025-06-30', 'EVENT RELAPSE 1276'],
    ['2025-07-01', 'EVENT RELAPSE 1276'],
    ['2025-06', 'EVENT RELAPSE 1276'],
  ])('relapse on 2025-06-30 as of %s', (asOf, expected) => {
    expect(brief(resultOf('EFS_RW_D28', relapsed, asOf))).toBe(expected);
  });

  it.each<[string, RecordParts, string]>([
    ['last contact the day before', { lastContact: '2025-06-29' }, 'CENSORED LAST_CONTACT 1275'],
    ['last contact on the day', { lastContact: '2025-06-30' }, 'CENSORED ADMIN_CUTOFF 1276'],
    [
      'death after it shows survival',
      { lastContact: on(200), death: diedOn('2025-07-10') },
      'CENSORED ADMIN_CUTOFF 1276',
    ],
    [
      'relapse after it shows survival',
      { lastContact: on(200), statuses: [CR28, statusOn('2025-07-15', 'RELAPSE')] },
      'CENSORED ADMIN_CUTOFF 1276',
    ],
    [
      'seen alive after it',
      { lastContact: on(200), vitalStatus: [vitalOn('2025-08-01', 'ALIVE')] },
      'CENSORED ADMIN_CUTOFF 1276',
    ],
    [
      'a later sample than the recorded contact',
      { lastContact: on(200), bCells: [bCellsOn(on(321), 0.2)] },
      'CENSORED LAST_CONTACT 321',
    ],
    ['nothing after the infusion', { lastContact: on(-5) }, 'CENSORED LAST_CONTACT 0'],
  ])('%s', (_, parts, expected) => {
    expect(brief(resultOf('OS', parts))).toBe(expected);
  });

  it('a fact dated in the future proves no contact', () => {
    const parts: RecordParts = {
      lastContact: on(200),
      bCells: [bCellsOn(on(321), 0.2)],
      findings: [
        {
          code: 'date-in-future',
          severity: 'warning',
          message: 'dated after it was received',
          reference: `Observation/b-cells-0.2-${on(321)}`,
        },
      ],
    };
    expect(brief(resultOf('OS', parts))).toBe('CENSORED LAST_CONTACT 200');
  });

  it.each<[string, RecordParts, readonly string[]]>([
    [
      'left at own request',
      { lastContact: on(40), vitalStatus: [vitalOn(on(40), 'SELF_DISCHARGED')] },
      ['informativeCensoringSuspected'],
    ],
    [
      'and seen again',
      { lastContact: on(80), vitalStatus: [vitalOn(on(40), 'SELF_DISCHARGED'), vitalOn(on(80), 'ALIVE')] },
      [],
    ],
    ['lost', { lastContact: on(40), vitalStatus: [vitalOn(on(40), 'LOST')] }, []],
  ])('%s', (_, parts, flags) => {
    const result = resultOf('EFS_ANYTX', { statuses: [CR28], ...parts });
    expect(result).toMatchObject({ status: 'CENSORED', type: 'LAST_CONTACT', flags });
  });

  it('censoring by therapy suspects nothing', () => {
    const parts: RecordParts = {
      statuses: [CR28],
      hcts: [hctOn(on(35))],
      lastContact: on(40),
      vitalStatus: [vitalOn(on(40), 'SELF_DISCHARGED')],
    };
    expect(resultOf('RFS_CENS', parts)).toMatchObject({ type: 'HCT', flags: [] });
  });

  it('censors at the last disease assessment where the definition asks for it', () => {
    const parts: RecordParts = {
      statuses: [CR28, statusOn(on(90), 'CR'), statusOn(on(200), 'NOT_EVALUABLE')],
      mrd: [mrdOn(on(120), 'NEGATIVE')],
    };
    const change = { censorAt: 'LAST_DISEASE_ASSESSMENT' } as const;
    expect(brief(resultOf('EFS_RW_D28', parts, CUTOFF, change))).toBe('CENSORED LAST_DISEASE_ASSESSMENT 120');
    expect(brief(resultOf('EFS_RW_D28', {}, CUTOFF, change))).toBe('CENSORED LAST_DISEASE_ASSESSMENT 0');
  });
});

describe('time (rule 9)', () => {
  it.each([
    ['KEEP_0', 0, 0],
    ['HALF_DAY', 0.5, 0.02],
    ['ONE_DAY', 1, 0.03],
  ] as const)('zero time %s', (zeroTime, days, months) => {
    expect(resultOf('OS', { death: diedOn(on(0)) }, CUTOFF, { zeroTime })).toMatchObject({ days, months });
  });

  it('months by the definition’s month', () => {
    expect(resultOf('OS', {}, CUTOFF, { monthDays: 30 }).months).toBe(33.33);
  });
});

describe('what a result tells', () => {
  it('its evidence, what would have come next, and the day that it was derived for', () => {
    const parts: RecordParts = {
      statuses: [CR28, statusOn(on(365), 'RELAPSE', { cd19: 'POSITIVE', sites: ['MARROW'] })],
      death: diedOn(on(500), 'LEUKEMIA'),
    };
    expect(resultOf('RFS_CENS', parts)).toEqual({
      endpoint: 'RFS_CENS',
      version: '1.0.0',
      origin: '2022-01-29',
      status: 'EVENT',
      type: 'RELAPSE',
      date: '2023-01-01',
      days: 337,
      months: 11.07,
      cd19: 'POS',
      site: 'BM',
      flags: [],
      evidence: [
        { reference: 'Procedure/infusion-1', path: 'value', site: 'a' },
        { reference: 'Observation/status-CR-2022-01-29', path: 'value', site: 'a' },
        { reference: 'Observation/status-RELAPSE-2023-01-01', path: 'value', site: 'a' },
      ],
      next: { status: 'EVENT', type: 'DEATH', date: '2023-05-16', days: 472 },
      asOf: '2025-06-30',
    });
  });

  it('a single definition and many give the same', () => {
    const record = recordOf({ courses: infusedOn(on(0)), statuses: [CR28], lastContact: on(500) });
    const all = deriveEndpoints(record, CUTOFF);
    expect(ENDPOINT_DEFINITIONS.map((definition) => deriveEndpoint(definition, record, CUTOFF))).toEqual(all);
  });
});
