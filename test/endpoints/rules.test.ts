import { deriveEndpoint, deriveEndpoints } from '../../src/endpoints/derive-endpoint.ts';
import { ENDPOINT_DEFINITIONS } from '../../src/endpoints/endpoint-definitions.ts';
import { brief, CUTOFF, on, resultOf } from '../support/endpoint-case.ts';
import {
  bCellsOn,
  blastsOn,
  courseOn,
  diedOn,
  hctOn,
  infusedOn,
  malignancyOn,
  mrdOn,
  type RecordParts,
  recordOf,
  statusOn,
  therapyOn,
  vitalOn,
} from '../support/record-builder.ts';

const CR28 = statusOn(on(28), 'CR');

describe('who has a result', () => {
  it('everybody, for every definition, also without any course', () => {
    const results = deriveEndpoints(recordOf({}), CUTOFF);
    expect(results).toHaveLength(ENDPOINT_DEFINITIONS.length);
    for (const result of results) {
      expect(result).toMatchObject({ status: 'NOT_APPLICABLE', reason: 'no CD19 CAR-T infusion', flags: [] });
    }
  });

  it.each([
    ['before the infusion', '2021-12-31', 'NOT_APPLICABLE no CD19 CAR-T infusion'],
    ['on the day of the infusion', '2022-01-01', 'CENSORED ADMIN_CUTOFF 0'],
  ])('as of a day %s', (_, asOf, expected) => {
    expect(brief(resultOf('OS', {}, asOf))).toBe(expected);
  });

  it.each([
    ['idecabtagene-vicleucel', 'NOT_APPLICABLE no CD19 CAR-T infusion'],
    ['unknown', 'CENSORED LAST_CONTACT 1000'],
    ['a-local-product', 'CENSORED LAST_CONTACT 1000'],
  ])('a product %s', (product, expected) => {
    expect(brief(resultOf('OS', { courses: [courseOn(1, on(0), product)] }))).toBe(expected);
  });

  it('an infusion against another antigen is no index infusion but a new therapy', () => {
    const parts: RecordParts = {
      courses: [
        courseOn(1, on(0), 'tisagenlecleucel'),
        courseOn(2, on(100), 'ciltacabtagene-autoleucel'),
        courseOn(3, on(300), 'tisagenlecleucel'),
      ],
      statuses: [CR28],
    };
    expect(brief(resultOf('EFS_ANYTX', parts))).toBe('EVENT NEW_THERAPY 100');
    expect(resultOf('EFS_CART2', parts)).toMatchObject({ origin: on(300), days: 700 });
  });
});

