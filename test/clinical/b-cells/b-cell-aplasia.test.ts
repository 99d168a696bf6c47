import {
  bCellAplasiaParameters,
  bCellStatusAt,
  deriveBCellAplasia,
} from '../../../src/clinical/b-cells/b-cell-aplasia.ts';
import { addDays } from '../../../src/core/partial-date.ts';
import {
  bCellsOn,
  diedOn,
  from,
  hctOn,
  infusedOn,
  type RecordParts,
  recordOf,
  statusOn,
  therapyOn,
} from '../../support/record-builder.ts';

const INFUSION = '2023-02-10';
const on = (day: number) => addDays(INFUSION, day);
const absent = (day: number) => bCellsOn(on(day), 0.1);
const present = (day: number) => bCellsOn(on(day), 8);

function episode(parts: RecordParts) {
  return recordOf({ courses: infusedOn(INFUSION), lastContact: on(600), ...parts });
}

describe('end of observation', () => {
  const aplastic = { bCells: [absent(14), absent(60), present(150)] };
  const remission = statusOn(on(28), 'CR');

  it.each<[string, RecordParts, number, string]>([
    ['HCT', { hcts: [hctOn(on(110))] }, 109, 'HCT'],
    ['its conditioning', { hcts: [hctOn(on(110), { conditioningStart: on(103) })] }, 102, 'HCT'],
    ['relapse', { statuses: [remission, statusOn(on(130), 'RELAPSE')] }, 129, 'RELAPSE'],
    ['no response', { statuses: [statusOn(on(100), 'NR')] }, 99, 'NO_RESPONSE'],
    [
      'blinatumomab',
      { therapies: [therapyOn(on(90), 'BLINATUMOMAB')], statuses: [remission] },
      89,
      'B_CELL_DEPLETING_DRUG',
    ],
    ['next infusion', { courses: infusedOn(INFUSION, on(120)) }, 120, 'REINFUSION'],
    ['death', { death: diedOn(on(140)), lastContact: on(140) }, 139, 'DEATH'],
  ])('%s', (_, parts, day, reason) => {
    const aplasia = deriveBCellAplasia(episode({ ...aplastic, ...parts }), 1);
    expect(aplasia.state).toBe('ONGOING_AT_END');
    expect(aplasia.censoredAt).toEqual({ day, date: on(day), reason });
  });

  it('last contact, which is never before the last sample', () => {
    const record = episode({ bCells: [absent(14), absent(60)], lastContact: on(40) });
    expect(deriveBCellAplasia(record, 1).censoredAt).toMatchObject({ day: 60, reason: 'LAST_CONTACT' });
  });

  it('chemotherapy does not end it', () => {
    const record = episode({
      ...aplastic,
      therapies: [therapyOn(on(90), 'CHEMOTHERAPY')],
      statuses: [remission],
    });
    expect(deriveBCellAplasia(record, 1).state).toBe('LOST');
  });

  it('a drug before the infusion does not end it', () => {
    const record = { ...episode(aplastic), priorTherapies: [therapyOn(on(-30), 'BLINATUMOMAB')] };
    expect(deriveBCellAplasia(record, 1).state).toBe('LOST');
  });

  it('blood drawn on the day of the next infusion belongs to the course before', () => {
    const record = episode({
      courses: infusedOn(INFUSION, on(120)),
      bCells: [absent(14), present(120), absent(140)],
    });
    expect(deriveBCellAplasia(record, 1).loss?.firstDetected.day).toBe(120);
    expect(deriveBCellAplasia(record, 2)).toMatchObject({ state: 'ONGOING_AT_END', onset: { day: 20 } });
  });
});

it('a loss keeps its interval, its windows and its sources', () => {
  const record = episode({ bCells: [absent(20), absent(50), present(79)] });
  expect(deriveBCellAplasia(record, 1)).toMatchObject({
    onset: { day: 20, date: on(20) },
    loss: {
      lastAplasia: { day: 50 },
      firstDetected: { day: 79, date: on(79), sources: [{ reference: `Observation/b-cells-8-${on(79)}` }] },
      midpoint: 64.5,
      durationFromOnset: 59,
      durationFromInfusion: 79,
      within: { M6_D183: true, M6_D182: true, M6_D180: true, M6_CAL: true },
    },
  });
});

it('the Cincinnati definition asks for a second sample', () => {
  const record = episode({ bCells: [absent(20), present(50)] });
  expect(deriveBCellAplasia(record, 1, { definition: 'BCA_CINCI' })).toMatchObject({
    state: 'ONGOING_AT_END',
    lossUnconfirmed: true,
  });
});

