import { frameCourse } from '../../../src/clinical/course/course-frame.ts';
import type { ParameterOverrides } from '../../../src/clinical/parameters/clinical-parameters.ts';
import {
  deriveResponseResults,
  type RESPONSE_DEFINITIONS,
} from '../../../src/clinical/response-results/derive-response-results.ts';
import type { ResponseResult } from '../../../src/clinical/response-results/response-result.ts';
import { addDays } from '../../../src/core/partial-date.ts';
import {
  blastsOn,
  courseOn,
  diedOn,
  hctOn,
  infusedOn,
  mrdOn,
  type RecordParts,
  recordOf,
  statusOn,
  therapyOn,
} from '../../support/record-builder.ts';
import { INFUSION, lab, when } from '../../support/toxicity-facts.ts';

const on = (day: number) => addDays(INFUSION, day);
const status = (day: number, value: Parameters<typeof statusOn>[1], more = {}) =>
  statusOn(on(day), value, more);
const blasts = (day: number, percent: number, more = {}) => blastsOn(on(day), percent, more);
const mrd = (day: number, call: Parameters<typeof mrdOn>[1], more = {}) => mrdOn(on(day), call, more);
const level = (day: number, value: number, more = {}) =>
  mrd(day, value > 0 ? 'POSITIVE' : 'NEGATIVE', { value, ...more });

interface Options {
  readonly asOf?: string;
  /** The first, unless it is told. */
  readonly course?: number;
  readonly overrides?: ParameterOverrides;
}

function derive(
  definition: (typeof RESPONSE_DEFINITIONS)[number],
  parts: RecordParts,
  { asOf, course = 1, overrides }: Options = {},
): ResponseResult {
  const frame = frameCourse(
    recordOf({ courses: infusedOn(INFUSION), lastContact: on(700), ...parts }),
    course,
    asOf,
  );
  if (frame === undefined) throw new Error('the infusion is dated');
  const found = deriveResponseResults(frame, overrides).find((result) => result.definition === definition);
  if (found === undefined) throw new Error(`no result ${definition}`);
  return found;
}