describe('response deadline and no response (rules 7, 8, 10)', () => {
  it.each<[string, string, RecordParts, string]>([
    ['CR on day 1', 'RFS_CENS', { statuses: [statusOn(on(1), 'CR')] }, 'CENSORED LAST_CONTACT 999'],
    [
      'CR on the infusion day',
      'RFS_CENS',
      { statuses: [statusOn(on(0), 'CR')] },
      'NOT_APPLICABLE no CR/CRi within day 42',
    ],
    ['CR on day 42', 'RFS_CENS', { statuses: [statusOn(on(42), 'CR')] }, 'CENSORED LAST_CONTACT 958'],
    [
      'CR on day 43',
      'RFS_CENS',
      { statuses: [statusOn(on(43), 'CR')] },
      'NOT_APPLICABLE no CR/CRi within day 42',
    ],
    ['CRi', 'RFS_CENS', { statuses: [statusOn(on(28), 'CRI')] }, 'CENSORED LAST_CONTACT 972'],
    [
      'remission, CR or CRi',
      'RFS_CENS',
      { statuses: [statusOn(on(28), 'REMISSION')] },
      'CENSORED LAST_CONTACT 972',
    ],
    ['NR on day 13', 'EFS_RW_D28', { statuses: [statusOn(on(13), 'NR')] }, 'CENSORED LAST_CONTACT 1000'],
    ['NR on day 14', 'EFS_RW_D28', { statuses: [statusOn(on(14), 'NR')] }, 'EVENT NO_RESPONSE 14'],
    [
      'progressive on day 1',
      'EFS_RW_D28',
      { statuses: [statusOn(on(1), 'PROGRESSIVE')] },
      'EVENT NO_RESPONSE 1',
    ],
    ['blasts 5 % on day 13', 'EFS_RW_D28', { blasts: [blastsOn(on(13), 5)] }, 'CENSORED LAST_CONTACT 1000'],
    ['blasts 5 % on day 14', 'EFS_RW_D28', { blasts: [blastsOn(on(14), 5)] }, 'EVENT NO_RESPONSE 14'],
    ['blasts 4.9 %', 'EFS_RW_D28', { blasts: [blastsOn(on(28), 4.9)] }, 'CENSORED LAST_CONTACT 1000'],
    [
      'blasts below 5 %',
      'EFS_RW_D28',
      { blasts: [blastsOn(on(28), 5, { comparator: '<' })] },
      'CENSORED LAST_CONTACT 1000',
    ],
    [
      'blasts above 5 %',
      'EFS_RW_D28',
      { blasts: [blastsOn(on(28), 5, { comparator: '>' })] },
      'EVENT NO_RESPONSE 28',
    ],
    [
      'blasts below 20 %, which says nothing',
      'EFS_RW_D28',
      { blasts: [blastsOn(on(28), 20, { comparator: '<' })] },
      'CENSORED LAST_CONTACT 1000',
    ],
    [
      'blasts 8 %, called CR the same day',
      'EFS_RW_D28',
      { blasts: [blastsOn(on(28), 8)], statuses: [CR28] },
      'CENSORED LAST_CONTACT 1000',
    ],
    [
      'blasts 8 %, not evaluable',
      'EFS_RW_D28',
      { blasts: [blastsOn(on(28), 8)], statuses: [statusOn(on(28), 'NOT_EVALUABLE')] },
      'CENSORED LAST_CONTACT 1000',
    ],
    [
      'the first of two marrows dates it',
      'EFS_RW_D28',
      { statuses: [statusOn(on(35), 'NR'), statusOn(on(20), 'NR')] },
      'EVENT NO_RESPONSE 20',
    ],
    [
      'NR, then CR by the deadline',
      'EFS_RW_D28',
      { statuses: [statusOn(on(20), 'NR'), statusOn(on(42), 'CR')] },
      'CENSORED LAST_CONTACT 1000',
    ],
    [
      'progression, then CR by the deadline',
      'EFS_RW_D28',
      { statuses: [statusOn(on(7), 'PROGRESSIVE'), CR28] },
      'CENSORED LAST_CONTACT 1000',
    ],
    [
      'NR, then CR after the deadline',
      'EFS_RW_D28',
      { statuses: [statusOn(on(28), 'NR'), statusOn(on(60), 'CR')] },
      'EVENT NO_RESPONSE 28',
    ],
    [
      'the same by the later deadline',
      'EFS_ELIANA_NOCENS',
      { statuses: [statusOn(on(28), 'NR'), statusOn(on(60), 'CR')] },
      'CENSORED LAST_CONTACT 1000',
    ],
    [
      'CR on day 92, later deadline',
      'EFS_ELIANA_NOCENS',
      { statuses: [statusOn(on(28), 'NR'), statusOn(on(92), 'CR')] },
      'CENSORED LAST_CONTACT 1000',
    ],
    [
      'CR on day 93, later deadline',
      'EFS_ELIANA_NOCENS',
      { statuses: [statusOn(on(28), 'NR'), statusOn(on(93), 'CR')] },
      'EVENT NO_RESPONSE 0',
    ],
    [
      'NR, chemotherapy, CR',
      'EFS_RW_D28',
      {
        statuses: [statusOn(on(20), 'NR'), statusOn(on(40), 'CR')],
        therapies: [therapyOn(on(25), 'CHEMOTHERAPY')],
      },
      'EVENT NO_RESPONSE 20',
    ],
    [
      'CR after new therapy is not the CAR-T cells’',
      'RFS_NOCENS',
      { statuses: [CR28], therapies: [therapyOn(on(27), 'BLINATUMOMAB')] },
      'NOT_APPLICABLE no CR/CRi within day 42',
    ],
    [
      'CR on the day of new therapy is',
      'RFS_NOCENS',
      { statuses: [CR28], therapies: [therapyOn(on(28), 'BLINATUMOMAB')] },
      'CENSORED LAST_CONTACT 972',
    ],
    [
      'CR under a kinase inhibitor is',
      'RFS_NOCENS',
      { statuses: [CR28], therapies: [therapyOn(on(10), 'TYROSINE_KINASE_INHIBITOR')] },
      'CENSORED LAST_CONTACT 972',
    ],
    [
      'CR after HCT is not',
      'RFS_NOCENS',
      { statuses: [CR28], hcts: [hctOn(on(20))] },
      'NOT_APPLICABLE no CR/CRi within day 42',
    ],
    [
      'CR after reinfusion is not',
      'RFS_NOCENS',
      { statuses: [CR28], courses: infusedOn(on(0), on(20)) },
      'NOT_APPLICABLE no CR/CRi within day 42',
    ],
    [
      'therapy for lack of efficacy',
      'EFS_RW_D28',
      { therapies: [therapyOn(on(21), 'INOTUZUMAB', { reason: 'LACK_OF_EFFICACY' })] },
      'EVENT NO_RESPONSE 21',
    ],
    [
      'therapy for lack of efficacy, then NR',
      'EFS_RW_D28',
      {
        therapies: [therapyOn(on(21), 'INOTUZUMAB', { reason: 'LACK_OF_EFFICACY' })],
        statuses: [statusOn(on(28), 'NR')],
      },
      'EVENT NO_RESPONSE 21',
    ],
    [
      'NR, then therapy for lack of efficacy',
      'EFS_RW_D28',
      {
        therapies: [therapyOn(on(35), 'INOTUZUMAB', { reason: 'LACK_OF_EFFICACY' })],
        statuses: [statusOn(on(28), 'NR')],
      },
      'EVENT NO_RESPONSE 28',
    ],
    [
      'therapy for lack of efficacy after CR',
      'EFS_RW_D28',
      { therapies: [therapyOn(on(35), 'INOTUZUMAB', { reason: 'LACK_OF_EFFICACY' })], statuses: [CR28] },
      'CENSORED LAST_CONTACT 1000',
    ],
    ['death before any assessment', 'EFS_RW_D28', { death: diedOn(on(12)) }, 'EVENT DEATH 12'],
    [
      'a molecular non-response is none',
      'EFS_RW_D28',
      { statuses: [statusOn(on(28), 'NR', { level: 'MOLECULAR' })] },
      'CENSORED LAST_CONTACT 1000',
    ],
  ])('%s (%s)', (_, id, parts, expected) => {
    expect(brief(resultOf(id, parts))).toBe(expected);
  });

  it.each([
    ['EFS_ELIANA_CENS', 60, ['PROVISIONAL']],
    ['EFS_ELIANA_CENS', 91, ['PROVISIONAL']],
    ['EFS_ELIANA_CENS', 92, []],
    ['EFS_RW_D28', 41, ['PROVISIONAL']],
    ['EFS_RW_D28', 42, []],
  ])('NR on day 28 of %s as of day %d', (id, day, flags) => {
    const result = resultOf(id, { statuses: [statusOn(on(28), 'NR')] }, on(day));
    expect(result).toMatchObject({ type: 'NO_RESPONSE', flags });
  });

  it.each<[string, RecordParts]>([
    ['after death', { statuses: [statusOn(on(28), 'NR')], death: diedOn(on(50)) }],
    [
      'after another therapy',
      { statuses: [statusOn(on(28), 'NR')], therapies: [therapyOn(on(30), 'CHEMOTHERAPY')] },
    ],
  ])('NR is final before the deadline %s', (_, parts) => {
    expect(resultOf('EFS_ELIANA_CENS', parts, on(60)).flags).toEqual([]);
  });

  it('no response yet leaves the responders’ endpoints open', () => {
    expect(resultOf('RFS_CENS', {}, on(30))).toMatchObject({
      status: 'NOT_APPLICABLE',
      flags: ['PROVISIONAL'],
    });
    expect(resultOf('RFS_CENS', {}, on(42))).toMatchObject({
      status: 'NOT_APPLICABLE',
      flags: ['RESPONSE_NOT_EVALUABLE'],
    });
  });

  it.each<[string, RecordParts, readonly string[]]>([
    ['nothing assessed', {}, ['RESPONSE_NOT_EVALUABLE']],
    ['first CR on day 70', { statuses: [statusOn(on(70), 'CR')] }, ['RESPONSE_NOT_EVALUABLE']],
    ['marrow below 5 % without a verdict', { blasts: [blastsOn(on(28), 1)] }, ['RESPONSE_NOT_EVALUABLE']],
    ['not evaluable', { statuses: [statusOn(on(28), 'NOT_EVALUABLE')] }, ['RESPONSE_NOT_EVALUABLE']],
    ['CR', { statuses: [CR28] }, []],
    ['death by the deadline', { death: diedOn(on(42)) }, []],
    ['death after it', { death: diedOn(on(43)) }, ['RESPONSE_NOT_EVALUABLE']],
  ])('not evaluable, followed on: %s', (_, parts, flags) => {
    expect(resultOf('EFS_RW_D28', parts).flags).toEqual(flags);
  });
});

