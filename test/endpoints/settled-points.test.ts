import { brief, CUTOFF, on, resultOf } from '../support/endpoint-case.ts';
import {
  bCellsOn,
  diedOn,
  hctOn,
  infusedOn,
  type RecordParts,
  statusOn,
  therapyOn,
} from '../support/record-builder.ts';

const CR28 = statusOn(on(28), 'CR');

describe('first assessment after the deadline (clinical specification 4.7)', () => {
  it.each<[string, string, RecordParts, string, readonly string[]]>([
    ['NR on day 42', 'EFS_RW_D28', { statuses: [statusOn(on(42), 'NR')] }, 'EVENT NO_RESPONSE 42', []],
    [
      'NR on day 43',
      'EFS_RW_D28',
      { statuses: [statusOn(on(43), 'NR')] },
      'EVENT NO_RESPONSE 43',
      ['LATE_FIRST_ASSESSMENT'],
    ],
    [
      'NR on day 43, later deadline',
      'EFS_ELIANA_CENS',
      { statuses: [statusOn(on(43), 'NR')] },
      'EVENT NO_RESPONSE 0',
      [],
    ],
    [
      'NR on day 93, later deadline',
      'EFS_ELIANA_CENS',
      { statuses: [statusOn(on(93), 'NR')] },
      'EVENT NO_RESPONSE 0',
      ['LATE_FIRST_ASSESSMENT'],
    ],
    [
      'NR on day 10, then on day 60',
      'EFS_RW_D28',
      { statuses: [statusOn(on(10), 'NR'), statusOn(on(60), 'NR')] },
      'EVENT NO_RESPONSE 60',
      ['LATE_FIRST_ASSESSMENT'],
    ],
    [
      'CR on day 70, then NR',
      'EFS_RW_D28',
      { statuses: [statusOn(on(70), 'CR'), statusOn(on(100), 'NR')] },
      'CENSORED LAST_CONTACT 1000',
      ['RESPONSE_NOT_EVALUABLE', 'NR_AFTER_REMISSION'],
    ],
    [
      'competing where no response competes',
      'NRM',
      { statuses: [statusOn(on(60), 'NR')] },
      'COMPETING NO_RESPONSE 60',
      ['LATE_FIRST_ASSESSMENT'],
    ],
  ])('%s', (_, id, parts, expected, flags) => {
    const result = resultOf(id, parts);
    expect(brief(result)).toBe(expected);
    expect(result.flags).toEqual(flags);
  });
});

describe('therapy before any response (4.7)', () => {
  it.each<[string, RecordParts, string, readonly string[]]>([
    [
      'no reason given',
      { therapies: [therapyOn(on(20), 'CHEMOTHERAPY')], statuses: [statusOn(on(40), 'CR')] },
      'CENSORED LAST_CONTACT 1000',
      ['THERAPY_BEFORE_RESPONSE'],
    ],
    [
      'another reason',
      {
        therapies: [therapyOn(on(20), 'CHEMOTHERAPY', { reason: 'MRD' })],
        statuses: [statusOn(on(40), 'CR')],
      },
      'CENSORED LAST_CONTACT 1000',
      ['THERAPY_BEFORE_RESPONSE'],
    ],
    [
      'a transplantation',
      { hcts: [hctOn(on(20))], statuses: [statusOn(on(40), 'CR')] },
      'CENSORED LAST_CONTACT 1000',
      ['THERAPY_BEFORE_RESPONSE'],
    ],
    [
      'the last marrow before it shows NR, too early to count itself',
      { therapies: [therapyOn(on(12), 'CHEMOTHERAPY')], statuses: [statusOn(on(10), 'NR')] },
      'EVENT NO_RESPONSE 12',
      [],
    ],
    [
      'the marrow of its day shows NR',
      { therapies: [therapyOn(on(10), 'CHEMOTHERAPY')], statuses: [statusOn(on(10), 'NR')] },
      'EVENT NO_RESPONSE 10',
      [],
    ],
    [
      'maintenance after an early NR marrow',
      { therapies: [therapyOn(on(12), 'TYROSINE_KINASE_INHIBITOR')], statuses: [statusOn(on(10), 'NR')] },
      'CENSORED LAST_CONTACT 1000',
      ['RESPONSE_NOT_EVALUABLE'],
    ],
    [
      'after a response',
      { therapies: [therapyOn(on(30), 'CHEMOTHERAPY')], statuses: [CR28] },
      'CENSORED LAST_CONTACT 1000',
      [],
    ],
    [
      'on the day of the response',
      { therapies: [therapyOn(on(28), 'CHEMOTHERAPY')], statuses: [CR28] },
      'CENSORED LAST_CONTACT 1000',
      [],
    ],
    [
      'later than the event',
      { statuses: [statusOn(on(20), 'RELAPSE')], therapies: [therapyOn(on(30), 'CHEMOTHERAPY')] },
      'EVENT RELAPSE 20',
      [],
    ],
  ])('%s', (_, parts, expected, flags) => {
    const result = resultOf('EFS_RW_D28', parts);
    expect(brief(result)).toBe(expected);
    expect(result.flags).toEqual(flags);
  });
});

