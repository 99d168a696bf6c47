import { brief, CUTOFF, on, resultOf } from '../support/endpoint-case.ts';
import {
  bCellsOn,
  courseOn,
  diedOn,
  hctOn,
  infusedOn,
  type RecordParts,
  statusOn,
  vitalOn,
} from '../support/record-builder.ts';

const CR28 = statusOn(on(28), 'CR');

describe('dates known to the month or year (clinical specification 0.2)', () => {
  it.each<[string, string, RecordParts, Record<string, unknown>]>([
    [
      'relapse in a month',
      'EFS_RW_D28',
      { statuses: [CR28, statusOn('2022-06', 'RELAPSE')] },
      { date: '2022-06-15', spanDays: 29 },
    ],
    [
      'relapse in a year',
      'EFS_RW_D28',
      { statuses: [CR28, statusOn('2023', 'RELAPSE')] },
      { date: '2023-07-01', spanDays: 364 },
    ],
    [
      'relapse in the month of the remission',
      'EFS_RW_D28',
      { statuses: [statusOn('2022-01-20', 'CR'), statusOn('2022-01', 'RELAPSE', { course: 1 })] },
      { type: 'RELAPSE', date: '2022-01-20' },
    ],
    [
      'relapse in the month of death',
      'EFS_RW_D28',
      { statuses: [CR28, statusOn('2022-06', 'RELAPSE')], death: diedOn('2022-06-10') },
      { type: 'RELAPSE', date: '2022-06-10' },
    ],
    [
      'relapse in the month of last contact',
      'EFS_RW_D28',
      { statuses: [CR28, statusOn('2022-06', 'RELAPSE')], lastContact: '2022-06-08' },
      { date: '2022-06-08' },
    ],
    [
      'relapse in the month of the reinfusion, filed before it',
      'EFS_ANYTX',
      {
        courses: infusedOn(on(0), '2022-06-10'),
        statuses: [CR28, statusOn('2022-06', 'RELAPSE', { course: 1 })],
      },
      { type: 'RELAPSE', date: '2022-06-10' },
    ],
    [
      'no response in the month of infusion',
      'EFS_RW_D28',
      { courses: infusedOn('2022-01-20'), statuses: [statusOn('2022-01', 'PROGRESSIVE', { course: 1 })] },
      { type: 'NO_RESPONSE', date: '2022-01-21' },
    ],
    ['death in a month', 'OS', { death: diedOn('2022-06') }, { date: '2022-06-15', spanDays: 29 }],
    [
      'death in a month, seen on the 20th',
      'OS',
      { death: diedOn('2022-06'), bCells: [bCellsOn('2022-06-20', 0.1)] },
      { date: '2022-06-20' },
    ],
    [
      'death in the month of infusion',
      'OS',
      { courses: infusedOn('2022-01-25'), death: diedOn('2022-01') },
      { date: '2022-01-25', days: 0 },
    ],
    ['infusion in a month', 'OS', { courses: infusedOn('2022-01') }, { origin: '2022-01-15', spanDays: 30 }],
    [
      'HCT in a month',
      'EFS_BE_B',
      { statuses: [CR28], hcts: [hctOn('2022-06')] },
      { type: 'HCT', date: '2022-06-15' },
    ],
    [
      'loss of aplasia in a month',
      'BCALOSS_CIF',
      { statuses: [CR28], bCells: [bCellsOn(on(14), 0.1), bCellsOn('2022-06', 5)] },
      { type: 'BCA_LOSS', date: '2022-06-15', spanDays: 29 },
    ],
    [
      'last contact in a month',
      'OS',
      { lastContact: '2022-06' },
      { type: 'LAST_CONTACT', date: '2022-06-15' },
    ],
  ])('%s', (_, id, parts, expected) => {
    const result = resultOf(id, parts);
    expect(result).toMatchObject(expected);
    expect(result.flags).toContain('DATE_IMPUTED');
  });

  it('adds up what both ends do not say', () => {
    const parts = { courses: infusedOn('2022-01'), statuses: [CR28, statusOn('2022-06', 'RELAPSE')] };
    expect(resultOf('EFS_RW_D28', parts)).toMatchObject({ days: 151, spanDays: 59 });
  });

  it('full dates have no span', () => {
    const result = resultOf('EFS_RW_D28', { statuses: [CR28, statusOn(on(90), 'RELAPSE')] });
    expect(result.flags).toEqual([]);
    expect(result).not.toHaveProperty('spanDays');
  });

  it.each([
    ['2025-06-14', 'CENSORED ADMIN_CUTOFF 1260'],
    ['2025-06-15', 'EVENT RELAPSE 1261'],
  ])('a relapse in 2025-06 as of %s', (asOf, expected) => {
    const parts = { statuses: [CR28, statusOn('2025-06', 'RELAPSE')], lastContact: '2025-12-01' };
    expect(brief(resultOf('EFS_RW_D28', parts, asOf))).toBe(expected);
  });
});