describe('relapse', () => {
  const relapse = (day: number, more = {}) => statusOn(on(day), 'RELAPSE', more);
  it.each<[string, RecordParts, Record<string, unknown>]>([
    [
      'recorded',
      { statuses: [CR28, relapse(200, { cd19: 'DIM', sites: ['TESTIS', 'MARROW'] })] },
      { days: 200, cd19: 'DIM', site: 'BM+TESTIS' },
    ],
    ['recorded without an earlier remission', { statuses: [relapse(200)] }, { days: 200, cd19: 'UNKNOWN' }],
    [
      'progression after remission',
      { statuses: [CR28, statusOn(on(90), 'PROGRESSIVE', { cd19: 'POSITIVE' })] },
      { days: 90, cd19: 'POS' },
    ],
    [
      'marrow blasts after remission',
      { statuses: [CR28], blasts: [blastsOn(on(90), 5)] },
      { days: 90, cd19: 'UNKNOWN', site: 'BM' },
    ],
    [
      'early marrow blasts after remission',
      { statuses: [statusOn(on(10), 'CR')], blasts: [blastsOn(on(13), 30)] },
      { days: 13 },
    ],
    [
      'blasts first, the verdict with its class days later',
      {
        statuses: [CR28, relapse(93, { cd19: 'POSITIVE', sites: ['MARROW', 'CNS'] })],
        blasts: [blastsOn(on(90), 40)],
      },
      { days: 90, cd19: 'POS', site: 'BM' },
    ],
    [
      'two sites recorded apart on one day',
      {
        statuses: [
          CR28,
          relapse(90, { sites: ['CNS'], cd19: 'POSITIVE' }),
          relapse(90, { sites: ['MARROW'] }),
        ],
      },
      { days: 90, cd19: 'POS', site: 'BM+CNS' },
    ],
    [
      'two classes on one day',
      { statuses: [CR28, relapse(90, { cd19: 'POSITIVE' }), relapse(90, { cd19: 'NEGATIVE' })] },
      { cd19: 'MIXED' },
    ],
    [
      'lineage switch',
      { statuses: [CR28, relapse(90, { lineageSwitch: true })] },
      { cd19: 'NEG', flags: ['LINEAGE_SWITCH'] },
    ],
    [
      'extramedullary, site not named',
      { statuses: [CR28, relapse(90, { level: 'EXTRAMEDULLARY' })] },
      { site: 'OTHER_EM' },
    ],
    [
      'morphologic, site not named',
      { statuses: [CR28, relapse(90, { level: 'MORPHOLOGIC' })] },
      { site: 'BM' },
    ],
    [
      'every site',
      { statuses: [CR28, relapse(90, { sites: ['OTHER_EXTRAMEDULLARY', 'TESTIS', 'CNS', 'MARROW'] })] },
      { site: 'BM+CNS+TESTIS+OTHER_EM' },
    ],
  ])('%s', (_, parts, expected) => {
    expect(resultOf('EFS_RW_D28', parts)).toMatchObject({ status: 'EVENT', type: 'RELAPSE', ...expected });
  });

  it.each<[string, RecordParts, string]>([
    [
      'molecular only',
      { statuses: [CR28, relapse(90, { level: 'MOLECULAR' })] },
      'CENSORED LAST_CONTACT 1000',
    ],
    ['before the infusion', { statuses: [relapse(-10), CR28] }, 'CENSORED LAST_CONTACT 1000'],
    ['on the day of the infusion', { statuses: [relapse(0), CR28] }, 'CENSORED LAST_CONTACT 1000'],
    [
      'blasts explained by CR of the same day',
      { statuses: [CR28, statusOn(on(60), 'CR')], blasts: [blastsOn(on(60), 7)] },
      'CENSORED LAST_CONTACT 1000',
    ],
  ])('none: %s', (_, parts, expected) => {
    expect(brief(resultOf('EFS_RW_D28', parts))).toBe(expected);
  });

  it('"no response" in remission is for adjudication', () => {
    const result = resultOf('EFS_RW_D28', { statuses: [CR28, statusOn(on(178), 'NR')] });
    expect(result).toMatchObject({ status: 'CENSORED', flags: ['NR_AFTER_REMISSION'] });
  });

  it('CR and its opposite on one day: the CR does not count', () => {
    const parts = { statuses: [CR28, statusOn(on(28), 'NR')] };
    expect(resultOf('EFS_RW_D28', parts)).toMatchObject({
      type: 'NO_RESPONSE',
      days: 28,
      flags: ['CONFLICTING_ASSESSMENTS'],
    });
    expect(resultOf('RFS_CENS', parts)).toMatchObject({
      status: 'NOT_APPLICABLE',
      flags: ['CONFLICTING_ASSESSMENTS'],
    });
  });
});

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

