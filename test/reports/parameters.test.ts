/** Clinical parameters in reports: what they change, that it is said, and that endpoints stay what they are. */
import {
  CLINICAL_PARAMETERS,
  type ParameterName,
  type ParameterOverrides,
} from '../../src/clinical/parameters/clinical-parameters.ts';
import type { Parameter } from '../../src/clinical/parameters/parameter.ts';
import { deriveEndpoints } from '../../src/endpoints/derive-endpoint.ts';
import { endpointDefinition } from '../../src/endpoints/endpoint-definitions.ts';
import { buildAnalysisSet } from '../../src/export/analysis-set.ts';
import { buildCurveReport } from '../../src/reports/curve-report.ts';
import { buildGradeReport } from '../../src/reports/grade-report.ts';
import { EXPOSURES, NAMED_STRATA } from '../../src/reports/named-strata.ts';
import { buildPairedReport } from '../../src/reports/paired-report.ts';
import { parseColumn } from '../../src/reports/parse-column.ts';
import { parametersOfReport } from '../../src/reports/report-parameters.ts';
import { selectCohort } from '../../src/reports/select-cohort.ts';
import { buildSwimmerReport } from '../../src/reports/swimmer-report.ts';
import { storyRecords } from '../golden/story-records.ts';
import { otherValues } from '../support/other-values.ts';
import { bCellsOn, from, infusedOn, mrdOn, statusOn } from '../support/record-builder.ts';
import { day, INFUSION, patient, request } from './support.ts';

const AS_OF = '2025-06-01';
const records = [...storyRecords()].map(([id, record]) => ({ ...record, id }));
const OS = endpointDefinition('OS');
const BCA = endpointDefinition('BCALOSS_CIF');
if (OS === undefined || BCA === undefined) throw new Error('OS and BCALOSS_CIF are defined');
const survivors = selectCohort(records, OS, AS_OF);

const basisOf = (parameters: ParameterOverrides) => ({ mappings: 'm', digest: 'd', parameters });
const swimmer = (parameters: ParameterOverrides, of = records) =>
  buildSwimmerReport(of, AS_OF, basisOf(parameters));
const paired = (parameters: ParameterOverrides, of = records) =>
  buildPairedReport(of, AS_OF, basisOf(parameters));
const grades = (parameters: ParameterOverrides) => buildGradeReport(survivors, basisOf(parameters));
const survivalBy = (by: string, parameters: ParameterOverrides) =>
  buildCurveReport('survival', survivors, { ...request(by), basis: basisOf(parameters) });
const rowsWith = (column: string, parameters: ParameterOverrides, of = records) =>
  buildAnalysisSet(of, [OS], AS_OF, [parseColumn(column)], parameters).rows;

