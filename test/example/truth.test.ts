import { drawCohort } from '../../src/example/generate-cohort.ts';
import { emptyPlan } from '../../src/example/patient-plan.ts';
import type { Considerations, PatientStory } from '../../src/example/patient-story.ts';
import { deriveTruth } from '../../src/example/truth.ts';

const plan = {
  ...emptyPlan('p'),
  infusions: [{ date: '2024-01-01', product: { code: 'tisagenlecleucel' }, lymphodepletion: [] }],
};
const considerations: Considerations = {
  fit: true,
  priorHct: false,
  donor: false,
  desire: false,
  highBurden: false,
  blinatumomab: 'NEVER',
  refractory: false,
  adverseCytogenetics: false,
};
const story: PatientStory = {
  scenario: 'TEST',
  standing: 'REMISSION',
  bCells: 'KEPT',
  mrd: 'NEGATIVE',
  considerations,
  lastContact: '2025-01-01',
};
const truthOf = (changes: Partial<PatientStory>) =>
  deriveTruth({ plan, story: { ...story, ...changes } }, '2025-06-30');

it.each([
  [
    'seen last before the cut-off',
    {},
    'CENSORED LAST_CONTACT 366',
    'CENSORED LAST_CONTACT 366',
    'CENSORED LAST_CONTACT 366',
  ],
  [
    'seen on the cut-off',
    { lastContact: '2025-06-30' },
    'CENSORED ADMIN_CUTOFF 546',
    'CENSORED ADMIN_CUTOFF 546',
    'CENSORED ADMIN_CUTOFF 546',
  ],
  [
    'relapse, then death',
    { relapsedOn: '2024-04-10', diedOn: '2024-06-01' },
    'EVENT DEATH 152',
    'EVENT RELAPSE 100',
    'EVENT RELAPSE 100',
  ],
  [
    'no response',
    { noResponseOn: '2024-01-29' },
    'CENSORED LAST_CONTACT 366',
    'EVENT NO_RESPONSE 28',
    'EVENT NO_RESPONSE 28',
  ],
  [
    'second malignancy',
    { secondMalignancyOn: '2024-12-31' },
    'CENSORED LAST_CONTACT 366',
    'EVENT SECOND_MALIGNANCY 365',
    'CENSORED LAST_CONTACT 366',
  ],
  [
    'relapse on the cut-off',
    { relapsedOn: '2025-06-30', lastContact: '2025-06-30' },
    'CENSORED ADMIN_CUTOFF 546',
    'EVENT RELAPSE 546',
    'EVENT RELAPSE 546',
  ],
  [
    'relapse after the cut-off',
    { relapsedOn: '2025-07-01', lastContact: '2025-07-02' },
    'CENSORED ADMIN_CUTOFF 546',
    'CENSORED ADMIN_CUTOFF 546',
    'CENSORED ADMIN_CUTOFF 546',
  ],
  [
    'dead on a day that nobody knows',
    { diedOn: 'UNKNOWN_DAY' },
    'INDETERMINATE',
    'INDETERMINATE',
    'INDETERMINATE',
  ],
] as const)('endpoints: %s', (_, changes, os, efs, lfs) => {
  const { endpoints } = truthOf(changes);
  const said = ({ status, type, days }: (typeof endpoints)['OS']) =>
    [status, type, days].filter((part) => part !== undefined).join(' ');
  expect([said(endpoints.OS), said(endpoints.EFS_RW_D28), said(endpoints.LFS_PEKING)]).toEqual([
    os,
    efs,
    lfs,
  ]);
});

const ask = (changes: Partial<Considerations>) => ({ considerations: { ...considerations, ...changes } });

it.each([
  ['nothing found', {}, 'NO_CRITERION_MET', []],
  ['aplasia lost', { bCells: 'LOST_EARLY' }, 'RECOMMENDED', []],
  ['never aplastic', { bCells: 'NEVER_APLASTIC' }, 'RECOMMENDED', []],
  ['MRD positive though aplasia is stale', { mrd: 'POSITIVE', bCells: 'STALE' }, 'RECOMMENDED', []],
  ['donor and wish', ask({ donor: true, desire: true }), 'MAY_BE_CONSIDERED', []],
  [
    'donor, wish not asked',
    ask({ donor: true, desire: null }),
    'INDETERMINATE',
    ['patient/family desire for HCT'],
  ],
  ['wish refused, donor not asked', ask({ donor: null }), 'NO_CRITERION_MET', []],
  ['blinatumomab failed', ask({ blinatumomab: 'FAILED' }), 'MAY_BE_CONSIDERED', []],
  [
    'transplanted before, aplasia lost',
    { ...ask({ priorHct: true }), bCells: 'LOST_EARLY' },
    'SPECIAL_CONSIDERATION_PRIOR_HCT',
    [],
  ],
  ['transplanted before, high burden', ask({ priorHct: true, highBurden: true }), 'NO_CRITERION_MET', []],
  ['not fit', ask({ fit: false }), 'NOT_ELIGIBLE_TO_PROCEED', []],
  [
    'not tested',
    { mrd: 'NOT_TESTED', bCells: 'NOT_TESTED' },
    'INDETERMINATE',
    ['B-cell count/fraction after infusion', 'post-infusion marrow MRD'],
  ],
  ['dead', { standing: 'DEAD' }, 'NOT_APPLICABLE', []],
  ['transplanted since', { standing: 'TRANSPLANTED' }, 'ALREADY_TRANSPLANTED', []],
] as const)('transplantation: %s', (_, changes, status, missing) => {
  const { hct } = truthOf(changes);
  expect([hct.status, hct.missing]).toEqual([status, missing]);
});

it('contradicts itself in no patient of a large cohort', () => {
  for (const { endpoints, courses, hct, asOf } of drawCohort({ patients: 400, seed: 'truth' }).truth
    .patients) {
    const { OS, EFS_RW_D28, LFS_PEKING } = endpoints;
    expect(EFS_RW_D28.days ?? 0).toBeLessThanOrEqual(LFS_PEKING.days ?? 0);
    expect(LFS_PEKING.days ?? 0).toBeLessThanOrEqual(OS.days ?? 0);
    expect(OS.status === 'CENSORED').toBe(hct.status !== 'NOT_APPLICABLE');
    for (const { date } of courses) expect(date < asOf).toBe(true);
    expect(hct.missing.length > 0).toBe(hct.status === 'INDETERMINATE');
  }
});
