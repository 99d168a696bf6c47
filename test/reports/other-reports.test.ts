import { buildGradeReport } from '../../src/reports/grade-report.ts';
import { buildPairedReport } from '../../src/reports/paired-report.ts';
import { buildSwimmerReport } from '../../src/reports/swimmer-report.ts';
import { bCellsOn, from, hctOn, infusedOn, mrdOn, statusOn } from '../support/record-builder.ts';
import { AS_OF, cohortOf, day, dead, INFUSION, patient } from './support.ts';

const BASIS = { mappings: 'm', digest: 'd' };

function reported(toxicity: 'CRS' | 'CRES', system: string, grade: number | undefined, on = 3, course = 1) {
  const known = grade === undefined ? {} : { grade };
  return {
    date: day(on),
    toxicity,
    system,
    course,
    ...known,
    sources: from(`Observation/${toxicity}-${on}`),
  };
}

describe('grade tables', () => {
  it('count those who could be graded, by system, and list the others', () => {
    const graded = (id: string, system: string, grade: number | undefined) =>
      patient(id, 400, { observations: { toxicityGrades: [reported('CRS', system, grade)] } });
    const cohort = cohortOf(
      'OS',
      graded('a', 'ASTCT-2019', 0),
      graded('b', 'ASTCT-2019', 2),
      graded('c', 'ASTCT-2019', 3),
      graded('d', 'LEE-2014', 4),
      graded('e', 'ASTCT-2019', undefined),
      patient('f', 400),
    );
    const { tables, records, attrition } = buildGradeReport(cohort, BASIS);
    expect(records.n).toBe(6);
    expect(attrition.at(-1)?.n).toBe(6);
    const table = tables.find((one) => one.system === 'ASTCT-2019' && one.origin === 'REPORTED');
    expect(table).toMatchObject({ toxicity: 'CRS', n: 3, notGradable: 3, atLeast: [] });
    expect(table?.grades.map(({ grade, count }) => [grade, count])).toEqual([
      [0, 1],
      [1, 0],
      [2, 1],
      [3, 1],
      [4, 0],
      [5, 0],
    ]);
    expect(table?.any).toMatchObject({ count: 2, n: 3 });
    expect(table?.severe).toMatchObject({ count: 1, n: 3, share: 1 / 3 });
    expect(tables.find((one) => one.system === 'LEE-2014')).toMatchObject({ n: 1, notGradable: 5 });
  });

  it('has the intervals of clinical specification 8.2', () => {
    const patients = Array.from({ length: 40 }, (_, index) =>
      patient(`p${index}`, 400, {
        observations: { toxicityGrades: [reported('CRES', 'CARTOX', index < 8 ? 3 : 1)] },
      }),
    );
    const { tables } = buildGradeReport(cohortOf('OS', ...patients), BASIS);
    const severe = tables.find(({ toxicity }) => toxicity === 'CRES')?.severe;
    expect(severe?.clopperPearson?.lower).toBeCloseTo(0.0905, 4);
    expect(severe?.clopperPearson?.upper).toBeCloseTo(0.3565, 4);
  });

  it('has no share of nobody', () => {
    const { tables } = buildGradeReport(cohortOf('OS', patient('a', 400)), BASIS);
    for (const { n, any, notGradable } of tables) {
      expect([n, notGradable, any.share, any.clopperPearson]).toEqual([0, 1, null, null]);
    }
  });
});

