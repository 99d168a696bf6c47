import { HCT_CAUTIONS } from '../../src/eligibility/hct-caution-texts.ts';
import { assess, observing, type RecordChange } from '../support/assess-hct.ts';
import { onDay } from '../support/hct-record.ts';
import { from, mrdOn, statusOn } from '../support/record-builder.ts';

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

  const bornOn = (value: string): RecordChange => {
    return (record) => ({ ...record, patient: { birthDate: { value, sources: from('Patient/example') } } });
  };

  it.each([
    ['26 on the day of the infusion', '1998-03-01', ['OUTSIDE_CAYA_AGE_RANGE']],
    ['26 the day after', '1998-03-02', []],
    ['26 for certain only at the end of the month', '1998-03', []],
    ['26 for certain', '1998-02', ['OUTSIDE_CAYA_AGE_RANGE']],
    ['26 for certain only at the end of the year', '1998', []],
    ['26 for certain, by the year', '1997', ['OUTSIDE_CAYA_AGE_RANGE']],
  ])('age: %s', (_, born, cautions) => {
    expect(assess({}, bornOn(born)).cautions).toEqual(cautions);
  });

  it.each<[string, readonly ReturnType<typeof statusOn>[], readonly string[]]>([
    ['on the day of the infusion', [statusOn(onDay(0), 'RELAPSE', { sites: ['CNS'] })], ['EM_DISEASE_NOTE']],
    ['after the infusion', [statusOn(onDay(1), 'CR', { sites: ['CNS'] })], []],
    ['by its level', [statusOn(onDay(-60), 'PROGRESSIVE', { level: 'EXTRAMEDULLARY' })], ['EM_DISEASE_NOTE']],
    ['without response', [statusOn(onDay(-60), 'NR', { sites: ['MARROW', 'CNS'] })], ['EM_DISEASE_NOTE']],
    ['in the marrow alone', [statusOn(onDay(-60), 'RELAPSE', { sites: ['MARROW'] })], []],
    ['in remission', [statusOn(onDay(-60), 'CR', { sites: ['CNS'] })], []],
    [
      'only the last relapse counts',
      [
        statusOn(onDay(-60), 'RELAPSE', { sites: ['MARROW'] }),
        statusOn(onDay(-400), 'RELAPSE', { sites: ['CNS'] }),
      ],
      [],
    ],
    [
      'whatever was in remission since',
      [statusOn(onDay(-20), 'CR'), statusOn(onDay(-60), 'RELAPSE', { sites: ['CNS'] })],
      ['EM_DISEASE_NOTE'],
    ],
    ['the month before', [statusOn('2024-02', 'RELAPSE', { sites: ['CNS'] })], ['EM_DISEASE_NOTE']],
    [
      'a year before, known to the year',
      [statusOn('2023', 'RELAPSE', { sites: ['CNS'] })],
      ['EM_DISEASE_NOTE'],
    ],
    ['the year of the infusion', [statusOn('2024', 'CR', { sites: ['CNS'] })], []],
  ])('extramedullary disease %s', (_, diseaseStatus, cautions) => {
    expect(assess({}, observing({ diseaseStatus })).cautions).toEqual(cautions);
  });
});
