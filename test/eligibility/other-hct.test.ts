import { assess } from '../support/assess-hct.ts';
import { onDay } from '../support/hct-record.ts';
import { hctOn } from '../support/record-builder.ts';

describe('earlier and later HCT', () => {
  it.each([
    ['allogeneic', 'ALLOGENEIC', false, 'PRIOR_HCT'],
    ['allogeneic, nothing stated', 'ALLOGENEIC', null, 'PRIOR_HCT'],
    ['unknown kind, nothing stated', 'UNKNOWN', null, 'UNKNOWN'],
    ['unknown kind, stated never', 'UNKNOWN', false, 'NO_PRIOR_HCT'],
    ['autologous, nothing stated', 'AUTOLOGOUS', null, 'UNKNOWN'],
    ['autologous, stated never', 'AUTOLOGOUS', false, 'NO_PRIOR_HCT'],
  ] as const)('before the infusion: %s', (_, kind, priorHct, branch) => {
    const assessment = assess({ priorHct }, (record) => ({
      ...record,
      hcts: [hctOn(onDay(-400), { kind })],
    }));
    expect(assessment.branch).toBe(branch);
  });

  it.each([
    ['ALLOGENEIC', 'ALREADY_TRANSPLANTED', []],
    ['AUTOLOGOUS', 'NO_CRITERION_MET', []],
    ['UNKNOWN', 'INDETERMINATE', ['type of HCT after infusion (allogeneic or autologous)']],
  ] as const)('after the infusion: %s', (kind, status, missing) => {
    const assessment = assess({}, (record) => ({ ...record, hcts: [hctOn(onDay(95), { kind })] }));
    expect(assessment.status).toBe(status);
    expect(assessment.missing).toEqual(missing);
  });

  it('a transplantation after the evaluation day does not exist', () => {
    const assessment = assess({}, (record) => ({ ...record, hcts: [hctOn(onDay(101))] }));
    expect(assessment.status).toBe('NO_CRITERION_MET');
  });

  it('what has to be weighed before a second one', () => {
    const assessment = assess({
      priorHct: true,
      donor: null,
      bca: [
        [28, 'A'],
        [90, 'R'],
      ],
    });
    expect(assessment.status).toBe('SPECIAL_CONSIDERATION_PRIOR_HCT');
    expect(assessment.specialConsiderationsMissing).toEqual([
      'monthsSinceFirstHct',
      'firstHctConditioning',
      'firstHctDonorType',
      'preCartCd19NegClone',
      'donorAvailability',
      'comorbidities',
      'previousToxicities',
    ]);
  });
});
