import type { ResponseResult } from '../../../src/clinical/response-results/response-result.ts';
import { diedOn, hctOn, infusedOn, type RecordParts, therapyOn } from '../../support/record-builder.ts';
import { blasts, derive, on, status } from '../../support/response-case.ts';
import { INFUSION, lab, when } from '../../support/toxicity-facts.ts';

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

describe('a remission that does not say which, by the counts nearest to it', () => {
  const counts = (...values: readonly (readonly [day: number, anc: number, platelets: number])[]) => ({
    laboratory: values.flatMap(([day, anc, platelets]) => [
      lab(when(day), 'anc', anc),
      lab(when(day), 'platelets', platelets),
    ]),
  });
  const of = (observations: RecordParts['observations']) =>
    derive('RESPONSE_DAY_28', { statuses: [status(28, 'REMISSION')], ...(observations && { observations }) });

  it.each<[string, RecordParts['observations'], string, readonly string[]]>([
    ['recovered, transfusions not known', counts([28, 1000, 100]), 'CR_OR_CRi', ['transfusion-independence']],
    ['neutrophils low', counts([28, 999, 100]), 'CRi', []],
    ['platelets low', counts([28, 1000, 99]), 'CRi', []],
    ['none', undefined, 'CR_OR_CRi', ['anc', 'platelets', 'transfusion-independence']],
    ['a week away', counts([35, 999, 99]), 'CRi', []],
    ['further away', counts([36, 999, 99]), 'CR_OR_CRi', ['anc', 'platelets', 'transfusion-independence']],
    [
      'the nearest',
      counts([22, 500, 50], [27, 2000, 200], [34, 500, 50]),
      'CR_OR_CRi',
      ['transfusion-independence'],
    ],
    [
      'of two as near the later',
      counts([27, 500, 50], [29, 2000, 200]),
      'CR_OR_CRi',
      ['transfusion-independence'],
    ],
    ['of one day the lowest', counts([28, 2000, 200], [28, 500, 50], [28, 3000, 300]), 'CRi', []],
  ])('%s', (_, observations, answer, missing) => {
    expect(of(observations)).toMatchObject({ answer, missing });
  });
});