describe('antigen classes', () => {
  it.each([
    ['POSITIVE', 'EVENT', 'COMPETING', 'COMPETING', 'POS'],
    ['NEGATIVE', 'COMPETING', 'EVENT', 'EVENT', 'NEG'],
    ['DIM', 'COMPETING', 'COMPETING', 'COMPETING', 'DIM'],
    ['MIXED', 'COMPETING', 'COMPETING', 'COMPETING', 'MIXED'],
    ['UNKNOWN', 'COMPETING', 'COMPETING', 'COMPETING', 'UNKNOWN'],
  ] as const)('%s', (cd19, positive, negative, composite, printed) => {
    const parts = { statuses: [CR28, statusOn(on(90), 'RELAPSE', { cd19 })] };
    const expected = { type: 'RELAPSE', days: 90, cd19: printed };
    expect(resultOf('CIR_CD19POS', parts)).toMatchObject({ ...expected, status: positive });
    expect(resultOf('CIR_CD19NEG', parts)).toMatchObject({ ...expected, status: negative });
    expect(resultOf('NR_CD19NEG_COMPOSITE', parts)).toMatchObject({ ...expected, status: composite });
    expect(resultOf('CIR', parts)).toMatchObject({ ...expected, status: 'EVENT' });
  });

  it('no response competes with relapse of a class, but is part of the composite', () => {
    const parts = { statuses: [statusOn(on(28), 'NR')] };
    expect(brief(resultOf('CIR_CD19NEG', parts))).toBe('COMPETING NO_RESPONSE 28');
    expect(brief(resultOf('NR_CD19NEG_COMPOSITE', parts))).toBe('EVENT NO_RESPONSE 28');
  });
});

describe('death from leukaemia without a recorded relapse (4.7)', () => {
  const inferred = ['RELAPSE_INFERRED_FROM_DEATH'];
  it.each<[string, string, string, readonly string[]]>([
    ['CIR', 'LEUKEMIA', 'EVENT RELAPSE 200', inferred],
    ['CIR_HCT_COMPETING', 'LEUKEMIA', 'EVENT RELAPSE 200', inferred],
    ['CIR_CD19NEG', 'LEUKEMIA', 'COMPETING RELAPSE 200', inferred],
    ['CIR_CD19POS', 'LEUKEMIA', 'COMPETING RELAPSE 200', inferred],
    ['NRM', 'LEUKEMIA', 'COMPETING RELAPSE 200', inferred],
    ['CIR', 'INFECTION', 'COMPETING DEATH 200', []],
    ['CIR', 'UNKNOWN', 'COMPETING DEATH 200', []],
    ['NRM', 'UNKNOWN', 'EVENT DEATH 200', []],
    ['EFS_RW_D28', 'LEUKEMIA', 'EVENT DEATH 200', []],
    ['BCALOSS_CIF', 'LEUKEMIA', 'COMPETING DEATH 200', []],
    ['DOR_CR', 'LEUKEMIA', 'EVENT DEATH 172', []],
    ['DOR_CR', 'UNKNOWN', 'COMPETING DEATH 172', []],
  ])('%s, cause %s', (id, cause, expected, flags) => {
    const death = diedOn(on(200), cause as 'LEUKEMIA');
    const result = resultOf(id, { statuses: [CR28], death });
    expect(brief(result)).toBe(expected);
    expect(result.flags).toEqual(flags);
  });

  it('a recorded relapse, or no response, decides before it', () => {
    const death = diedOn(on(200), 'LEUKEMIA');
    expect(resultOf('CIR', { statuses: [CR28, statusOn(on(150), 'RELAPSE')], death })).toMatchObject({
      days: 150,
      flags: [],
    });
    expect(brief(resultOf('NRM', { statuses: [statusOn(on(28), 'NR')], death }))).toBe(
      'COMPETING NO_RESPONSE 28',
    );
  });

  it('counts as a death where the definition says so', () => {
    const parts = { statuses: [CR28], death: diedOn(on(200), 'LEUKEMIA') };
    expect(brief(resultOf('CIR', parts, CUTOFF, { deathFromLeukemia: 'AS_DEATH' }))).toBe(
      'COMPETING DEATH 200',
    );
  });
});

