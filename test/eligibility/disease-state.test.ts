import { assess, observing, type RecordChange } from '../support/assess-hct.ts';
import { onDay } from '../support/hct-record.ts';
import { blastsOn, statusOn, therapyOn } from '../support/record-builder.ts';

describe('disease state', () => {
  it.each([
    ['nothing assessed', [], 'UNKNOWN'],
    ['not evaluable', [statusOn(onDay(28), 'NOT_EVALUABLE')], 'UNKNOWN'],
    ['remission, which of them not said', [statusOn(onDay(28), 'REMISSION')], 'REMISSION'],
    [
      'relapse, then remission again',
      [statusOn(onDay(28), 'CR'), statusOn(onDay(60), 'RELAPSE'), statusOn(onDay(95), 'CR')],
      'REMISSION',
    ],
    [
      'a relapse at the level of MRD leaves the remission',
      [statusOn(onDay(28), 'CR'), statusOn(onDay(60), 'RELAPSE', { level: 'MOLECULAR' })],
      'REMISSION',
    ],
    [
      'extramedullary relapse',
      [
        statusOn(onDay(28), 'CR'),
        statusOn(onDay(60), 'RELAPSE', { level: 'EXTRAMEDULLARY', sites: ['CNS'] }),
      ],
      'ACTIVE',
    ],
    ['progressive', [statusOn(onDay(20), 'PROGRESSIVE')], 'NO_RESPONSE'],
    [
      '"no response" in remission may mean MRD or B cells',
      [statusOn(onDay(28), 'CR'), statusOn(onDay(60), 'NR')],
      'UNKNOWN',
    ],
    [
      '"no response" to what was given for the relapse',
      [statusOn(onDay(28), 'CR'), statusOn(onDay(60), 'RELAPSE'), statusOn(onDay(90), 'NR')],
      'ACTIVE',
    ],
    ['a relapse without a recorded remission', [statusOn(onDay(60), 'RELAPSE')], 'ACTIVE'],
    [
      'no response, then remission by itself',
      [statusOn(onDay(28), 'NR'), statusOn(onDay(40), 'CR')],
      'REMISSION',
    ],
  ] as const)('%s', (_, statuses, state) => {
    const assessment = assess({ disease: null }, observing({ diseaseStatus: [...statuses] }));
    expect(assessment.basis?.diseaseStatus.answer).toBe(state);
  });

  it('unknown: what is missing and what is possible', () => {
    const assessment = assess({ disease: null });
    expect(assessment.missing).toEqual(['current disease status']);
    expect(assessment.possible).toEqual([
      'NO_CRITERION_MET',
      'OUT_OF_SCOPE_ACTIVE_DISEASE',
      'OUT_OF_SCOPE_NO_RESPONSE',
    ]);
  });

  it('a remission that another therapy brought is no response to the CAR-T cells', () => {
    const change: RecordChange = (record) => ({
      ...observing({ diseaseStatus: [statusOn(onDay(28), 'NR'), statusOn(onDay(80), 'CR')] })(record),
      laterTherapies: [therapyOn(onDay(40), 'CHEMOTHERAPY', { intent: 'NEW_THERAPY' })],
    });
    expect(assess({ disease: null }, change).status).toBe('OUT_OF_SCOPE_NO_RESPONSE');
  });

  it('after a relapse B cells are no longer observed: whether they are there now is not known', () => {
    const change = observing({ diseaseStatus: [statusOn(onDay(60), 'RELAPSE'), statusOn(onDay(95), 'CR')] });
    expect(assess({}, change)).toMatchObject({
      status: 'INDETERMINATE',
      missing: ['current B-cell assessment'],
    });
  });

  it('marrow blasts over the threshold after remission are a relapse', () => {
    const assessment = assess({}, observing({ marrowBlasts: [blastsOn(onDay(95), 20)] }));
    expect(assessment.status).toBe('OUT_OF_SCOPE_ACTIVE_DISEASE');
  });
});
