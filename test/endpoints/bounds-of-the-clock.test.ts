import { brief, CUTOFF, on, resultOf } from '../support/endpoint-case.ts';
import {
  bCellsOn,
  courseOn,
  diedOn,
  hctOn,
  infusedOn,
  malignancyOn,
  mrdOn,
  type RecordParts,
  statusOn,
  therapyOn,
  vitalOn,
} from '../support/record-builder.ts';

const CR28 = statusOn(on(28), 'CR');

/** The clock of these begins on the day of the first remission. */
describe('what happened on the day on which the clock begins', () => {
  it.each<[string, string, RecordParts, string]>([
    ['HCT on that day', 'RFS_CENS', { statuses: [CR28], hcts: [hctOn(on(28))] }, 'CENSORED HCT 0'],
    [
      'HCT the day before, so that the remission is not of these cells',
      'RFS_CENS',
      { statuses: [CR28], hcts: [hctOn(on(27))] },
      'NOT_APPLICABLE no CR/CRi within day 42',
    ],
    ['death on that day', 'RFS_CENS', { statuses: [CR28], death: diedOn(on(28)) }, 'EVENT DEATH 0'],
    [
      'relapse on the day after',
      'RFS_CENS',
      { statuses: [CR28, statusOn(on(29), 'RELAPSE')] },
      'EVENT RELAPSE 1',
    ],
  ])('%s', (_, id, parts, expected) => {
    expect(brief(resultOf(id, parts))).toBe(expected);
  });
});

describe('second malignancy', () => {
  it.each<[string, RecordParts, string]>([
    [
      'on the day of the infusion is not after it',
      { secondMalignancies: [malignancyOn(on(0))] },
      'CENSORED LAST_CONTACT 1000',
    ],
    ['the day after', { secondMalignancies: [malignancyOn(on(1))] }, 'EVENT SECOND_MALIGNANCY 1'],
    [
      'the first of several',
      { secondMalignancies: [malignancyOn(on(300)), malignancyOn(on(200)), malignancyOn(on(400))] },
      'EVENT SECOND_MALIGNANCY 200',
    ],
  ])('%s', (_, parts, expected) => {
    expect(brief(resultOf('EFS_RW_D28', { statuses: [CR28], ...parts }))).toBe(expected);
  });

  it('censors where the definition says so', () => {
    const parts = { statuses: [CR28], secondMalignancies: [malignancyOn(on(200))] };
    expect(brief(resultOf('EFS_RW_D28', parts, CUTOFF, { secondMalignancy: 'CENSOR' }))).toBe(
      'CENSORED SECOND_MALIGNANCY 200',
    );
    expect(brief(resultOf('EFS_RW_D28', parts, CUTOFF, { secondMalignancy: 'IGNORE' }))).toBe(
      'CENSORED LAST_CONTACT 1000',
    );
  });
});

describe('therapy counts only before the remission is over', () => {
  const hct = (day: number): RecordParts => ({
    statuses: [CR28, statusOn(on(100), 'RELAPSE')],
    hcts: [hctOn(on(day))],
  });

  it.each([
    [99, 'CENSORED HCT 71'],
    [100, 'EVENT RELAPSE 72'],
    [101, 'EVENT RELAPSE 72'],
  ])('HCT on day %d, relapse on day 100', (day, expected) => {
    expect(brief(resultOf('RFS_CENS', hct(day)))).toBe(expected);
  });

  it('the first of a kind counts', () => {
    const parts = { statuses: [CR28], hcts: [hctOn(on(300)), hctOn(on(200))] };
    expect(brief(resultOf('RFS_CENS', parts))).toBe('CENSORED HCT 172');
  });

  it('no response and relapse both end it, whichever comes first', () => {
    const parts = {
      statuses: [statusOn(on(28), 'NR'), statusOn(on(100), 'RELAPSE')],
      therapies: [therapyOn(on(50), 'CHEMOTHERAPY', { intent: 'NEW_THERAPY' })],
    };
    expect(brief(resultOf('EFS_ANYTX', parts, CUTOFF, { noResponse: 'IGNORE' }))).toBe('EVENT RELAPSE 100');
  });
});

describe('death from leukaemia where no relapse was recorded', () => {
  const death = diedOn(on(200), 'LEUKEMIA');
  const AS_RELAPSE = { deathFromLeukemia: 'AS_RELAPSE' } as const;
  const of = (parts: RecordParts, change = {}) => resultOf('EFS_RW_D28', { death, ...parts }, CUTOFF, change);

  it.each<[string, RecordParts, object, string, boolean]>([
    ['is the relapse', { statuses: [CR28] }, AS_RELAPSE, 'EVENT RELAPSE 200', true],
    [
      'is a death where the definition says so',
      { statuses: [CR28] },
      { deathFromLeukemia: 'AS_DEATH' },
      'EVENT DEATH 200',
      false,
    ],
    [
      'of another cause is a death',
      { statuses: [CR28], death: diedOn(on(200), 'INFECTION') },
      AS_RELAPSE,
      'EVENT DEATH 200',
      false,
    ],
    [
      'with a relapse on its day',
      { statuses: [CR28, statusOn(on(200), 'RELAPSE')] },
      AS_RELAPSE,
      'EVENT RELAPSE 200',
      false,
    ],
    [
      'with a relapse before it',
      { statuses: [CR28, statusOn(on(100), 'RELAPSE')] },
      AS_RELAPSE,
      'EVENT RELAPSE 100',
      false,
    ],
    [
      'where relapse is ignored',
      { statuses: [CR28] },
      { ...AS_RELAPSE, relapse: 'IGNORE' },
      'EVENT DEATH 200',
      false,
    ],
  ])('%s', (_, parts, change, expected, inferred) => {
    const result = of(parts, change);
    expect(brief(result)).toBe(expected);
    expect(result.flags.includes('RELAPSE_INFERRED_FROM_DEATH')).toBe(inferred);
  });
});

