import { buildHctWorklist } from '../../src/reports/hct-worklist.ts';
import { type HctInput, hctRecord, NOTHING_MET, onDay } from '../support/hct-record.ts';

const patient = (id: string, input: Partial<HctInput>) => ({
  ...hctRecord({ ...NOTHING_MET, ...input }),
  id,
});

const COHORT = [
  patient('nothing-met', {}),
  patient('b-cells-back', {
    bca: [
      [60, 'A'],
      [80, 'R'],
    ],
  }),
  patient('cd28', { product: 'brexu-cel' }),
  patient('stale', { bca: [[30, 'A']] }),
  patient('not-fit', { fit: false }),
  patient('fitness-open', { fit: null }),
  patient('relapsed', { disease: 'ACTIVE' }),
  patient('transplanted', { postCartHctDay: 70 }),
  patient('dead', { alive: false }),
];

describe('buildHctWorklist', () => {
  const { items, counts, attrition } = buildHctWorklist(COHORT, onDay(100));
  const item = (id: string) => items.find(({ patient: one }) => one === id);

  it('puts those first for whom HCT is recommended, the latest change first', () => {
    expect(items.map(({ patient: id }) => id)).toEqual([
      'b-cells-back',
      'cd28',
      'fitness-open',
      'stale',
      'nothing-met',
      'not-fit',
      'relapsed',
      'transplanted',
      'dead',
    ]);
    expect(counts).toMatchObject({ RECOMMENDED: 2, INDETERMINATE: 2, NO_CRITERION_MET: 1 });
  });

  it('says since when', () => {
    expect(item('b-cells-back')).toMatchObject({ since: '2024-06-09', eligibleSince: '2024-06-09' });
    expect(item('nothing-met')).not.toHaveProperty('eligibleSince');
    expect(item('transplanted')).toMatchObject({ since: '2024-05-10' });
  });

  it('says which test is due by when', () => {
    expect(item('nothing-met')?.due).toEqual([
      { what: 'B_CELLS', by: '2024-07-14', overdue: false },
      { what: 'REASSESSMENT', by: '2024-08-31', overdue: false },
    ]);
    expect(item('stale')?.due).toEqual([
      { what: 'B_CELLS', by: '2024-05-15', overdue: true },
      { what: 'MISSING_DATA', overdue: false, detail: 'current B-cell assessment' },
    ]);
    expect(item('dead')?.due).toEqual([]);
  });

  it('the window after a CD28 product is due while it lasts', () => {
    const due = (day: number) =>
      buildHctWorklist([patient('cd28', { product: 'brexu-cel', evalDay: 20 })], onDay(day)).items[0]?.due;
    expect(due(40)?.[0]).toEqual({ what: 'HCT_WINDOW_AFTER_CD28', by: '2024-04-26', overdue: false });
    expect(due(57)?.map(({ what }) => what)).not.toContain('HCT_WINDOW_AFTER_CD28');
  });

  it('counts who falls out where', () => {
    expect(attrition.map(({ step, excluded, remaining }) => [step, excluded, remaining])).toEqual([
      ['cohort', 0, 9],
      ['in-scope', 1, 8],
      ['not-transplanted', 1, 7],
      ['not-relapsed', 1, 6],
      ['responded', 0, 6],
      ['disease-known', 0, 6],
      ['fitness-known', 1, 5],
      ['fit', 1, 4],
      ['decided', 1, 3],
      ['criterion-met', 1, 2],
    ]);
  });

  it('of nobody is empty', () => {
    expect(buildHctWorklist([], '2024-01-01')).toMatchObject({ items: [], counts: {} });
  });
});
