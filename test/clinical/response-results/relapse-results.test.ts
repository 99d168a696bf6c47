import { frameCourse } from '../../../src/clinical/course/course-frame.ts';
import { deriveResponseResults } from '../../../src/clinical/response-results/derive-response-results.ts';
import type { ResponseResult } from '../../../src/clinical/response-results/response-result.ts';
import { infusedOn, type RecordParts, recordOf } from '../../support/record-builder.ts';
import { blasts, derive, level, mrd, status } from '../../support/response-case.ts';
import { INFUSION } from '../../support/toxicity-facts.ts';

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