describe('one day holds two facts (rule 3)', () => {
  const day = on(100);
  const facts = {
    RELAPSE: { statuses: [CR28, statusOn(day, 'RELAPSE')] },
    DEATH: { death: diedOn(day) },
    SECOND_MALIGNANCY: { secondMalignancies: [malignancyOn(day)] },
    HCT: { hcts: [hctOn(day)] },
    REINFUSION: { courses: infusedOn(on(0), day) },
    NEW_THERAPY: { therapies: [therapyOn(day, 'CHEMOTHERAPY', { intent: 'NEW_THERAPY' })] },
  } as const satisfies Record<string, RecordParts>;
  const order = Object.keys(facts) as (keyof typeof facts)[];
  const pairs = order.flatMap((first, index) =>
    order.slice(index + 1).map((second) => [first, second] as const),
  );

  it.each(pairs)('%s before %s', (first, second) => {
    const parts: RecordParts = { statuses: [CR28], ...facts[second], ...facts[first] };
    const result = resultOf('EFS_STRINGENT', parts);
    expect(result).toMatchObject({ status: 'EVENT', type: first, days: 100 });
    if (first !== 'RELAPSE') expect(result.next).toMatchObject({ type: second, days: 100 });
  });

  it.each<[string, string, RecordParts, string]>([
    [
      'relapse, no response',
      'EFS_STRINGENT',
      { statuses: [statusOn(on(28), 'NR'), statusOn(on(28), 'RELAPSE')] },
      'EVENT RELAPSE 28',
    ],
    [
      'no response, death',
      'EFS_STRINGENT',
      { statuses: [statusOn(on(28), 'NR')], death: diedOn(on(28)) },
      'EVENT NO_RESPONSE 28',
    ],
    [
      'molecular relapse, death',
      'EFS_STRINGENT',
      { statuses: [CR28, statusOn(day, 'RELAPSE', { level: 'MOLECULAR' })], death: diedOn(day) },
      'EVENT MRD_RELAPSE 100',
    ],
    [
      'relapse, molecular relapse',
      'EFS_STRINGENT',
      { statuses: [CR28, statusOn(day, 'RELAPSE'), statusOn(day, 'RELAPSE', { level: 'MOLECULAR' })] },
      'EVENT RELAPSE 100',
    ],
    [
      'MRD persistence, HCT',
      'EFS_STRINGENT',
      { statuses: [CR28], mrd: [mrdOn(on(28), 'POSITIVE')], hcts: [hctOn(on(28))] },
      'EVENT MRD_PERSISTENCE 28',
    ],
    [
      'loss of aplasia, reinfusion',
      'BCALOSS_CIF',
      { statuses: [CR28], bCells: [bCellsOn(on(20), 0.1), bCellsOn(day, 5)], courses: infusedOn(on(0), day) },
      'EVENT BCA_LOSS 100',
    ],
    [
      'death beats censoring at HCT',
      'RFS_CENS',
      { statuses: [CR28], hcts: [hctOn(day)], death: diedOn(day) },
      'EVENT DEATH 72',
    ],
    [
      'relapse and death on one day compete with non-relapse mortality',
      'NRM',
      { statuses: [CR28, statusOn(day, 'RELAPSE')], death: diedOn(day) },
      'COMPETING RELAPSE 100',
    ],
    [
      'overall survival counts the death regardless',
      'OS',
      { statuses: [CR28, statusOn(day, 'RELAPSE')], death: diedOn(day) },
      'EVENT DEATH 100',
    ],
  ])('%s (%s)', (_, id, parts, expected) => {
    expect(brief(resultOf(id, parts))).toBe(expected);
  });
});