describe('RESPONSE_DAY_28', () => {
  it.each<[string, RecordParts, ResponseResult['answer'], number | undefined]>([
    ['CR on day 28', { statuses: [status(28, 'CR')] }, 'CR', 28],
    ['CRi on day 28', { statuses: [status(28, 'CRI')] }, 'CRi', 28],
    ['a remission that does not say which', { statuses: [status(28, 'REMISSION')] }, 'CR_OR_CRi', 28],
    ['day 20 is too early', { statuses: [status(20, 'CR')] }, 'NE', undefined],
    ['day 21 is the first', { statuses: [status(21, 'CR')] }, 'CR', 21],
    ['day 42 is the last', { statuses: [status(42, 'CR')] }, 'CR', 42],
    ['day 43 is too late', { statuses: [status(43, 'CR')] }, 'NE', undefined],
    ['the nearest wins', { statuses: [status(22, 'CR'), status(30, 'CRI'), status(40, 'CR')] }, 'CRi', 30],
    ['of two as near the later', { statuses: [status(26, 'CR'), status(30, 'CRI')] }, 'CRi', 30],
    ['blasts of 5 %', { blasts: [blasts(28, 5)] }, 'NR', 28],
    ['blasts of 4.9 % and nothing else', { blasts: [blasts(28, 4.9)] }, 'CR_OR_CRi', 28],
    ['"<20" tells nothing', { blasts: [blasts(28, 20, { comparator: '<' })] }, 'NE', undefined],
    ['NR', { statuses: [status(28, 'NR')] }, 'NR', 28],
    ['not evaluable', { statuses: [status(28, 'NOT_EVALUABLE')] }, 'NE', undefined],
    ['death before', { death: diedOn(on(12)) }, 'NR', 12],
    ['relapse before', { statuses: [status(14, 'CR'), status(18, 'RELAPSE')] }, 'NR', 18],
    ['progression before', { statuses: [status(10, 'PROGRESSIVE')] }, 'NR', 10],
    ['nothing', {}, 'NE', undefined],
    [
      'a remission after other therapy',
      { statuses: [status(40, 'CR')], therapies: [therapyOn(on(30), 'BLINATUMOMAB')] },
      'NR',
      40,
    ],
    [
      'a remission from before the therapy',
      { statuses: [status(25, 'CR'), status(40, 'CR')], therapies: [therapyOn(on(30), 'BLINATUMOMAB')] },
      'CR',
      25,
    ],
    [
      'the next infusion ends the course',
      { courses: infusedOn(INFUSION, on(25)), statuses: [status(28, 'CR')] },
      'NE',
      undefined,
    ],
  ])('%s', (_, parts, answer, day) => {
    const result = derive('RESPONSE_DAY_28', parts);
    expect([result.answer, result.day]).toEqual([answer, day]);
  });

  it('waits while the window is open', () => {
    expect(derive('RESPONSE_DAY_28', {}, { asOf: on(41) }).answer).toBe('PENDING');
    expect(derive('RESPONSE_DAY_28', {}, { asOf: on(42) }).answer).toBe('NE');
  });

  it.each<[string, number, number, object]>([
    ['not recovered', 999, 150, { answer: 'CRi', missing: [] }],
    ['platelets not recovered', 1000, 99, { answer: 'CRi', missing: [] }],
    ['recovered', 1000, 100, { answer: 'CR_OR_CRi', missing: ['transfusion-independence'] }],
  ])('an unnamed remission with counts %s', (_, anc, platelets, expected) => {
    const laboratory = [lab(when(28), 'anc', anc), lab(when(28), 'platelets', platelets)];
    const parts = { statuses: [status(28, 'REMISSION')], observations: { laboratory } };
    expect(derive('RESPONSE_DAY_28', parts)).toMatchObject(expected);
  });

  it('a recorded CR without its counts stays, and is flagged', () => {
    const laboratory = [lab(when(21), 'anc', 400), lab(when(28), 'platelets', 150)];
    const parts = { statuses: [status(28, 'CR')], observations: { laboratory } };
    expect(derive('RESPONSE_DAY_28', parts)).toMatchObject({ answer: 'CR', flags: ['COUNTS_NOT_RECOVERED'] });
  });

  it.each<[string, RecordParts, object]>([
    [
      'seen again after 28 days',
      { statuses: [status(28, 'CR'), status(56, 'CR')] },
      { answer: 'CR', flags: [] },
    ],
    [
      'seen again after 27',
      { statuses: [status(28, 'CR'), status(55, 'CR')] },
      { flags: ['DURATION_NOT_SEEN'] },
    ],
    [
      'lost',
      { statuses: [status(28, 'CR'), status(50, 'RELAPSE')] },
      { answer: 'NR', flags: ['REMISSION_TOO_SHORT'] },
    ],
    ['transplanted', { statuses: [status(28, 'CR')], hcts: [hctOn(on(40))] }, { answer: 'CR', flags: [] }],
  ])('a remission that must last: %s', (_, parts, expected) => {
    const overrides = { crDurationRequiredDays: 28 };
    expect(derive('RESPONSE_DAY_28', parts, { overrides })).toMatchObject(expected);
  });
});

describe('therapy before any response waits for a decision', () => {
  const therapy = (more = {}) => [therapyOn(on(20), 'CHEMOTHERAPY', more)];
  it.each<[string, RecordParts, readonly object[]]>([
    ['no reason', { therapies: therapy() }, [{ reason: 'THERAPY_BEFORE_RESPONSE', day: 20, date: on(20) }]],
    ['for lack of efficacy', { therapies: therapy({ reason: 'LACK_OF_EFFICACY' }) }, []],
    ['after a marrow with blasts', { therapies: therapy(), blasts: [blasts(18, 30)] }, []],
    ['after a remission', { therapies: therapy(), statuses: [status(18, 'CR')] }, []],
    ['maintenance', { therapies: therapy({ intent: 'MAINTENANCE' }) }, []],
  ])('%s', (_, parts, open) => {
    expect(derive('RESPONSE_DAY_28', parts).openAdjudications).toEqual(open);
  });
});

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