describe('aplasia from before', () => {
  it('B cells absent before lymphodepletion leave the onset open to the left', () => {
    const record = episode({ bCells: [absent(-10), absent(7)] });
    expect(deriveBCellAplasia(record, 1)).toMatchObject({ onset: { day: 7 }, preexistingAplasia: true });
  });

  it.each([
    ['present before', [present(-10), absent(7)]],
    ['present at first', [absent(-10), present(7), absent(20)]],
    ['not tested before', [absent(7)]],
  ])('%s', (_, bCells) => {
    expect(deriveBCellAplasia(episode({ bCells }), 1).preexistingAplasia).toBe(false);
  });
});

describe('aplasia from before, by the first day of lymphodepletion', () => {
  const preexisting = (...bCells: NonNullable<RecordParts['bCells']>) => {
    const [course] = infusedOn(INFUSION);
    if (course === undefined) throw new Error('one course');
    const lymphodepletion = [-5, -4].map((day) => ({
      agent: 'fludarabine',
      date: on(day),
      sources: from('MedicationAdministration/ld'),
    }));
    const record = episode({ courses: [{ ...course, lymphodepletion }], bCells: [...bCells, absent(7)] });
    return deriveBCellAplasia(record, 1).preexistingAplasia;
  };

  it.each<[string, NonNullable<RecordParts['bCells']>, boolean]>([
    ['absent before it', [absent(-6)], true],
    ['absent on its day', [absent(-5)], true],
    ['absent only afterwards, which lymphodepletion explains', [absent(-4)], false],
    ['present before it, absent afterwards', [present(-6), absent(-4)], false],
    ['the latest before it decides', [present(-30), absent(-6)], true],
    ['so, the other way round', [absent(-30), present(-6)], false],
  ])('%s', (_, bCells, expected) => {
    expect(preexisting(...bCells)).toBe(expected);
  });

  it('without lymphodepletion the day of the infusion is no day before it', () => {
    expect(deriveBCellAplasia(episode({ bCells: [absent(0), absent(7)] }), 1).preexistingAplasia).toBe(false);
  });
});

describe('what ends the observation', () => {
  const aplastic = { bCells: [absent(14), absent(60), present(150)] };
  const drugOn = (day: number, agent: string) => ({
    observations: {
      supportiveDrugs: [{ date: on(day), agent, sources: from('MedicationAdministration/1') }],
    },
  });

  it.each<[string, RecordParts, string]>([
    ['rituximab among supportive drugs', drugOn(90, 'rituximab'), 'ONGOING_AT_END'],
    ['another supportive drug does not', drugOn(90, 'tocilizumab'), 'LOST'],
    ['rituximab on the day of the infusion does not', drugOn(0, 'rituximab'), 'LOST'],
    ['an HCT on the day of the infusion does not', { hcts: [hctOn(on(0))] }, 'LOST'],
    [
      'conditioning on the day of the infusion, for a later HCT: the HCT',
      { hcts: [hctOn(on(110), { conditioningStart: on(0) })] },
      'ONGOING_AT_END',
    ],
  ])('%s', (_, parts, state) => {
    expect(deriveBCellAplasia(episode({ ...aplastic, ...parts }), 1).state).toBe(state);
  });

  it('of two ends of one day the one that decides first', () => {
    const record = episode({
      ...aplastic,
      statuses: [statusOn(on(28), 'CR'), statusOn(on(110), 'RELAPSE')],
      hcts: [hctOn(on(110))],
    });
    expect(deriveBCellAplasia(record, 1).censoredAt).toMatchObject({ day: 109, reason: 'RELAPSE' });
  });
});

it.each([
  ['FIRST_DETECTED', 150],
  ['MIDPOINT', 105],
  ['INTERVAL', undefined],
] as const)('the day of the loss by the rule %s', (bcaLossDateRule, day) => {
  const record = episode({ bCells: [absent(14), absent(60), present(150)] });
  const { loss } = deriveBCellAplasia(record, 1, bCellAplasiaParameters({ bcaLossDateRule }));
  expect(loss?.day).toBe(day);
  expect(loss).toMatchObject({ midpoint: 105, durationFromInfusion: 150 });
});

describe('leukaemic cells are not B cells', () => {
  const relapse = [statusOn(on(28), 'CR'), statusOn(on(130), 'RELAPSE')];

  it('a sample within 7 days before a relapse is no loss', () => {
    const aplasia = deriveBCellAplasia(episode({ bCells: [absent(14), present(123)], statuses: relapse }), 1);
    expect(aplasia).toMatchObject({ state: 'ONGOING_AT_END', possibleBlastContamination: true });
  });

  it('8 days before it is', () => {
    const aplasia = deriveBCellAplasia(episode({ bCells: [absent(14), present(122)], statuses: relapse }), 1);
    expect(aplasia).toMatchObject({ state: 'LOST', possibleBlastContamination: false });
  });
});

