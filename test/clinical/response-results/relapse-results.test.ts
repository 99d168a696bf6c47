import { frameCourse } from '../../../src/clinical/course/course-frame.ts';
import { deriveResponseResults } from '../../../src/clinical/response-results/derive-response-results.ts';
import type { ResponseResult } from '../../../src/clinical/response-results/response-result.ts';
import { blastsOn, infusedOn, type RecordParts, recordOf } from '../../support/record-builder.ts';
import { blasts, derive, level, mrd, status } from '../../support/response-case.ts';
import { INFUSION } from '../../support/toxicity-facts.ts';

const cr = status(28, 'CR');
const fcm = (day: number, percent: number) => level(day, percent / 100);
const ngs = (day: number, percent: number) => level(day, percent / 100, { method: 'NGS' });

describe('relapse by its definitions', () => {
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

describe('REL_PDL2022 in detail', () => {
  it.each<[string, RecordParts, object]>([
    [
      'names the blasts and the other tests',
      { blasts: [blasts(100, 6)], mrd: [ngs(100, 2), fcm(100, 3)] },
      { answer: 'MET', observed: 'blasts 6 %; other tests 2 %, 3 %', site: 'BM', antigenClass: 'UNKNOWN' },
    ],
    [
      'says what is missing while it is open',
      { blasts: [blasts(100, 6)] },
      { answer: 'UNKNOWN', missing: ['further-marrow-tests'], observed: 'blasts 6 %' },
    ],
    [
      'the first that is met comes before an earlier open one',
      { blasts: [blasts(100, 24), blasts(200, 30)] },
      { answer: 'MET', day: 200 },
    ],
    [
      'the first of two that are open',
      { blasts: [blasts(100, 6), blasts(200, 6)] },
      { answer: 'UNKNOWN', day: 100 },
    ],
    [
      'the class of the relapse that was recorded from that day on',
      {
        statuses: [
          cr,
          status(100, 'RELAPSE', { cd19: 'NEGATIVE' }),
          status(300, 'RELAPSE', { cd19: 'POSITIVE' }),
        ],
        blasts: [blasts(100, 30)],
      },
      { answer: 'MET', antigenClass: 'CD19_NEG' },
    ],
    [
      'of one day and method the highest',
      { blasts: [blasts(100, 6), blasts(100, 3)], mrd: [fcm(100, 0.5), fcm(100, 1)] },
      { answer: 'MET' },
    ],
    [
      'whatever their order',
      { blasts: [blasts(100, 3), blasts(100, 6)], mrd: [fcm(100, 1), fcm(100, 0.5)] },
      { answer: 'MET' },
    ],
    [
      'blood is no marrow',
      { blasts: [blasts(100, 6)], mrd: [level(100, 0.02, { specimen: 'BLOOD' })] },
      { answer: 'UNKNOWN' },
    ],
    [
      'a specimen that nobody named is taken for marrow',
      { blasts: [blasts(100, 6)], mrd: [level(100, 0.02, { specimen: 'UNKNOWN' })] },
      { answer: 'MET' },
    ],
    [
      'MRD without a number is no test',
      { blasts: [blasts(100, 6)], mrd: [mrd(100, 'POSITIVE')] },
      { answer: 'UNKNOWN' },
    ],
    [
      'a marrow known to the month has no day',
      { blasts: [blastsOn('2024-08', 60)] },
      { answer: 'UNKNOWN', missing: ['marrow-blasts'] },
    ],
    ['MRD without morphology', { mrd: [fcm(100, 30)] }, { answer: 'NOT_MET' }],
    [
      '">20" reaches what it is above',
      { blasts: [blasts(100, 20, { comparator: '>' })], mrd: [fcm(100, 2)] },
      { answer: 'MET', observed: 'blasts >20 %; other tests 2 %' },
    ],
  ])('REL_PDL2022 %s', (_, parts, expected) => {
    expect(derive('REL_PDL2022', { statuses: [cr], ...parts })).toMatchObject(expected);
  });

  it('REL_PDL2022 rests on the last marrow where none is one', () => {
    const found = derive('REL_PDL2022', { statuses: [cr], blasts: [blasts(100, 0), blasts(200, 0.5)] });
    expect(found.evidence.map(({ reference }) => reference)).toEqual([
      `Observation/blasts-0.5-${blasts(200, 0.5).date}`,
    ]);
  });
});
