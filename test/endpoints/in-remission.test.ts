import { brief, on, resultOf } from '../support/endpoint-case.ts';
import { hctOn, infusedOn, type RecordParts, statusOn, therapyOn } from '../support/record-builder.ts';

const CR28 = statusOn(on(28), 'CR');

describe('in remission (rule 2)', () => {
  const relapsed = [CR28, statusOn(on(100), 'RELAPSE')];
  it.each<[string, string, RecordParts, string]>([
    ['HCT the day before relapse', 'EFS_BE_B', { statuses: relapsed, hcts: [hctOn(on(99))] }, 'EVENT HCT 99'],
    [
      'HCT on the day of relapse',
      'EFS_BE_B',
      { statuses: relapsed, hcts: [hctOn(on(100))] },
      'EVENT RELAPSE 100',
    ],
    ['HCT after relapse', 'RFS_CENS', { statuses: relapsed, hcts: [hctOn(on(101))] }, 'EVENT RELAPSE 72'],
    [
      'HCT after NR',
      'BCALOSS_CIF',
      { statuses: [statusOn(on(28), 'NR')], hcts: [hctOn(on(60))] },
      'COMPETING NO_RESPONSE 28',
    ],
    [
      'HCT after a molecular relapse is in remission',
      'EFS_BE_B',
      { statuses: [CR28, statusOn(on(60), 'RELAPSE', { level: 'MOLECULAR' })], hcts: [hctOn(on(90))] },
      'EVENT HCT 90',
    ],
    [
      'autologous HCT',
      'EFS_BE_B',
      { statuses: [CR28], hcts: [hctOn(on(90), { kind: 'AUTOLOGOUS' })] },
      'EVENT HCT 90',
    ],
    [
      'HCT of unknown kind',
      'EFS_BE_B',
      { statuses: [CR28], hcts: [hctOn(on(90), { kind: 'UNKNOWN' })] },
      'EVENT HCT 90',
    ],
    [
      'HCT before the infusion',
      'EFS_BE_B',
      { statuses: [CR28], hcts: [hctOn(on(-400))] },
      'CENSORED LAST_CONTACT 1000',
    ],
    [
      'HCT on the day of the infusion',
      'EFS_BE_B',
      { statuses: [CR28], hcts: [hctOn(on(0))] },
      'CENSORED LAST_CONTACT 1000',
    ],
    [
      'maintenance where it is ignored',
      'BCALOSS_CIF',
      { statuses: [CR28], therapies: [therapyOn(on(60), 'TYROSINE_KINASE_INHIBITOR')] },
      'CENSORED LAST_CONTACT 1000',
    ],
    [
      'maintenance by intent',
      'BCALOSS_CIF',
      { statuses: [CR28], therapies: [therapyOn(on(60), 'CHEMOTHERAPY', { intent: 'MAINTENANCE' })] },
      'CENSORED LAST_CONTACT 1000',
    ],
    [
      'new therapy without intent',
      'BCALOSS_CIF',
      { statuses: [CR28], therapies: [therapyOn(on(60), 'CHEMOTHERAPY')] },
      'COMPETING NEW_THERAPY 60',
    ],
    [
      'a kinase inhibitor meant as new therapy',
      'BCALOSS_CIF',
      {
        statuses: [CR28],
        therapies: [therapyOn(on(60), 'TYROSINE_KINASE_INHIBITOR', { intent: 'NEW_THERAPY' })],
      },
      'COMPETING NEW_THERAPY 60',
    ],
    [
      'bridging',
      'EFS_ANYTX',
      { statuses: [CR28], therapies: [therapyOn(on(60), 'CHEMOTHERAPY', { intent: 'BRIDGING' })] },
      'CENSORED LAST_CONTACT 1000',
    ],
    [
      'lymphodepletion',
      'EFS_ANYTX',
      { statuses: [CR28], therapies: [therapyOn(on(60), 'CHEMOTHERAPY', { intent: 'LYMPHODEPLETION' })] },
      'CENSORED LAST_CONTACT 1000',
    ],
    [
      'prophylaxis',
      'EFS_ANYTX',
      { statuses: [CR28], therapies: [therapyOn(on(60), 'CHEMOTHERAPY', { intent: 'PROPHYLAXIS' })] },
      'CENSORED LAST_CONTACT 1000',
    ],
    [
      'intrathecal without intent',
      'EFS_ANYTX',
      { statuses: [CR28], therapies: [therapyOn(on(60), 'INTRATHECAL')] },
      'CENSORED LAST_CONTACT 1000',
    ],
    [
      'donor lymphocytes',
      'EFS_ANYTX',
      { statuses: [CR28], therapies: [therapyOn(on(60), 'DLI')] },
      'EVENT NEW_THERAPY 60',
    ],
    [
      'chemotherapy that conditions an HCT',
      'EFS_ANYTX',
      { statuses: [CR28], therapies: [therapyOn(on(82), 'CHEMOTHERAPY')], hcts: [hctOn(on(90))] },
      'EVENT HCT 90',
    ],
    [
      'chemotherapy earlier than conditioning',
      'EFS_ANYTX',
      { statuses: [CR28], therapies: [therapyOn(on(75), 'CHEMOTHERAPY')], hcts: [hctOn(on(90))] },
      'EVENT NEW_THERAPY 75',
    ],
    [
      'antibody shortly before an HCT',
      'EFS_ANYTX',
      { statuses: [CR28], therapies: [therapyOn(on(82), 'BLINATUMOMAB')], hcts: [hctOn(on(90))] },
      'EVENT NEW_THERAPY 82',
    ],
    [
      'reinfusion in remission',
      'EFS_ANYTX',
      { statuses: [CR28], courses: infusedOn(on(0), on(150)) },
      'EVENT REINFUSION 150',
    ],
    [
      'reinfusion after relapse',
      'EFS_ANYTX',
      { statuses: relapsed, courses: infusedOn(on(0), on(150)) },
      'EVENT RELAPSE 100',
    ],
    [
      'maintenance begun before remission does not end it',
      'RFS_CENS',
      { statuses: [CR28], therapies: [therapyOn(on(10), 'TYROSINE_KINASE_INHIBITOR')] },
      'CENSORED LAST_CONTACT 972',
    ],
    [
      'maintenance resumed after remission does',
      'RFS_CENS',
      {
        statuses: [CR28],
        therapies: [
          therapyOn(on(10), 'TYROSINE_KINASE_INHIBITOR'),
          therapyOn(on(60), 'TYROSINE_KINASE_INHIBITOR'),
        ],
      },
      'CENSORED NEW_THERAPY 32',
    ],
  ])('%s (%s)', (_, id, parts, expected) => {
    expect(brief(resultOf(id, parts))).toBe(expected);
  });
});