describe('each report', () => {
  it('grades: the fever from which CRS is graded', () => {
    const crs = (parameters: ParameterOverrides) =>
      grades(parameters).tables.find(({ toxicity, origin }) => toxicity === 'CRS' && origin === 'DECIDED');
    expect(crs({})?.grades.map(({ count }) => count)).toEqual([4, 1, 0, 0, 1, 0]);
    expect(crs({ feverFromCelsius: 40 })?.grades.map(({ count }) => count)).toEqual([5, 0, 0, 0, 0, 0]);
    expect(grades({}).parameters).toEqual({});
    expect(grades({ feverFromCelsius: 40, lloq: 5 }).parameters).toEqual({ feverFromCelsius: 40 });
  });

  it('grades: from which one CRS and ICANS are severe, and no other', () => {
    const from = (parameters: ParameterOverrides) =>
      Object.fromEntries(
        grades(parameters)
          .tables.filter(({ origin }) => origin === 'DECIDED')
          .map(({ toxicity, severe, severeFrom }) => [toxicity, [severeFrom, severe.count]]),
      );
    expect(from({})).toEqual({ CRS: [3, 1], ICANS: [3, 1], ICAHT_EARLY: [3, 1], ICAHT_LATE: [3, 0] });
    expect(from({ severeFromGrade: 1 })).toEqual({
      CRS: [1, 2],
      ICANS: [1, 1],
      ICAHT_EARLY: [3, 1],
      ICAHT_LATE: [3, 0],
    });
  });

  it('survival: the grade that divides, not the time', () => {
    const numbers = (parameters: ParameterOverrides) =>
      survivalBy('crs-grade', parameters).strata.map(({ stratum, n }) => [stratum, n]);
    expect(numbers({})).toEqual([
      ['0', 4],
      ['1', 1],
      ['4', 1],
      ['UNKNOWN', 3],
    ]);
    expect(numbers({ feverFromCelsius: 40 })).toEqual([
      ['0', 5],
      ['UNKNOWN', 4],
    ]);
    expect(survivalBy('crs-grade', { feverFromCelsius: 40 }).parameters).toEqual({ feverFromCelsius: 40 });
    expect(survivalBy('sex', { feverFromCelsius: 40 }).parameters).toEqual({});
  });

  it('swimmer: the day of the loss, by the rule that is chosen', () => {
    const marker = (parameters: ParameterOverrides) =>
      swimmer(parameters).rows.flatMap(({ markers }) => markers.filter(({ kind }) => kind === 'BCA_LOSS'));
    expect(marker({})).toEqual([{ kind: 'BCA_LOSS', day: 89 }]);
    expect(marker({ bcaLossDateRule: 'MIDPOINT' })).toEqual([{ kind: 'BCA_LOSS', day: 74 }]);
    expect(marker({ bcaLossDateRule: 'INTERVAL' })).toEqual([]);
  });

  it('swimmer: until when a remission may come, and how near MRD lies to it', () => {
    const late = [
      patient('a', 400, {
        statuses: [statusOn(day(28), 'NR'), statusOn(day(60), 'CR')],
        mrd: [mrdOn(day(55), 'NEGATIVE')],
      }),
    ];
    const states = (parameters: ParameterOverrides) =>
      swimmer(parameters, late).rows[0]?.segments.map(({ state, fromDay }) => `${state} ${fromDay}`);
    expect(states({})).toEqual(['INFUSED 0', 'NR 28', 'CR_MRD_NEG 60']);
    expect(states({ responseDeadlineDay: 92 })).toEqual(['INFUSED 0', 'CR_MRD_NEG 60']);
    expect(states({ mrdNearResponseDays: 4 })).toEqual(['INFUSED 0', 'NR 28', 'CR_MRD_UNKNOWN 60']);
  });

  it('paired: early infections, and MRD of the response', () => {
    const infection = (on: number, course: number) => ({
      date: day(on),
      course,
      sources: from(`Condition/${on}`),
    });
    const twice = [
      patient('a', 600, {
        courses: infusedOn(INFUSION, day(200)),
        statuses: [statusOn(day(28), 'CR'), statusOn(day(228), 'CR')],
        mrd: [mrdOn(day(33), 'NEGATIVE'), mrdOn(day(228), 'NEGATIVE')],
        observations: { infections: [infection(20, 1), infection(205, 2)] },
      }),
    ];
    const share = (what: string, parameters: ParameterOverrides) => {
      const { n, first, second } =
        paired(parameters, twice).shares.find((one) => one.what.startsWith(what)) ?? {};
      return [n, first, second];
    };
    expect(share('infection, early', {})).toEqual([1, 1, 1]);
    expect(share('infection, early', { earlyInfectionToDay: 10 })).toEqual([1, 0, 1]);
    expect(share('MRD-negative', {})).toEqual([1, 1, 1]);
    expect(share('MRD-negative', { mrdNearResponseDays: 4 })).toEqual([0, 0, 0]);
    expect(paired({ severeFromGrade: 2 }).shares.map(({ what }) => what)).toContain('CRS, grade 2 or more');
  });

  it('a column of an analysis set, and the parameters behind the columns where they differ', () => {
    const of = [
      patient('a', 400, { bCells: [bCellsOn(day(28), 0), bCellsOn(day(90), 2), bCellsOn(day(150), 2)] }),
    ];
    expect(rowsWith('bca-days', { bcaDefinition: 'BCA_PCT3' }, of)).toMatchObject([
      { patient: 'a', 'bca-days': 150, parameters: 'bcaDefinition=BCA_PCT3' },
    ]);
    const [usual] = rowsWith('bca-days', {}, of);
    expect(usual).toMatchObject({ 'bca-days': 90 });
    expect(usual).not.toHaveProperty('parameters');
    const table = buildAnalysisSet(of, [OS], AS_OF, [parseColumn('sex')], { lloq: 5 });
    expect(table.columns.map(({ name }) => name)).not.toContain('parameters');
  });
});

