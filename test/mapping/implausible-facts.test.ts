import type { CohortRecord } from '../../src/cohort/cohort-record.generated.ts';
import { implausibleFacts } from '../../src/mapping/implausible-facts.ts';
import {
  blastsOn,
  diedOn,
  from,
  infusedOn,
  type RecordParts,
  recordOf,
  statusOn,
  vitalOn,
} from '../support/record-builder.ts';

function found(
  parts: RecordParts,
  more: Partial<CohortRecord> = {},
): readonly (readonly (string | undefined)[])[] {
  const patient = { birthDate: { value: '2012-05-06', sources: from('Patient/example') } };
  const record = { ...recordOf({ death: diedOn('2024-08-01'), ...parts }), patient, ...more };
  return implausibleFacts(record).map(({ code, found: date }) => [code, date]);
}

const diagnosis = (date: string): CohortRecord['disease'] => ({
  diagnoses: [{ kind: 'B_ALL', verification: 'CONFIRMED', date, sources: from('Condition/d') }],
  cytogenetics: [],
});

it.each<[string, string, boolean]>([
  ['before birth', '2012-05-05', true],
  ['on the day of birth', '2012-05-06', false],
  ['in the month of birth', '2012-05', false],
  ['in the month before', '2012-04', true],
  ['on the day of death', '2024-08-01', false],
  ['in the month of death', '2024-08', false],
  ['after death', '2024-08-02', true],
])('measured %s: %p', (_, date, expected) => {
  expect(found({ blasts: [blastsOn(date, 5)] })).toEqual(expected ? [['date-impossible', date]] : []);
});

it('a statement may be made of the dead, not before birth', () => {
  expect(found({}, { disease: diagnosis('2024-09-01') })).toEqual([]);
  expect(found({}, { disease: diagnosis('2012-05-05') })).toEqual([['date-impossible', '2012-05-05']]);
  expect(found({ vitalStatus: [vitalOn('2024-09-01', 'DEAD')] })).toEqual([]);
  expect(found({ vitalStatus: [vitalOn('2024-09-01', 'ALIVE')] })).toEqual([
    ['date-impossible', '2024-09-01'],
  ]);
});

it.each<[string, string, 'RELAPSE' | 'CR', boolean]>([
  ['the day before the infusion', '2024-03-03', 'RELAPSE', true],
  ['the day of the infusion', '2024-03-04', 'RELAPSE', false],
  ['the month before', '2024-02', 'RELAPSE', true],
  ['the month of the infusion', '2024-03', 'RELAPSE', false],
  ['the day before', '2024-03-03', 'CR', false],
])('%s, %s, %s: %p', (_, date, status, expected) => {
  expect(found({ courses: infusedOn('2024-03-04'), statuses: [statusOn(date, status)] })).toEqual(
    expected ? [['relapse-before-infusion', date]] : [],
  );
});
