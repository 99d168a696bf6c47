import { assess, criterion } from '../../support/assess-hct.ts';
import { type HctInput, onDay } from '../../support/hct-record.ts';
import { therapyOn } from '../../support/record-builder.ts';

describe('R.b', () => {
  it.each<[string, Partial<HctInput>, string, Record<string, unknown>]>([
    [
      'first B cells on day 183',
      {
        evalDay: 200,
        bca: [
          [150, 'A'],
          [183, 'R'],
        ],
      },
      'MET',
      { firstRecovered: 183 },
    ],
    [
      'first B cells on day 184, aplasia day 168',
      {
        evalDay: 200,
        bca: [
          [168, 'A'],
          [184, 'R'],
        ],
      },
      'UNKNOWN',
      {},
    ],
    [
      'first B cells on day 184, aplasia day 169',
      {
        evalDay: 200,
        bca: [
          [169, 'A'],
          [184, 'R'],
        ],
      },
      'NOT_MET',
      { final: true },
    ],
    [
      'aplasia on the last day of the window',
      { evalDay: 183, bca: [[183, 'A']] },
      'NOT_MET',
      { provisional: true, reevaluateByDay: 183 },
    ],
    [
      'aplasia day 169, evaluated after the window',
      { evalDay: 184, bca: [[169, 'A']] },
      'NOT_MET',
      { final: true },
    ],
    ['aplasia day 168, evaluated after the window', { evalDay: 184, bca: [[168, 'A']] }, 'UNKNOWN', {}],
    ['aplasia 45 days old', { evalDay: 75, bca: [[30, 'A']] }, 'NOT_MET', { provisional: true }],
    ['aplasia 46 days old', { evalDay: 76, bca: [[30, 'A']] }, 'UNKNOWN', {}],
    ['B cells alone, first on day 20', { evalDay: 30, bca: [[20, 'R']] }, 'UNKNOWN', {}],
    ['B cells alone, on day 21', { evalDay: 30, bca: [[21, 'R']] }, 'MET', { extension: 'NEVER_ACHIEVED' }],
    ['B cells alone, first tested after the window', { evalDay: 220, bca: [[200, 'R']] }, 'UNKNOWN', {}],
    ['no B-cell test', { bca: [] }, 'UNKNOWN', {}],
    ['a sample on the day of the infusion is none', { bca: [[0, 'A']] }, 'UNKNOWN', {}],
  ])('%s', (_, input, result, details) => {
    expect(criterion(assess(input), 'R.b')).toMatchObject({ result, ...details });
  });

  it.each<[string, Partial<HctInput>, string]>([
    ['no test', { bca: [] }, 'B-cell count/fraction after infusion'],
    [
      'straddling',
      {
        evalDay: 215,
        bca: [
          [150, 'A'],
          [210, 'R'],
        ],
      },
      'clinical adjudication of BCA loss date, or an intermediate B-cell result',
    ],
    ['stale', { evalDay: 100, bca: [[30, 'A']] }, 'current B-cell assessment'],
    ['too early', { evalDay: 25, mrd: [[22, 'FCM', 'NEG']], bca: [[14, 'R']] }, 'current B-cell assessment'],
    [
      'stopped before the end of the window',
      { evalDay: 250, bca: [[150, 'A']] },
      'current B-cell assessment',
    ],
  ])('what is missing: %s', (_, input, missing) => {
    const assessment = assess({ disease: 'CR', ...input });
    expect(criterion(assessment, 'R.b')?.missing).toEqual([missing]);
  });

  it('never achieved is no loss where the parameter says so', () => {
    const assessment = assess({ bca: [[30, 'R']] }, undefined, { neverAchievedCountsAsLoss: false });
    expect(criterion(assessment, 'R.b')).toMatchObject({ result: 'NOT_MET', extension: 'NEVER_ACHIEVED' });
  });

  it.each<[string, HctInput['bca'], readonly string[]]>([
    [
      'one sample with B cells',
      [
        [28, 'A'],
        [60, 'R'],
      ],
      ['UNCONFIRMED_BCA_LOSS'],
    ],
    [
      'two in a row',
      [
        [28, 'A'],
        [60, 'R'],
        [70, 'R'],
      ],
      [],
    ],
    [
      'the second shows aplasia again',
      [
        [28, 'A'],
        [60, 'R'],
        [70, 'A'],
      ],
      ['UNCONFIRMED_BCA_LOSS'],
    ],
  ])('loss by %s', (_, bca, cautions) => {
    const assessment = assess({ bca });
    expect(assessment.status).toBe('RECOMMENDED');
    expect(assessment.cautions).toEqual(cautions);
  });

  it('with confirm 2 a single sample leaves the aplasia before it standing', () => {
    const assessment = assess(
      {
        evalDay: 65,
        bca: [
          [28, 'A'],
          [60, 'R'],
        ],
      },
      undefined,
      { confirm: 2 },
    );
    expect(criterion(assessment, 'R.b')).toMatchObject({
      result: 'NOT_MET',
      provisional: true,
      lastAplasia: 28,
    });
    expect(assessment.cautions).toEqual(['LOSS_UNCONFIRMED']);
  });

  it('the next test is due when the last aplasia goes stale', () => {
    expect(assess({})).toMatchObject({ reevaluateByDay: 183, nextBCellTestDueDay: 135 });
  });

  it('samples after the evaluation day do not exist', () => {
    const assessment = assess({
      evalDay: 100,
      bca: [
        [90, 'A'],
        [101, 'R'],
      ],
    });
    expect(criterion(assessment, 'R.b')).toMatchObject({ result: 'NOT_MET', lastAplasia: 90 });
  });

  it('B cells after a B-cell-depleting drug say nothing', () => {
    const assessment = assess(
      {
        bca: [
          [28, 'A'],
          [80, 'R'],
        ],
      },
      (record) => ({
        ...record,
        laterTherapies: [therapyOn(onDay(80), 'RITUXIMAB', { intent: 'PROPHYLAXIS' })],
      }),
    );
    expect(criterion(assessment, 'R.b')).toMatchObject({ result: 'UNKNOWN' });
  });
});