describe('BASELINE_STATUS', () => {
  it.each<[string, RecordParts, ResponseResult['answer']]>([
    ['blasts of 5 %', { blasts: [blasts(-7, 5)], mrd: [mrd(-7, 'NEGATIVE')] }, 'ACTIVE_GE5'],
    ['4.9 %, MRD positive', { blasts: [blasts(-7, 4.9)], mrd: [level(-7, 2e-3)] }, 'MRD_POS'],
    ['4.9 %, MRD negative', { blasts: [blasts(-7, 4.9)], mrd: [mrd(-7, 'NEGATIVE')] }, 'MRD_NEG'],
    ['MRD alone, 5 %', { mrd: [level(-7, 0.05)] }, 'ACTIVE_GE5'],
    ['MRD alone, below', { mrd: [level(-7, 0.0499)] }, 'MRD_POS'],
    ['MRD called positive, no number, no blasts', { mrd: [mrd(-7, 'POSITIVE')] }, 'UNKNOWN'],
    ['blasts alone, low', { blasts: [blasts(-7, 1)] }, 'UNKNOWN'],
    [
      'positive by any method of the day',
      { blasts: [blasts(-7, 1)], mrd: [mrd(-7, 'NEGATIVE'), level(-7, 1e-5, { method: 'NGS' })] },
      'MRD_POS',
    ],
    [
      'the latest day counts',
      { blasts: [blasts(-7, 1)], mrd: [level(-30, 1e-2), mrd(-7, 'NEGATIVE')] },
      'MRD_NEG',
    ],
    ['91 days old', { blasts: [blasts(-91, 40)] }, 'UNKNOWN'],
    ['nothing', {}, 'UNKNOWN'],
  ])('%s', (_, parts, answer) => {
    expect(derive('BASELINE_STATUS', parts).answer).toBe(answer);
  });

  it.each([
    ['on the day of the infusion before', -40, 'UNKNOWN'],
    ['on the day after it', -39, 'MRD_POS'],
  ])('of a second course, MRD %s', (_, day, answer) => {
    const parts = { courses: infusedOn(on(-40), INFUSION), blasts: [blasts(-7, 1)], mrd: [level(day, 1e-2)] };
    expect(derive('BASELINE_STATUS', parts, { course: 2 }).answer).toBe(answer);
  });
});

describe('MRD_BURDEN before and after lymphodepletion', () => {
  const course = {
    ...courseOn(1, INFUSION, 'tisagenlecleucel'),
    lymphodepletion: [
      {
        agent: 'fludarabine',
        date: on(-5),
        sources: [{ reference: 'MedicationAdministration/f', path: 'x', site: 'a' }],
      },
    ],
  };
  it.each<[number, readonly string[]]>([
    [0.9e-4, ['NOT_MET', 'NOT_MET', 'NOT_MET']],
    [1e-4, ['MET', 'NOT_MET', 'NOT_MET']],
    [1e-3, ['MET', 'MET', 'NOT_MET']],
    [1e-2, ['MET', 'MET', 'MET']],
  ])('%d', (value, strata) => {
    const parts = { courses: [course], mrd: [level(-5, value), level(-1, 1e-2)] };
    expect(derive('MRD_BURDEN_PRE_LD', parts).criteria.map((one) => one.status)).toEqual(strata);
    expect(derive('MRD_BURDEN_POST_LD', parts)).toMatchObject({ day: -1, observed: '0.01' });
  });

  it('is not known where it was not measured', () => {
    expect(derive('MRD_BURDEN_POST_LD', { courses: [course], mrd: [level(-5, 1e-3)] })).toMatchObject({
      answer: 'UNKNOWN',
      criteria: [{ status: 'UNKNOWN' }, { status: 'UNKNOWN' }, { status: 'UNKNOWN' }],
      missing: ['mrd'],
    });
  });
});