describe('cut-off and last contact (rules 4 to 6)', () => {
  const relapsed = { statuses: [CR28, statusOn(CUTOFF, 'RELAPSE')], lastContact: on(1400) };
  it.each([
    ['2025-06-29', 'CENSORED ADMIN_CUTOFF 1275'],
    ['2025-06-30', 'EVENT RELAPSE 1276'],
    ['2025-07-01', 'EVENT RELAPSE 1276'],
    ['2025-06', 'EVENT RELAPSE 1276'],
  ])('relapse on 2025-06-30 as of %s', (asOf, expected) => {
    expect(brief(resultOf('EFS_RW_D28', relapsed, asOf))).toBe(expected);
  });

  it.each<[string, RecordParts, string]>([
    ['last contact the day before', { lastContact: '2025-06-29' }, 'CENSORED LAST_CONTACT 1275'],
    ['last contact on the day', { lastContact: '2025-06-30' }, 'CENSORED ADMIN_CUTOFF 1276'],
    [
      'death after it shows survival',
      { lastContact: on(200), death: diedOn('2025-07-10') },
      'CENSORED ADMIN_CUTOFF 1276',
    ],
    [
      'relapse after it shows survival',
      { lastContact: on(200), statuses: [CR28, statusOn('2025-07-15', 'RELAPSE')] },
      'CENSORED ADMIN_CUTOFF 1276',
    ],
    [
      'seen alive after it',
      { lastContact: on(200), vitalStatus: [vitalOn('2025-08-01', 'ALIVE')] },
      'CENSORED ADMIN_CUTOFF 1276',
    ],
    [
      'a later sample than the recorded contact',
      { lastContact: on(200), bCells: [bCellsOn(on(321), 0.2)] },
      'CENSORED LAST_CONTACT 321',
    ],
    ['nothing after the infusion', { lastContact: on(-5) }, 'CENSORED LAST_CONTACT 0'],
  ])('%s', (_, parts, expected) => {
    expect(brief(resultOf('OS', parts))).toBe(expected);
  });

  it('a fact dated in the future proves no contact', () => {
    const parts: RecordParts = {
      lastContact: on(200),
      bCells: [bCellsOn(on(321), 0.2)],
      findings: [
        {
          code: 'date-in-future',
          severity: 'warning',
          message: 'dated after it was received',
          reference: `Observation/b-cells-0.2-${on(321)}`,
        },
      ],
    };
    expect(brief(resultOf('OS', parts))).toBe('CENSORED LAST_CONTACT 200');
  });

  it.each<[string, RecordParts, readonly string[]]>([
    [
      'left at own request',
      { lastContact: on(40), vitalStatus: [vitalOn(on(40), 'SELF_DISCHARGED')] },
      ['informativeCensoringSuspected'],
    ],
    [
      'and seen again',
      { lastContact: on(80), vitalStatus: [vitalOn(on(40), 'SELF_DISCHARGED'), vitalOn(on(80), 'ALIVE')] },
      [],
    ],
    ['lost', { lastContact: on(40), vitalStatus: [vitalOn(on(40), 'LOST')] }, []],
  ])('%s', (_, parts, flags) => {
    const result = resultOf('EFS_ANYTX', { statuses: [CR28], ...parts });
    expect(result).toMatchObject({ status: 'CENSORED', type: 'LAST_CONTACT', flags });
  });

  it('censoring by therapy suspects nothing', () => {
    const parts: RecordParts = {
      statuses: [CR28],
      hcts: [hctOn(on(35))],
      lastContact: on(40),
      vitalStatus: [vitalOn(on(40), 'SELF_DISCHARGED')],
    };
    expect(resultOf('RFS_CENS', parts)).toMatchObject({ type: 'HCT', flags: [] });
  });

  it('censors at the last disease assessment where the definition asks for it', () => {
    const parts: RecordParts = {
      statuses: [CR28, statusOn(on(90), 'CR'), statusOn(on(200), 'NOT_EVALUABLE')],
      mrd: [mrdOn(on(120), 'NEGATIVE')],
    };
    const change = { censorAt: 'LAST_DISEASE_ASSESSMENT' } as const;
    expect(brief(resultOf('EFS_RW_D28', parts, CUTOFF, change))).toBe('CENSORED LAST_DISEASE_ASSESSMENT 120');
    expect(brief(resultOf('EFS_RW_D28', {}, CUTOFF, change))).toBe('CENSORED LAST_DISEASE_ASSESSMENT 0');
  });
});

