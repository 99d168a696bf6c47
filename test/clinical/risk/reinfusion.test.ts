import { prepareBCellAplasia } from '../../../src/clinical/b-cells/b-cell-aplasia.ts';
import { frameCourse } from '../../../src/clinical/course/course-frame.ts';
import { deriveReinfusion } from '../../../src/clinical/risk/reinfusion.ts';
import type { CohortRecord } from '../../../src/cohort/cohort-record.generated.ts';
import {
  bCellsOn,
  courseOn,
  infusedOn,
  mrdOn,
  type RecordParts,
  recordOf,
  statusOn,
} from '../../support/record-builder.ts';
import { INFUSION, sign, when } from '../../support/toxicity-facts.ts';

function record(parts: RecordParts = {}, more: Partial<CohortRecord> = {}): CohortRecord {
  return { ...recordOf({ courses: infusedOn(INFUSION), lastContact: '2026-01-01', ...parts }), ...more };
}

describe('reinfusion', () => {
  const two = (parts: RecordParts): CohortRecord =>
    record({
      courses: [courseOn(1, INFUSION, 'tisagenlecleucel'), courseOn(2, '2024-12-01', 'tisagenlecleucel')],
      ...parts,
    });
  const reinfusion = (of: CohortRecord) => {
    const frame = frameCourse(of, 1);
    if (frame === undefined) throw new Error('the infusion is dated');
    return deriveReinfusion(frame, {
      aplasia: prepareBCellAplasia(of, 1)('BCA_WH_STRICT'),
      ...(of.courses.length > 1 ? { nextAplasia: prepareBCellAplasia(of, 2)('BCA_WH_STRICT') } : {}),
      crs: { peak: 2, parameters: {} },
      icans: { parameters: {} },
    });
  };
  const met = (of: CohortRecord) =>
    reinfusion(of)
      .triggers.filter(({ status }) => status === 'MET')
      .map(({ id }) => id);

  it('loss of aplasia with haematogones', () => {
    const of = two({
      statuses: [statusOn('2024-04-01', 'CR')],
      bCells: [bCellsOn('2024-04-01', 0.1), bCellsOn('2024-10-01', 5), bCellsOn('2024-12-29', 0)],
      observations: { clinicalSigns: [sign(when(200), 'MARROW_HAEMATOGONES', true)] },
    });
    expect(met(of)).toEqual(['BCA_LOSS_IN_REMISSION', 'MARROW_HAEMATOGONES']);
    expect(reinfusion(of).checklist).toEqual({
      previousProduct: 'tisagenlecleucel',
      nextProduct: 'tisagenlecleucel',
      sameProduct: true,
      peakCrs: 2,
      donorAvailable: 'UNKNOWN',
      intervalDays: 272,
      lymphodepletionBefore: 'UNKNOWN',
      aplasiaAtDay28: 'APLASIA',
    });
  });

  it('a CD19-negative relapse is for review', () => {
    const of = two({
      statuses: [statusOn('2024-04-01', 'CR'), statusOn('2024-10-01', 'RELAPSE', { cd19: 'NEGATIVE' })],
    });
    expect(met(of)).toEqual(['CD19_NEGATIVE_RELAPSE']);
    expect(reinfusion(of)).toMatchObject({ flags: ['CD19_NEGATIVE_REVIEW'], checklist: { cd19: 'NEG' } });
  });

  it('a relapse of an unknown class leaves both open', () => {
    const of = two({ statuses: [statusOn('2024-04-01', 'CR'), statusOn('2024-10-01', 'RELAPSE')] });
    const open = reinfusion(of).missing;
    expect(open).toContain('CD19_POSITIVE_RELAPSE');
    expect(open).toContain('CD19_NEGATIVE_RELAPSE');
    expect(open).toContain('MRD_RELAPSE');
  });

  it('no response', () => {
    expect(met(two({ statuses: [statusOn('2024-04-01', 'NR')] }))).toEqual(['NO_RESPONSE']);
  });

  const statusOf = (id: string, of: CohortRecord) =>
    reinfusion(of).triggers.find((each) => each.id === id)?.status;

  it.each<[string, NonNullable<RecordParts['observations']>['clinicalSigns'], string]>([
    [
      'found once',
      [sign(when(100), 'MARROW_HAEMATOGONES', false), sign(when(200), 'MARROW_HAEMATOGONES', true)],
      'MET',
    ],
    ['looked for, never found', [sign(when(100), 'MARROW_HAEMATOGONES', false)], 'NOT_MET'],
    ['never looked for', [sign(when(100), 'SPLENOMEGALY', true)], 'UNKNOWN'],
    ['found before the infusion', [sign(when(-1), 'MARROW_HAEMATOGONES', true)], 'UNKNOWN'],
    ['found after the next infusion', [sign(when(272), 'MARROW_HAEMATOGONES', true)], 'UNKNOWN'],
    ['found the day before it', [sign(when(271), 'MARROW_HAEMATOGONES', true)], 'MET'],
  ])('haematogones %s', (_, clinicalSigns, expected) => {
    expect(
      statusOf('MARROW_HAEMATOGONES', two({ observations: { clinicalSigns: clinicalSigns ?? [] } })),
    ).toBe(expected);
  });

  it.each<[string, RecordParts, string]>([
    ['never assessed', {}, 'UNKNOWN'],
    ['in remission', { statuses: [statusOn('2024-04-01', 'CR')] }, 'NOT_MET'],
    ['assessed, but not evaluable', { statuses: [statusOn('2024-04-01', 'NOT_EVALUABLE')] }, 'UNKNOWN'],
    [
      'of the other class',
      { statuses: [statusOn('2024-04-01', 'CR'), statusOn('2024-10-01', 'RELAPSE', { cd19: 'NEGATIVE' })] },
      'NOT_MET',
    ],
    [
      'of this class',
      { statuses: [statusOn('2024-04-01', 'CR'), statusOn('2024-10-01', 'RELAPSE', { cd19: 'POSITIVE' })] },
      'MET',
    ],
  ])('CD19-positive relapse: %s', (_, parts, expected) => {
    expect(statusOf('CD19_POSITIVE_RELAPSE', two(parts))).toBe(expected);
  });

  it.each<[string, RecordParts, string]>([
    ['MRD never looked for', { statuses: [statusOn('2024-04-01', 'CR')] }, 'UNKNOWN'],
    ['MRD looked for before the infusion', { mrd: [mrdOn('2024-02-01', 'NEGATIVE')] }, 'UNKNOWN'],
    [
      'MRD negative',
      { statuses: [statusOn('2024-04-01', 'CR')], mrd: [mrdOn('2024-04-01', 'NEGATIVE')] },
      'NOT_MET',
    ],
  ])('molecular relapse: %s', (_, parts, expected) => {
    expect(statusOf('MRD_RELAPSE', two(parts))).toBe(expected);
  });

  it.each<[string, RecordParts, string]>([
    ['remission', { statuses: [statusOn('2024-04-01', 'CR')] }, 'NOT_MET'],
    ['nothing known', {}, 'UNKNOWN'],
  ])('no response: %s', (_, parts, expected) => {
    expect(statusOf('NO_RESPONSE', two(parts))).toBe(expected);
  });

  it('aplasia that lasts is a no, aplasia that nobody saw is not known', () => {
    const lasting = two({ bCells: [bCellsOn('2024-04-01', 0.1)] });
    expect(statusOf('BCA_LOSS_IN_REMISSION', lasting)).toBe('NOT_MET');
    expect(statusOf('BCA_LOSS_IN_REMISSION', two({}))).toBe('UNKNOWN');
  });
});
