import { ENDPOINT_DEFINITIONS } from '../../src/endpoints/endpoint-definitions.ts';
import { buildAdtte, paramCode } from '../../src/export/adtte.ts';
import { buildAnalysisSet } from '../../src/export/analysis-set.ts';
import { writeRows } from '../../src/export/write-rows.ts';
import { digestRecords } from '../../src/projection/records-digest.ts';
import { AS_OF, day, dead, INFUSION, patient } from '../reports/support.ts';
import { diedOn, recordOf, statusOn } from '../support/record-builder.ts';

const OS = ENDPOINT_DEFINITIONS.filter(({ id }) => id === 'OS' || id === 'CIR');
const relapsed = patient('r', 400, {
  statuses: [statusOn(day(28), 'CR'), statusOn(day(200), 'RELAPSE', { cd19: 'NEGATIVE' })],
});

describe('the analysis set', () => {
  it('has a row for everybody and every definition', () => {
    const rows = buildAnalysisSet([dead('a', 100), { ...recordOf({}), id: 'b' }], OS, AS_OF);
    expect(
      rows.map(({ patient: id, endpoint, status, type, days }) => [id, endpoint, status, type, days]),
    ).toEqual([
      ['a', 'OS', 'EVENT', 'DEATH', 100],
      ['a', 'CIR', 'COMPETING', 'DEATH', 100],
      ['b', 'OS', 'NOT_APPLICABLE', null, null],
      ['b', 'CIR', 'NOT_APPLICABLE', null, null],
    ]);
  });

  it('is written as CSV and as NDJSON', () => {
    const rows = [
      { a: 1, b: null, c: 'x,"y"' },
      { a: 2, b: 'z', c: '' },
    ];
    expect([...writeRows(rows, 'csv')].join('')).toBe('a,b,c\r\n1,,"x,""y"""\r\n2,z,""\r\n');
    expect([...writeRows(rows, 'ndjson')].map((line) => JSON.parse(line))).toEqual(rows);
  });
});

describe('ADTTE', () => {
  it('follows a time back to the resource that decided it', () => {
    const [os, cir] = buildAdtte([relapsed], OS, AS_OF, 'S1');
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
    expect(buildAdtte([record], OS, AS_OF, 'S')[1]).toMatchObject({ CNSR: cnsr, ANL01FL: flag });
  });

  it('says how far a date was imputed', () => {
    const [row] = buildAdtte([patient('m', 20, { death: diedOn('2020-07') })], OS, AS_OF, 'S');
    expect(row).toMatchObject({ ADTF: 'D' });
  });

  it('has a code of at most eight characters for each definition, and none twice', () => {
    const codes = ENDPOINT_DEFINITIONS.map(({ id }) => paramCode(id));
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(code).toMatch(/^[A-Z][A-Z0-9]{1,7}$/);
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