describe('status on a day', () => {
  const aplasia = deriveBCellAplasia(
    episode({ bCells: [absent(14), absent(60), present(150)], hcts: [hctOn(on(300))] }),
    1,
  );

  it.each([
    [-1, 'PRE_INFUSION'],
    [0, 'NOT_ASSESSED'],
    [13, 'NOT_ASSESSED'],
    [14, 'APLASIA'],
    [59, 'APLASIA'],
    [105, 'APLASIA'],
    [106, 'APLASIA_STALE'],
    [150, 'LOST'],
    [299, 'LOST'],
    [300, 'NOT_EVALUABLE_POST_HCT'],
  ])('day %i: %s', (day, status) => {
    expect(bCellStatusAt(aplasia, day).status).toBe(status);
  });

  it('with confirmation a single sample leaves the status before it', () => {
    const record = episode({ bCells: [absent(14), present(50)] });
    const unconfirmed = deriveBCellAplasia(record, 1, { confirm: 2 });
    expect(bCellStatusAt(unconfirmed, 55)).toEqual({ status: 'APLASIA', lossUnconfirmed: true });
  });

  it('only B cells: too early to say, then never achieved', () => {
    const never = deriveBCellAplasia(episode({ bCells: [present(14), present(28)] }), 1);
    expect(bCellStatusAt(never, 20).status).toBe('NOT_ASSESSABLE_YET');
    expect(bCellStatusAt(never, 28).status).toBe('NEVER_ACHIEVED');
  });

  it('a B-cell-depleting drug blocks for six months', () => {
    const record = episode({
      bCells: [absent(14)],
      statuses: [statusOn(on(28), 'CR')],
      therapies: [therapyOn(on(50), 'RITUXIMAB', { endDate: on(57) })],
    });
    const blocked = deriveBCellAplasia(record, 1);
    expect(bCellStatusAt(blocked, 49).status).toBe('APLASIA');
    expect(bCellStatusAt(blocked, 50).status).toBe('NOT_EVALUABLE_DRUG');
    expect(bCellStatusAt(blocked, 57 + 183).status).toBe('NOT_EVALUABLE_DRUG');
    expect(bCellStatusAt(blocked, 57 + 184).status).toBe('APLASIA_STALE');
  });

  it('after a relapse it cannot be told', () => {
    const record = episode({
      bCells: [absent(14)],
      statuses: [statusOn(on(28), 'CR'), statusOn(on(40), 'RELAPSE')],
    });
    expect(bCellStatusAt(deriveBCellAplasia(record, 1), 41).status).toBe('NOT_EVALUABLE_RELAPSE');
  });
});

describe('dates and doubts', () => {
  it('a percentage of few lymphocytes is to be reviewed', () => {
    const alc = (value: number) => [
      { date: on(14), analyte: 'alc', value, sources: from('Observation/alc') },
    ];
    const flagsAt = (value: number) =>
      deriveBCellAplasia(episode({ bCells: [absent(14)], observations: { laboratory: alc(value) } }), 1)
        .samples[0]?.flags;
    expect(flagsAt(199)).toEqual(['LOW_ALC_REVIEW']);
    expect(flagsAt(200)).toEqual([]);
  });

  it('a sample dated to a month is placed in it, one dated to a year is not used', () => {
    const record = episode({
      bCells: [bCellsOn('2023-04', 0.1, { course: 1 }), bCellsOn('2023', 0.1, { course: 1 })],
    });
    const { samples } = deriveBCellAplasia(record, 1);
    expect(samples.map(({ date, flags }) => [date, flags])).toEqual([['2023-04-15', ['DATE_IMPUTED']]]);
  });

  it('without the day of the infusion nothing can be placed', () => {
    const record = recordOf({ courses: infusedOn('2023'), bCells: [bCellsOn('2023-04-15', 0.1)] });
    const aplasia = deriveBCellAplasia(record, 1);
    expect(aplasia.state).toBe('INDETERMINATE');
    expect(bCellStatusAt(aplasia, 30).status).toBe('INDETERMINATE');
  });

  it('facts after the cut-off do not exist', () => {
    const record = episode({ bCells: [absent(14), present(80)] });
    expect(deriveBCellAplasia(record, 1, { asOf: on(79) })).toMatchObject({
      state: 'ONGOING_AT_END',
      censoredAt: { day: 79, reason: 'CUTOFF' },
    });
  });
});