describe('a patient who left at own request', () => {
  const suspected = (...vitalStatus: NonNullable<RecordParts['vitalStatus']>) =>
    resultOf('EFS_ANYTX', { statuses: [CR28], lastContact: on(80), vitalStatus }).flags.includes(
      'informativeCensoringSuspected',
    );

  it.each<[string, NonNullable<RecordParts['vitalStatus']>, boolean]>([
    [
      'seen again, listed in the other order',
      [vitalOn(on(80), 'ALIVE'), vitalOn(on(40), 'SELF_DISCHARGED')],
      false,
    ],
    ['alive on the same day', [vitalOn(on(80), 'SELF_DISCHARGED'), vitalOn(on(80), 'ALIVE')], true],
    [
      'alive on the same day, listed first',
      [vitalOn(on(80), 'ALIVE'), vitalOn(on(80), 'SELF_DISCHARGED')],
      true,
    ],
    ['after having been seen', [vitalOn(on(40), 'ALIVE'), vitalOn(on(80), 'SELF_DISCHARGED')], true],
  ])('%s', (_, vitalStatus, expected) => {
    expect(suspected(...vitalStatus)).toBe(expected);
  });
});

describe('dates of recording that stand in for clinical ones', () => {
  const recorded = (day: number) => {
    const status = statusOn(on(day), 'RELAPSE');
    return {
      ...status,
      sources: status.sources.map((source) => ({ ...source, flags: ['DATE_FROM_RECORDED' as const] })),
    };
  };

  it('are flagged where every source is one', () => {
    const flags = (...statuses: NonNullable<RecordParts['statuses']>) =>
      resultOf('EFS_RW_D28', { statuses: [CR28, ...statuses] }).flags;
    expect(flags(recorded(100))).toContain('DATE_FROM_RECORDED');
    expect(flags(recorded(100), statusOn(on(100), 'RELAPSE'))).not.toContain('DATE_FROM_RECORDED');
  });
});

describe('a reinfusion known to the year only', () => {
  const later = (year: string): Pick<RecordParts, 'courses'> => ({
    courses: [...infusedOn(on(0)), courseOn(2, year, 'tisagenlecleucel')],
  });

  /** 2023 begins on day 365. */
  it.each<[string, RecordParts, string]>([
    [
      'may have come before the end of follow-up',
      { lastContact: on(365) },
      'INDETERMINATE reinfusion known to the year only',
    ],
    ['came after it', { lastContact: on(364) }, 'CENSORED LAST_CONTACT 364'],
    [
      'came when the remission was over',
      { statuses: [CR28, statusOn(on(365), 'RELAPSE')] },
      'EVENT RELAPSE 365',
    ],
    [
      'may have come before the relapse',
      { statuses: [CR28, statusOn(on(366), 'RELAPSE')] },
      'INDETERMINATE reinfusion known to the year only',
    ],
  ])('%s', (_, parts, expected) => {
    expect(brief(resultOf('EFS_STRINGENT', { statuses: [CR28], ...later('2023'), ...parts }))).toBe(expected);
  });
});

it('the next outcome says what would have come, and when', () => {
  const parts = {
    statuses: [CR28, statusOn(on(100), 'RELAPSE')],
    hcts: [hctOn(on(60))],
    lastContact: on(500),
  };
  expect(resultOf('RFS_CENS', parts)).toMatchObject({
    status: 'CENSORED',
    type: 'HCT',
    next: { status: 'EVENT', type: 'RELAPSE', days: 72, date: on(100) },
  });
  expect(
    resultOf('RFS_CENS', { statuses: [CR28], hcts: [hctOn(on(60))], lastContact: on(500) }).next,
  ).toMatchObject({
    status: 'CENSORED',
    type: 'LAST_CONTACT',
    days: 472,
  });
});

describe('the last disease assessment', () => {
  const at = (parts: RecordParts) =>
    brief(
      resultOf('RFS_CENS', { statuses: [CR28], ...parts }, CUTOFF, { censorAt: 'LAST_DISEASE_ASSESSMENT' }),
    );

  it.each<[string, RecordParts, string]>([
    [
      'MRD of an earlier day',
      { statuses: [CR28, statusOn(on(90), 'CR')], mrd: [mrdOn(on(60), 'NEGATIVE')] },
      'CENSORED LAST_DISEASE_ASSESSMENT 62',
    ],
    [
      'none after the clock began',
      { mrd: [mrdOn(on(20), 'NEGATIVE')] },
      'CENSORED LAST_DISEASE_ASSESSMENT 0',
    ],
    ['B cells are none', { bCells: [bCellsOn(on(90), 0.1)] }, 'CENSORED LAST_DISEASE_ASSESSMENT 0'],
  ])('%s', (_, parts, expected) => {
    expect(at(parts)).toBe(expected);
  });
});
