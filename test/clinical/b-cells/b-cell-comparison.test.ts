import { compareBCellDefinitions } from '../../../src/clinical/b-cells/b-cell-comparison.ts';
import type { CohortRecord } from '../../../src/cohort/cohort-record.generated.ts';
import { bCellsOn, infusedOn, type RecordParts, recordOf } from '../../support/record-builder.ts';
import { INFUSION } from '../../support/toxicity-facts.ts';

function record(parts: RecordParts = {}, more: Partial<CohortRecord> = {}): CohortRecord {
  return { ...recordOf({ courses: infusedOn(INFUSION), lastContact: '2026-01-01', ...parts }), ...more };
}

describe('B cells by all definitions', () => {
  it('disagree side by side', () => {
    const of = record({ bCells: [bCellsOn('2024-04-01', 0.5), bCellsOn('2024-09-01', 2)] });
    const comparison = compareBCellDefinitions(of, 1);
    expect(comparison.discordant).toBe(true);
    expect(comparison.byDefinition.BCA_PCT1.state).toBe('LOST');
    expect(comparison.byDefinition.BCA_PCT3.state).toBe('ONGOING_AT_END');
    expect(comparison.byDefinition.BCA_ABS10.state).toBe('NOT_ASSESSED');
  });

  it('the windows disagree about a loss on day 182', () => {
    const of = recordOf({
      courses: infusedOn('2021-08-31'),
      bCells: [bCellsOn('2022-02-01', 0.5), bCellsOn('2022-03-01', 12)],
    });
    const comparison = compareBCellDefinitions(of, 1);
    expect(comparison.discordant).toBe(true);
    expect(comparison.boundarySensitive).toEqual([
      'BCA_PCT1',
      'BCA_PCT3',
      'BCA_WH_STRICT',
      'BCA_WH_LENIENT',
      'BCA_PEKING',
    ]);
  });
});
