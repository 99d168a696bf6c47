import { HCT_CAUTIONS } from '../../src/eligibility/hct-caution-texts.ts';
import { assess, observing } from '../support/assess-hct.ts';
import { onDay } from '../support/hct-record.ts';
import { mrdOn, statusOn } from '../support/record-builder.ts';

describe('cautions', () => {
  it.each(Object.entries(HCT_CAUTIONS))('%s has a sentence', (_, text) => {
    expect(text).toMatch(/^[A-Z].*\.$/);
  });

  it.each([
    [9.9e-5, ['LOW_BURDEN_PRE_LD']],
    [1e-4, []],
    [9.9e-3, []],
    [1e-2, ['NOTE_HIGH_MRD']],
  ])('MRD before lymphodepletion of %d', (preLdMrd, cautions) => {
    expect(assess({ preLdMrd }).cautions).toEqual(cautions);
  });

  it('low MRD after lymphodepletion against a recommendation is a conflict of evidence', () => {
    const change = observing({ mrd: [mrdOn(onDay(-1), 'NEGATIVE', { sensitivity: 1e-5 })] });
    const assessment = assess(
      {
        bca: [
          [28, 'A'],
          [60, 'R'],
          [70, 'R'],
        ],
      },
      change,
    );
    expect(assessment).toMatchObject({
      status: 'RECOMMENDED',
      cautions: ['LOW_BURDEN_POST_LD'],
      evidenceConflict: true,
    });
  });

  it.each([
    [25, []],
    [26, ['OUTSIDE_CAYA_AGE_RANGE']],
  ])('aged %i', (age, cautions) => {
    expect(assess({ age }).cautions).toEqual(cautions);
  });

  it('extramedullary disease before CAR-T', () => {
    const change = observing({ diseaseStatus: [statusOn(onDay(-60), 'RELAPSE', { sites: ['CNS'] })] });
    expect(assess({}, change).cautions).toEqual(['EM_DISEASE_NOTE']);
  });
});