describe('first against second course', () => {
  const second = 200;
  const pair = (id: string, first: boolean, later: boolean, doses?: readonly [number, number]) => {
    const courses = infusedOn(INFUSION, day(second)).map((course, index) => {
      const dosePerKg = doses?.[index];
      return dosePerKg === undefined ? course : { ...course, infusion: { ...course.infusion, dosePerKg } };
    });
    return patient(id, 600, {
      courses,
      statuses: [
        statusOn(day(28), first ? 'CR' : 'NR'),
        statusOn(day(150), 'RELAPSE'),
        statusOn(day(second + 28), later ? 'CR' : 'NR'),
      ],
      mrd: [
        ...(first ? [mrdOn(day(28), 'NEGATIVE')] : []),
        ...(later ? [mrdOn(day(second + 28), 'NEGATIVE')] : []),
      ],
    });
  };

  it('pairs by patient, and shows what the unpaired test would say', () => {
    const records = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((index) => pair(`p${index}`, true, index < 4));
    const { n, shares } = buildPairedReport([...records, patient('once', 300)], AS_OF, BASIS);
    const [remission] = shares;
    expect(n).toBe(9);
    expect(remission).toMatchObject({
      n: 9,
      first: 9,
      second: 4,
      mcNemar: { status: 'computed', discordant: [5, 0] },
    });
    expect(remission?.mcNemar.status === 'computed' && remission.mcNemar.p).toBeCloseTo(0.0625, 10);
    expect(remission?.fisherUnpaired.status === 'computed' && remission.fisherUnpaired.p).toBeCloseTo(
      0.029412,
      6,
    );
  });

  it('compares doses by the tests of clinical specification 8.2', () => {
    const first = [120, 85, 60, 200, 150, 90, 75, 110, 130];
    const later = [100, 80, 65, 120, 90, 95, 40, 70, 60];
    const records = first.map((dose, index) => pair(`p${index}`, true, true, [dose, later[index] ?? 0]));
    const dose = buildPairedReport(records, AS_OF, BASIS).numbers[0];
    expect(dose).toMatchObject({ n: 9, signedRank: { v: 41, variant: 'normal' } });
    expect(dose?.signedRank.status === 'computed' && dose.signedRank.p).toBeCloseTo(0.03236, 5);
    expect(dose?.pairedT.status === 'computed' && dose.pairedT.p).toBeCloseTo(0.014154, 6);
  });

  it('leaves out pairs of which one side is not known', () => {
    const open = patient('open', 600, { courses: infusedOn(INFUSION, day(second)) });
    const { n, shares } = buildPairedReport([open, pair('p', true, false)], AS_OF, BASIS);
    expect([n, shares[0]?.n]).toEqual([2, 1]);
  });

  it('says what it was made from', () => {
    const { report, asOf, versions, records } = buildPairedReport([pair('p', true, false)], AS_OF, BASIS);
    expect([report, asOf, versions.mappings, records]).toEqual([
      'paired',
      AS_OF,
      BASIS.mappings,
      { n: 1, digest: BASIS.digest },
    ]);
  });

  it('has reasons instead of tests without pairs', () => {
    const { n, shares, numbers } = buildPairedReport([], AS_OF, BASIS);
    expect(n).toBe(0);
    for (const { mcNemar } of shares) expect(mcNemar.status).toBe('not-computed');
    for (const { signedRank, pairedT } of numbers) {
      expect([signedRank.status, pairedT.status]).toEqual(['not-computed', 'not-computed']);
    }
  });
});

describe('swimmer rows', () => {
  const states = (record: Parameters<typeof buildSwimmerReport>[0][number]) => {
    const [row] = buildSwimmerReport([record], AS_OF, BASIS).rows;
    return row?.segments.map(({ state, fromDay, toDay }) => [state, fromDay, toDay]);
  };

  it.each([
    [
      'alive in remission, MRD not done',
      patient('a', 400),
      [
        ['INFUSED', 0, 28],
        ['CR_MRD_UNKNOWN', 28, 400],
      ],
    ],
    [
      'MRD at the assessment, and later',
      patient('a', 400, { mrd: [mrdOn(day(28), 'POSITIVE'), mrdOn(day(90), 'NEGATIVE')] }),
      [
        ['INFUSED', 0, 28],
        ['CR_MRD_POS', 28, 90],
        ['CR_MRD_NEG', 90, 400],
      ],
    ],
    [
      'no response and death',
      dead('a', 60, { statuses: [statusOn(day(28), 'NR')] }),
      [
        ['INFUSED', 0, 28],
        ['NR', 28, 60],
      ],
    ],
    [
      'HCT, then relapse',
      patient('a', 400, {
        hcts: [hctOn(day(80))],
        statuses: [
          statusOn(day(28), 'CR'),
          statusOn(day(120), 'CR'),
          statusOn(day(200), 'RELAPSE', { cd19: 'NEGATIVE' }),
        ],
      }),
      [
        ['INFUSED', 0, 28],
        ['CR_MRD_UNKNOWN', 28, 80],
        ['HCT', 80, 200],
        ['RELAPSE', 200, 400],
      ],
    ],
    [
      'relapse, a second course, remission again',
      patient('a', 500, {
        courses: infusedOn(INFUSION, day(200)),
        statuses: [statusOn(day(28), 'CR'), statusOn(day(150), 'RELAPSE'), statusOn(day(228), 'CR')],
      }),
      [
        ['INFUSED', 0, 28],
        ['CR_MRD_UNKNOWN', 28, 150],
        ['RELAPSE', 150, 200],
        ['REINFUSED', 200, 228],
        ['CR_MRD_UNKNOWN', 228, 500],
      ],
    ],
    ['death on the day of infusion', dead('a', 0, { statuses: [] }), [['INFUSED', 0, 0]]],
  ])('%s', (_, record, expected) => {
    expect(states(record)).toEqual(expected);
  });

  it('marks loss of aplasia, and how the bar ends', () => {
    const { rows, withoutRow } = buildSwimmerReport(
      [
        patient('a', 400, { bCells: [bCellsOn(day(28), 0), bCellsOn(day(90), 8), bCellsOn(day(120), 9)] }),
        dead('b', 500),
        patient('c', 3000),
        patient('d', 10, { courses: infusedOn('2020') }),
      ],
      AS_OF,
      BASIS,
    );
    expect(withoutRow).toBe(1);
    expect(rows.map(({ patient: id, end, endDay }) => [id, end, endDay])).toEqual([
      ['c', 'CUTOFF', 1826],
      ['b', 'DEATH', 500],
      ['a', 'LAST_CONTACT', 400],
    ]);
    expect(rows[2]?.markers).toEqual([{ kind: 'BCA_LOSS', day: 90 }]);
  });
});
