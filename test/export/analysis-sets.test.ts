import { ENDPOINT_DEFINITIONS } from '../../src/endpoints/endpoint-definitions.ts';
import { buildAdtte, paramCode } from '../../src/export/adtte.ts';
import { buildAnalysisSet } from '../../src/export/analysis-set.ts';
import { writeTable } from '../../src/export/open-table.ts';
import { digestRecords } from '../../src/projection/records-digest.ts';
import type { StratumValue } from '../../src/reports/named-strata.ts';
import type { Column } from '../../src/reports/parse-column.ts';
import { AS_OF, day, dead, INFUSION, patient } from '../reports/support.ts';
import { diedOn, recordOf, statusOn } from '../support/record-builder.ts';

const OS = ENDPOINT_DEFINITIONS.filter(({ id }) => id === 'OS' || id === 'CIR');
const relapsed = patient('r', 400, {
  statuses: [statusOn(day(28), 'CR'), statusOn(day(200), 'RELAPSE', { cd19: 'NEGATIVE' })],
});

function column(name: string, value: StratumValue): Column {
  return { name, valueOf: () => value, parameters: [] };
}

describe('the analysis set', () => {
  it('has a row for everybody and every definition', () => {
    const { rows } = buildAnalysisSet([dead('a', 100), { ...recordOf({}), id: 'b' }], OS, AS_OF);
    expect(
      rows.map(({ patient: id, endpoint, status, type, days }) => [id, endpoint, status, type, days]),
    ).toEqual([
      ['a', 'OS', 'EVENT', 'DEATH', 100],
      ['a', 'CIR', 'COMPETING', 'DEATH', 100],
      ['b', 'OS', 'NOT_APPLICABLE', null, null],
      ['b', 'CIR', 'NOT_APPLICABLE', null, null],
    ]);
  });

  it('declares the type of every column, also of those that were asked for', () => {
    const asked = [
      column('a', 4),
      column('product', 'x'),
      column('b', { value: 0.01, comparator: '<' }),
      column('a', 4),
    ];
    const { columns, rows } = buildAnalysisSet([dead('a', 100)], OS, AS_OF, asked);
    expect(columns.map(({ name }) => name)).toEqual(Object.keys(rows[0] ?? {}));
    expect(columns.slice(-2)).toEqual([
      { name: 'a', type: 'number' },
      { name: 'b', type: 'text' },
    ]);
    expect(rows[0]).toMatchObject({ a: 4, b: '<0.01' });
  });

  it('keeps the hospital and the place of a relapse apart', () => {
    const marrow = patient('r', 400, {
      statuses: [statusOn(day(28), 'CR'), statusOn(day(200), 'RELAPSE', { sites: ['MARROW'] })],
    });
    const { rows } = buildAnalysisSet([marrow], OS.slice(1), AS_OF, [column('site', 'north')]);
    expect(rows[0]).toMatchObject({ relapseSite: 'BM', site: 'north' });
  });

  it('has its columns also where nobody is in it', () => {
    expect([...writeTable(buildAnalysisSet([], OS, AS_OF), 'csv')].join('')).toMatch(
      /^patient,endpoint,[^\n]*,flags,evidence\r\n$/,
    );
  });
});

describe('ADTTE', () => {
  it('follows a time back to the resource that decided it', () => {
    const [os, cir] = buildAdtte([relapsed], OS, AS_OF, 'S1').rows;
    expect(os).toMatchObject({ CNSR: 1, CNSDTDSC: 'LAST_CONTACT', EVNTDESC: null, AVAL: 400, ANL01FL: 'Y' });
    expect(cir).toMatchObject({
      STUDYID: 'S1',
      USUBJID: 'r',
      PARAMCD: 'CIR',
      PARCAT1: 'CIR',
      STARTDT: INFUSION,
      ADT: day(200),
      AVAL: 200,
      AVALU: 'DAYS',
      CNSR: 0,
      EVNTDESC: 'RELAPSE CD19 NEG',
      CNSDTDSC: null,
      SRCDOM: 'Observation',
      SRCREF: `status-RELAPSE-${day(200)}`,
      SRCVAR: 'value',
      ADTF: null,
    });
  });

  it.each([
    [dead('a', 100), 2, 'Y'],
    [{ ...recordOf({}), id: 'b' }, null, null],
  ])('tells competing events and no time apart, case %#', (record, cnsr, flag) => {
    expect(buildAdtte([record], OS, AS_OF, 'S').rows[1]).toMatchObject({ CNSR: cnsr, ANL01FL: flag });
  });

  it('says how far a date was imputed', () => {
    const { rows } = buildAdtte([patient('m', 20, { death: diedOn('2020-07') })], OS, AS_OF, 'S');
    expect(rows[0]).toMatchObject({ ADTF: 'D' });
  });

  it('has a code of at most eight characters for each definition, and none twice', () => {
    const codes = ENDPOINT_DEFINITIONS.map(({ id }) => paramCode(id));
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(code).toMatch(/^[A-Z][A-Z0-9]{1,7}$/);
  });
});

describe('ADTTE as a table', () => {
  it('declares the type of every column, in the order of its rows', () => {
    const { columns, rows } = buildAdtte([relapsed], OS, AS_OF, 'S');
    expect(columns.map(({ name }) => name)).toEqual(Object.keys(rows[0] ?? {}));
  });
});

describe('the digest of records', () => {
  it('is that of what they say', () => {
    const digest = digestRecords([relapsed, dead('a', 100)]);
    expect(digestRecords([dead('x', 100), { ...relapsed, id: 'y', findings: [] }])).toBe(digest);
    expect(digestRecords([dead('a', 101), relapsed])).not.toBe(digest);
    expect(digestRecords([relapsed])).not.toBe(digest);
  });
});