describe('over the stories', () => {
  const columns = ['remission', 'mrd-negative-remission', 'bca-days', 'cmax', 'infection-early'];
  const reports: Readonly<Record<string, (parameters: ParameterOverrides) => object>> = {
    swimmer,
    paired,
    grades,
    ...Object.fromEntries(
      ['crs-grade', 'course', ...Object.keys(EXPOSURES).map((name) => `${name}:landmark:100`)].map((by) => [
        by,
        (parameters: ParameterOverrides) => survivalBy(by, parameters),
      ]),
    ),
    ...Object.fromEntries(
      [...Object.keys(NAMED_STRATA), ...Object.keys(EXPOSURES), ...columns].map((column) => [
        `column ${column}`,
        (parameters: ParameterOverrides) => ({ rows: rowsWith(column, parameters) }),
      ]),
    ),
  };
  const usual = new Map(Object.entries(reports).map(([name, build]) => [name, build({})]));

  /** Without the names of parameters. */
  const contentOf = (report: object | undefined) =>
    JSON.stringify(report, (key, value) => (key === 'parameters' ? undefined : value));

  it.each(Object.entries(CLINICAL_PARAMETERS) as [ParameterName, Parameter][])(
    '%s is named by every report that changes with it',
    (name, parameter) => {
      for (const value of otherValues(parameter)) {
        const silent = Object.entries(reports).filter(([which, build]) => {
          const report = build({ [name]: value });
          return contentOf(report) !== contentOf(usual.get(which)) && !JSON.stringify(report).includes(name);
        });
        expect(silent.map(([which]) => `${which}, ${String(value)}`)).toEqual([]);
      }
    },
  );

  it('no endpoint changes with what a column beside it changes with', () => {
    const told = records.flatMap((record) => deriveEndpoints(record, AS_OF, [BCA]));
    const { rows } = buildAnalysisSet(records, [BCA], AS_OF, [parseColumn('bca-loss')], {
      bcaLossDateRule: 'MIDPOINT',
      responseDeadlineDay: 92,
    });
    expect(rows.map(({ status, days }) => [status, days])).toEqual(
      told.map(({ status, days = null }) => [status, days]),
    );
    const lost = rows.find(({ patient: id }) => id === 'aplasia-lost-and-reinfusion');
    expect(lost).toMatchObject({ type: 'BCA_LOSS', days: 89, 'bca-loss': 74 });
  });
});

describe('what holds for a report', () => {
  it('a call goes before the settings, and its default undoes one', () => {
    const names = ['lloq', 'aucToDay'] as const;
    expect(parametersOfReport({ lloq: 50, aucToDay: 90 }, { lloq: 70 }, names)).toEqual({
      lloq: 70,
      aucToDay: 90,
    });
    expect(parametersOfReport({ lloq: 50 }, { lloq: 100 }, names)).toEqual({});
  });

  it('settings for something else are left out, and the same of a call is refused', () => {
    expect(parametersOfReport({ feverFromCelsius: 39 }, {}, ['lloq'])).toEqual({});
    const refused = (names: readonly ParameterName[]) => () =>
      parametersOfReport({}, { feverFromCelsius: 39 }, names);
    expect(refused(['lloq'])).toThrow(
      expect.objectContaining({
        code: 'parameter-invalid',
        findings: [expect.objectContaining({ found: 'feverFromCelsius', expected: 'lloq' })],
      }),
    );
    expect(refused([])).toThrow(
      expect.objectContaining({
        findings: [
          expect.objectContaining({
            expected: 'no clinical parameter: an endpoint is fixed by its definition',
          }),
        ],
      }),
    );
  });
});