describe('loss of B-cell aplasia (3.3, 4.7)', () => {
  const aplasia = [bCellsOn(on(14), 0.1), bCellsOn(on(60), 0.2)];
  it.each<[string, string, RecordParts, string]>([
    [
      'first detection dates it',
      'BCALOSS_CIF',
      { statuses: [CR28], bCells: [...aplasia, bCellsOn(on(120), 5)] },
      'EVENT BCA_LOSS 120',
    ],
    [
      'from the onset of aplasia',
      'BCALOSS_CIF_ACHIEVED',
      { statuses: [CR28], bCells: [...aplasia, bCellsOn(on(120), 5)] },
      'EVENT BCA_LOSS 106',
    ],
    [
      'no aplasia, no risk',
      'BCALOSS_CIF_ACHIEVED',
      { statuses: [CR28], bCells: [bCellsOn(on(28), 6)] },
      'NOT_APPLICABLE no B-cell aplasia',
    ],
    [
      'everybody infused is at risk',
      'BCALOSS_CIF',
      { statuses: [CR28], bCells: [bCellsOn(on(28), 6)] },
      'CENSORED LAST_CONTACT 1000',
    ],
    [
      'HCT competes',
      'BCALOSS_CIF',
      { statuses: [CR28], hcts: [hctOn(on(90))], bCells: [...aplasia, bCellsOn(on(120), 5)] },
      'COMPETING HCT 90',
    ],
    [
      'relapse days after the first B cells takes precedence',
      'BCALOSS_CIF',
      { statuses: [CR28, statusOn(on(125), 'RELAPSE')], bCells: [...aplasia, bCellsOn(on(120), 5)] },
      'COMPETING RELAPSE 125',
    ],
    [
      'composite with relapse',
      'REL_OR_BCALOSS',
      { statuses: [CR28], bCells: [...aplasia, bCellsOn(on(120), 5)] },
      'EVENT BCA_LOSS 120',
    ],
    [
      'of the second course',
      'BCALOSS_CIF',
      { statuses: [CR28], courses: infusedOn(on(0), on(100)), bCells: [...aplasia, bCellsOn(on(120), 5)] },
      'COMPETING REINFUSION 100',
    ],
  ])('%s (%s)', (_, id, parts, expected) => {
    expect(brief(resultOf(id, parts))).toBe(expected);
  });
});

describe('second course and day of infusion (4.7)', () => {
  const twice = infusedOn(on(0), on(150));
  it.each<[string, string, RecordParts, string]>([
    [
      'relapse on the day of the second infusion is the first course’s',
      'EFS_CART2',
      { courses: twice, statuses: [CR28, statusOn(on(150), 'RELAPSE')] },
      'CENSORED LAST_CONTACT 850',
    ],
    [
      'and ends it',
      'EFS_ANYTX',
      { courses: twice, statuses: [CR28, statusOn(on(150), 'RELAPSE')] },
      'EVENT RELAPSE 150',
    ],
    [
      'no response to the second after remission by the first',
      'EFS_CART2',
      { courses: twice, statuses: [CR28, statusOn(on(178), 'NR')] },
      'EVENT NO_RESPONSE 28',
    ],
    [
      'relapse after both counts for both',
      'EFS_RW_D28',
      { courses: twice, statuses: [CR28, statusOn(on(178), 'CR'), statusOn(on(400), 'RELAPSE')] },
      'EVENT RELAPSE 400',
    ],
    [
      'and is counted from the second',
      'EFS_CART2',
      { courses: twice, statuses: [CR28, statusOn(on(178), 'CR'), statusOn(on(400), 'RELAPSE')] },
      'EVENT RELAPSE 250',
    ],
    [
      'a third infusion is a reinfusion of the second',
      'EFS_CART2_ANYTX',
      { courses: infusedOn(on(0), on(150), on(300)), statuses: [CR28, statusOn(on(178), 'CR')] },
      'EVENT REINFUSION 150',
    ],
    [
      'death on the day of the second infusion',
      'EFS_CART2',
      { courses: twice, statuses: [CR28], death: diedOn(on(150)) },
      'EVENT DEATH 0',
    ],
  ])('%s', (_, id, parts, expected) => {
    expect(brief(resultOf(id, parts))).toBe(expected);
  });
});

describe('time to relapse among those who relapsed', () => {
  it('has no result for anybody else', () => {
    expect(brief(resultOf('MED_TIME_TO_RELAPSE', { statuses: [CR28] }))).toBe('NOT_APPLICABLE no relapse');
    expect(brief(resultOf('MED_TIME_TO_RELAPSE', { statuses: [CR28, statusOn(on(90), 'RELAPSE')] }))).toBe(
      'EVENT RELAPSE 90',
    );
  });
});