describe('time (rule 9)', () => {
  it.each([
    ['KEEP_0', 0, 0],
    ['HALF_DAY', 0.5, 0.02],
    ['ONE_DAY', 1, 0.03],
  ] as const)('zero time %s', (zeroTime, days, months) => {
    expect(resultOf('OS', { death: diedOn(on(0)) }, CUTOFF, { zeroTime })).toMatchObject({ days, months });
  });

  it('months by the definition’s month', () => {
    expect(resultOf('OS', {}, CUTOFF, { monthDays: 30 }).months).toBe(33.33);
  });
});

describe('what a result tells', () => {
  it('its evidence, what would have come next, and the day that it was derived for', () => {
    const parts: RecordParts = {
      statuses: [CR28, statusOn(on(365), 'RELAPSE', { cd19: 'POSITIVE', sites: ['MARROW'] })],
      death: diedOn(on(500), 'LEUKEMIA'),
    };
    expect(resultOf('RFS_CENS', parts)).toEqual({
      endpoint: 'RFS_CENS',
      version: '1.0.0',
      origin: '2022-01-29',
      status: 'EVENT',
      type: 'RELAPSE',
      date: '2023-01-01',
      days: 337,
      months: 11.07,
      cd19: 'POS',
      site: 'BM',
      flags: [],
      evidence: [
        { reference: 'Procedure/infusion-1', path: 'value', site: 'a' },
        { reference: 'Observation/status-CR-2022-01-29', path: 'value', site: 'a' },
        { reference: 'Observation/status-RELAPSE-2023-01-01', path: 'value', site: 'a' },
      ],
      next: { status: 'EVENT', type: 'DEATH', date: '2023-05-16', days: 472 },
      asOf: '2025-06-30',
    });
  });

  it('a single definition and many give the same', () => {
    const record = recordOf({ courses: infusedOn(on(0)), statuses: [CR28], lastContact: on(500) });
    const all = deriveEndpoints(record, CUTOFF);
    expect(ENDPOINT_DEFINITIONS.map((definition) => deriveEndpoint(definition, record, CUTOFF))).toEqual(all);
  });
});