describe('MRD after the infusion', () => {
  const cr = [status(28, 'CR')];
  it.each<[string, RecordParts, object]>([
    [
      'd100, d112',
      { statuses: cr, mrd: [mrd(28, 'NEGATIVE'), level(100, 2e-4), level(112, 2e-4)] },
      { answer: 'UNKNOWN', flags: ['UNCONFIRMED_POSITIVE'] },
    ],
    [
      'd100, d114',
      { statuses: cr, mrd: [mrd(28, 'NEGATIVE'), level(100, 2e-4), level(114, 2e-4)] },
      { answer: 'MET', day: 100 },
    ],
    [
      'negative between',
      { statuses: cr, mrd: [mrd(28, 'NEGATIVE'), level(100, 2e-4), mrd(114, 'NEGATIVE'), level(130, 2e-4)] },
      { answer: 'UNKNOWN' },
    ],
    [
      'blinatumomab between',
      {
        statuses: cr,
        mrd: [mrd(28, 'NEGATIVE'), level(100, 2e-4), level(120, 2e-4)],
        therapies: [therapyOn(on(105), 'BLINATUMOMAB')],
      },
      { answer: 'UNKNOWN' },
    ],
    [
      'blasts of 6 % at the second',
      {
        statuses: cr,
        mrd: [mrd(28, 'NEGATIVE'), level(100, 2e-4), level(120, 2e-4)],
        blasts: [blasts(120, 6)],
      },
      { answer: 'NOT_MET' },
    ],
    ['never gone', { statuses: cr, mrd: [level(28, 2e-4), level(60, 2e-4)] }, { answer: 'NOT_MET' }],
    ['never looked', { statuses: cr }, { answer: 'UNKNOWN', missing: ['mrd'] }],
  ])('re-emergence, %s', (_, parts, expected) => {
    expect(derive('MRD_REEMERGENCE_PKU', parts)).toMatchObject(expected);
  });

  it('re-emergence by another interval', () => {
    const parts = { statuses: cr, mrd: [mrd(28, 'NEGATIVE'), level(100, 2e-4), level(110, 2e-4)] };
    expect(derive('MRD_REEMERGENCE_PKU', parts, { overrides: { mrdReemergenceDays: 10 } }).answer).toBe(
      'MET',
    );
  });

  it.each<[string, RecordParts, object]>([
    ['positive at 28', { statuses: cr, mrd: [level(28, 2e-4)] }, { answer: 'MET', day: 28 }],
    [
      'the last up to the deadline',
      { statuses: cr, mrd: [level(28, 2e-4), level(42, 2e-4), level(43, 2e-4)] },
      { answer: 'MET', day: 42 },
    ],
    ['negative once', { statuses: cr, mrd: [level(28, 2e-4), mrd(40, 'NEGATIVE')] }, { answer: 'NOT_MET' }],
    [
      'negative after the deadline',
      { statuses: cr, mrd: [level(28, 2e-4), mrd(56, 'NEGATIVE')] },
      { answer: 'MET' },
    ],
    ['no remission', { mrd: [level(28, 2e-4)] }, { answer: 'UNKNOWN', missing: ['remission'] }],
  ])('persistence, %s', (_, parts, expected) => {
    expect(derive('MRD_PERSISTENCE', parts)).toMatchObject(expected);
  });
});