describe('a day that may not be imputed', () => {
  const yearOnly: RecordParts = { courses: [courseOn(1, '2022', 'tisagenlecleucel')] };
  it.each(['OS', 'RFS_CENS', 'BCALOSS_CIF_ACHIEVED'])('infusion known to the year: %s', (id) => {
    const result = resultOf(id, yearOnly);
    expect(result).toMatchObject({ status: 'INDETERMINATE', reason: 'infusion known to the year only' });
    expect(result.evidence).toEqual([{ reference: 'Procedure/infusion-1', path: 'value', site: 'a' }]);
  });

  it('the second course of a patient whose first is known to the year', () => {
    const courses = [courseOn(1, '2021', 'tisagenlecleucel'), courseOn(2, on(0), 'tisagenlecleucel')];
    expect(brief(resultOf('EFS_CART2', { courses }))).toBe('CENSORED LAST_CONTACT 1000');
  });

  it.each<[string, string, RecordParts, string]>([
    ['overall survival', 'OS', { statuses: [CR28], death: diedOn() }, 'INDETERMINATE death without a date'],
    [
      'seen on day 300 before the cut-off',
      'EFS_RW_D28',
      { statuses: [CR28], death: diedOn(), lastContact: on(300) },
      'INDETERMINATE death without a date',
    ],
    [
      'overall survival after a relapse',
      'OS',
      { statuses: [CR28, statusOn(on(90), 'RELAPSE')], death: diedOn() },
      'INDETERMINATE death without a date',
    ],
    [
      'relapse was found in the living',
      'EFS_RW_D28',
      { statuses: [CR28, statusOn(on(90), 'RELAPSE')], death: diedOn() },
      'EVENT RELAPSE 90',
    ],
    [
      'so was no response',
      'CIR',
      { statuses: [statusOn(on(28), 'NR')], death: diedOn() },
      'EVENT NO_RESPONSE 28',
    ],
    [
      'so was the transplantation',
      'RFS_CENS',
      { statuses: [CR28], hcts: [hctOn(on(90))], death: diedOn() },
      'CENSORED HCT 62',
    ],
    ['no responder', 'RFS_CENS', { death: diedOn() }, 'NOT_APPLICABLE no CR/CRi within day 42'],
    [
      'alive after the cut-off',
      'OS',
      { death: diedOn(), lastContact: '2025-07-01' },
      'CENSORED ADMIN_CUTOFF 1276',
    ],
    [
      'last seen on the cut-off day',
      'OS',
      { death: diedOn(), lastContact: '2025-06-30' },
      'INDETERMINATE death without a date',
    ],
    ['in a year', 'OS', { death: diedOn('2024') }, 'INDETERMINATE death known to the year only'],
    [
      'in the year of the cut-off',
      'OS',
      { death: diedOn('2025') },
      'INDETERMINATE death known to the year only',
    ],
    ['in a year after the cut-off', 'OS', { death: diedOn('2026') }, 'CENSORED ADMIN_CUTOFF 1276'],
    [
      '"dead" as a vital status alone',
      'OS',
      { vitalStatus: [vitalOn(on(400), 'DEAD')], lastContact: on(300) },
      'INDETERMINATE death without a date',
    ],
    [
      '"dead" reported after the cut-off',
      'OS',
      { vitalStatus: [vitalOn('2025-07-01', 'DEAD')], lastContact: on(300) },
      'CENSORED LAST_CONTACT 300',
    ],
    [
      'death dated before the infusion',
      'OS',
      { death: diedOn('2021-12-31') },
      'INDETERMINATE death dated before the origin',
    ],
  ])('death: %s', (_, id, parts, expected) => {
    expect(brief(resultOf(id, parts))).toBe(expected);
  });

  it.each<[string, string, RecordParts['statuses'], string]>([
    ['where reinfusion counts', 'EFS_ANYTX', [CR28], 'INDETERMINATE reinfusion known to the year only'],
    ['where it does not', 'EFS_RW_D28', [CR28], 'CENSORED LAST_CONTACT 1000'],
    ['relapse before that year', 'EFS_ANYTX', [CR28, statusOn(on(300), 'RELAPSE')], 'EVENT RELAPSE 300'],
    [
      'relapse within that year',
      'EFS_ANYTX',
      [CR28, statusOn(on(500), 'RELAPSE')],
      'INDETERMINATE reinfusion known to the year only',
    ],
  ])('reinfusion: %s', (_, id, statuses, expected) => {
    const courses = [courseOn(1, on(0), 'tisagenlecleucel'), courseOn(2, '2023', 'tisagenlecleucel')];
    expect(brief(resultOf(id, { courses, statuses: statuses ?? [] }))).toBe(expected);
  });
});

it('as of an earlier day a later death is only proof of life', () => {
  const parts = { statuses: [CR28], death: diedOn(on(500)) };
  expect(brief(resultOf('OS', parts, on(499)))).toBe('CENSORED ADMIN_CUTOFF 499');
  expect(brief(resultOf('OS', parts, on(500)))).toBe('EVENT DEATH 500');
  expect(resultOf('OS', parts, CUTOFF).asOf).toBe('2025-06-30');
});
