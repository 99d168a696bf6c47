import { assessHctConsolidation } from '../../src/eligibility/assess-hct-consolidation.ts';
import type { CriterionId } from '../../src/eligibility/hct-assessment.ts';
import { assess, criterion, type RecordChange } from '../support/assess-hct.ts';
import { hctRecord, NOTHING_MET, onDay } from '../support/hct-record.ts';
import { diedOn, from } from '../support/record-builder.ts';

describe('scope and evidence', () => {
  it('a refuted diagnosis is out of scope', () => {
    const diagnoses = [
      { kind: 'B_ALL' as const, verification: 'REFUTED' as const, sources: from('Condition/all') },
    ];
    const assessment = assess({}, (record) => ({ ...record, disease: { ...record.disease, diagnoses } }));
    expect(assessment).toMatchObject({ status: 'NOT_APPLICABLE', reason: 'B-ALL refuted' });
  });

  it('before the infusion there is no course', () => {
    const assessment = assessHctConsolidation(hctRecord(NOTHING_MET), onDay(-1));
    expect(assessment).toMatchObject({
      status: 'NOT_APPLICABLE',
      reason: 'no CD19 CAR-T infusion on record',
    });
  });

  it('a death after the evaluation day has not happened', () => {
    const dead: RecordChange = (record) => ({
      ...record,
      followUp: { ...record.followUp, death: diedOn(onDay(101)) },
    });
    expect(assess({}, dead).status).toBe('NO_CRITERION_MET');
    expect(assess({ evalDay: 101 }, dead).status).toBe('NOT_APPLICABLE');
  });

  it('an infusion known to the year leaves its days unknown', () => {
    const assessment = assess({}, (record) => ({
      ...record,
      courses: record.courses.map((course) => ({
        ...course,
        infusion: { ...course.infusion, date: '2024' },
      })),
    }));
    expect(criterion(assessment, 'R.b')?.result ?? 'UNKNOWN').toBe('UNKNOWN');
    expect(assessment.status).toBe('INDETERMINATE');
  });

  it('every criterion names its sources', () => {
    const assessment = assess({
      bca: [
        [28, 'A'],
        [90, 'R'],
      ],
      mrd: [[28, 'FCM', 'POS']],
    });
    const refs = (id: CriterionId) => criterion(assessment, id)?.data.map(({ ref }) => ref);
    expect(refs('R.a')).toEqual(['Procedure/infusion-1']);
    expect(refs('R.b')).toEqual([
      `Observation/b-cells-0.1-${onDay(28)}`,
      `Observation/b-cells-12-${onDay(90)}`,
    ]);
    expect(refs('R.c')).toEqual([`Observation/mrd-POSITIVE-${onDay(28)}`]);
    expect(refs('C.b')).toEqual([`Observation/blasts-1-${onDay(-7)}`]);
    expect(assessment.criteria.every(({ cite }) => cite.length > 0)).toBe(true);
  });

  it('refuses an evaluation day that is not a full date', () => {
    expect(() => assessHctConsolidation(hctRecord(NOTHING_MET), '2024-06')).toThrow(
      'asOf must be a full date',
    );
  });
});