describe('relapse by its definitions', () => {
  const cr = status(28, 'CR');
  it.each<[string, RecordParts, object]>([
    [
      'recorded',
      { statuses: [cr, status(100, 'RELAPSE', { cd19: 'NEGATIVE', sites: ['MARROW', 'CNS'] })] },
      { answer: 'MET', day: 100, antigenClass: 'CD19_NEG', site: 'BM+CNS' },
    ],
    [
      'lineage switch',
      { statuses: [cr, status(95, 'RELAPSE', { lineageSwitch: true })] },
      { answer: 'MET', antigenClass: 'LINEAGE_SWITCH' },
    ],
    ['dim', { statuses: [cr, status(95, 'RELAPSE', { cd19: 'DIM' })] }, { antigenClass: 'CD19_DIM' }],
    [
      'blasts of 5 %',
      { statuses: [cr], blasts: [blasts(100, 5)] },
      { answer: 'MET', day: 100, antigenClass: 'UNKNOWN', site: 'BM' },
    ],
    ['blasts of 4.9 %', { statuses: [cr], blasts: [blasts(100, 4.9)] }, { answer: 'NOT_MET' }],
    ['nobody looked', {}, { answer: 'UNKNOWN' }],
  ])('REL_MORPH5, %s', (_, parts, expected) => {
    expect(derive('REL_MORPH5', parts)).toMatchObject(expected);
  });

  const fcm = (day: number, percent: number) => level(day, percent / 100);
  const ngs = (day: number, percent: number) => level(day, percent / 100, { method: 'NGS' });
  it.each<[string, RecordParts, ResponseResult['answer'], number | undefined]>([
    ['25 % alone', { blasts: [blasts(100, 25)] }, 'MET', 100],
    ['24.9 % alone', { blasts: [blasts(100, 24.9)] }, 'UNKNOWN', 100],
    ['24.9 % and one test of 1 %', { blasts: [blasts(100, 24.9)], mrd: [fcm(100, 1)] }, 'MET', 100],
    ['5 % and one test of 1 %', { blasts: [blasts(100, 5)], mrd: [fcm(100, 1)] }, 'MET', 100],
    ['5 % and one test of 0.99 %', { blasts: [blasts(100, 5)], mrd: [fcm(100, 0.99)] }, 'NOT_MET', undefined],
    ['4.9 % and one test', { blasts: [blasts(100, 4.9)], mrd: [fcm(100, 2)] }, 'UNKNOWN', 100],
    ['1 % and two tests', { blasts: [blasts(100, 1)], mrd: [fcm(100, 1), ngs(100, 1)] }, 'MET', 100],
    [
      '1 %, two tests, one of them low',
      { blasts: [blasts(100, 1)], mrd: [fcm(100, 1), ngs(100, 0.5)] },
      'NOT_MET',
      undefined,
    ],
    ['0.9 %', { blasts: [blasts(100, 0.9)], mrd: [fcm(100, 3), ngs(100, 3)] }, 'NOT_MET', undefined],
    [
      'a second marrow with two tests',
      { blasts: [blasts(100, 6), blasts(107, 1)], mrd: [fcm(107, 1)] },
      'MET',
      100,
    ],
    [
      'a second marrow with one',
      { blasts: [blasts(100, 3), blasts(107, 1)], mrd: [fcm(107, 0.5)] },
      'NOT_MET',
      undefined,
    ],
    ['before the remission', { blasts: [blasts(20, 60)] }, 'UNKNOWN', undefined],
    ['no marrow after it', {}, 'UNKNOWN', undefined],
  ])('REL_PDL2022, %s', (_, parts, answer, day) => {
    const result = derive('REL_PDL2022', { statuses: [cr], ...parts });
    expect([result.answer, result.day]).toEqual([answer, day]);
  });

  it('REL_PDL2022 asks for a remission first', () => {
    expect(derive('REL_PDL2022', { blasts: [blasts(100, 60)] })).toMatchObject({
      answer: 'UNKNOWN',
      missing: ['remission'],
    });
  });

  it.each<[string, RecordParts, object]>([
    [
      'recorded',
      { statuses: [cr, status(90, 'RELAPSE', { level: 'MOLECULAR', cd19: 'POSITIVE' })] },
      { answer: 'MET', day: 90, antigenClass: 'CD19_POS', observed: 'RECORDED' },
    ],
    [
      'by re-emergence',
      { statuses: [cr], mrd: [mrd(28, 'NEGATIVE'), level(100, 2e-4), level(114, 2e-4)] },
      { answer: 'MET', day: 100, observed: 'MRD_REEMERGENCE' },
    ],
    ['looked for', { statuses: [cr], mrd: [mrd(28, 'NEGATIVE')] }, { answer: 'NOT_MET' }],
    ['not looked for', { statuses: [cr] }, { answer: 'UNKNOWN' }],
  ])('REL_MOLECULAR, %s', (_, parts, expected) => {
    expect(derive('REL_MOLECULAR', parts)).toMatchObject(expected);
  });
});

it('the order of facts changes nothing', () => {
  const parts: RecordParts = {
    statuses: [status(28, 'CR'), status(60, 'CRI'), status(100, 'RELAPSE', { cd19: 'POSITIVE' })],
    blasts: [blasts(-7, 3), blasts(28, 1), blasts(100, 30)],
    mrd: [level(-7, 1e-3), mrd(28, 'NEGATIVE'), level(28, 1e-6, { method: 'NGS' }), level(100, 0.2)],
  };
  const turned: RecordParts = {
    statuses: [...(parts.statuses ?? [])].reverse(),
    blasts: [...(parts.blasts ?? [])].reverse(),
    mrd: [...(parts.mrd ?? [])].reverse(),
  };
  const all = (given: RecordParts) => {
    const frame = frameCourse(recordOf({ courses: infusedOn(INFUSION), ...given }), 1);
    return (
      frame && deriveResponseResults(frame).map(({ evidence, ...rest }) => ({ ...rest, n: evidence.length }))
    );
  };
  expect(all(parts)).toHaveLength(11);
  expect(all(turned)).toEqual(all(parts));
});
