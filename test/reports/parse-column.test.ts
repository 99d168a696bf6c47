import { deriveEndpointFacts } from '../../src/endpoints/endpoint-facts.ts';
import { parseColumn } from '../../src/reports/parse-column.ts';
import { diedOn, from, type RecordParts, statusOn, therapyOn } from '../support/record-builder.ts';
import { AS_OF, day, patient } from './support.ts';

function read(name: string, parts: RecordParts): unknown {
  const facts = deriveEndpointFacts(patient('a', 400, parts), AS_OF);
  const course = facts.course(1);
  if (course === undefined) throw new Error('The patient has a course');
  return parseColumn(name).valueOf({ facts, course }, {});
}

const il6 = (onDay: number, value: number) => ({
  date: day(onDay),
  course: 1,
  analyte: 'il-6' as const,
  value,
  sources: from(`Observation/il6-${onDay}`),
});

describe('columns of an analysis set', () => {
  it.each([
    ['max:il-6', 90],
    ['min:il-6', 12],
    ['day-of-max:il-6', 5],
    ['max:il-6:cut:90', 1],
    ['max:il-6:cut:90.5', 0],
    ['max:crp', undefined],
    ['max:crp:cut:1', undefined],
  ])('%s', (name, expected) => {
    expect(read(name, { observations: { laboratory: [il6(3, 12), il6(5, 90), il6(9, 90)] } })).toBe(expected);
  });

  it.each([
    ['CR on day 28', [statusOn(day(28), 'CR')], 1],
    ['CR on day 42', [statusOn(day(42), 'CR')], 1],
    ['CR on day 43 alone', [statusOn(day(43), 'CR')], undefined],
    ['no response on day 28', [statusOn(day(28), 'NR')], 0],
    ['a relapse on day 42, no remission on record', [statusOn(day(42), 'RELAPSE')], 0],
    ['a relapse on day 43, no remission on record', [statusOn(day(43), 'RELAPSE')], undefined],
    ['nothing', [], undefined],
  ] as const)('remission, %s', (_, statuses, expected) => {
    expect(read('remission', { statuses: [...statuses] })).toBe(expected);
  });

  it.each([
    [42, 0],
    [43, undefined],
  ])('remission, death on day %d without an assessment', (on, expected) => {
    expect(read('remission', { statuses: [], death: diedOn(day(on)) })).toBe(expected);
  });

  it('remission after another therapy is none', () => {
    const therapies = [therapyOn(day(20), 'CHEMOTHERAPY')];
    expect(read('remission', { statuses: [statusOn(day(28), 'CR')], therapies })).toBe(0);
  });

  it.each(['max:', 'product:cut:', 'nothing:cut:1', 'max:il-6:cut:1,2', 'arm'])('refuses %s', (name) => {
    expect(() => parseColumn(name)).toThrow(expect.objectContaining({ code: 'parameter-invalid' }));
  });
});

describe('what nobody recorded is not known', () => {
  const drug = (agent: string, onDay: number) => ({
    date: day(onDay),
    course: 1,
    agent,
    sources: from(`MedicationAdministration/${agent}`),
  });
  const infection = (onDay: number) => ({ date: day(onDay), course: 1, sources: from(`Condition/${onDay}`) });

  it.each([
    ['nothing', [], undefined, undefined],
    ['another drug', [drug('levetiracetam', 2)], 0, 0],
    ['tocilizumab', [drug('tocilizumab', 2)], 1, 0],
    ['a steroid', [drug('dexamethasone', 3)], 0, 1],
    ['a drug before the infusion', [drug('dexamethasone', -3)], undefined, undefined],
  ] as const)('drugs: %s', (_, drugs, tocilizumab, steroids) => {
    const parts = { observations: { supportiveDrugs: [...drugs] } };
    expect([read('tocilizumab', parts), read('steroids', parts)]).toEqual([tocilizumab, steroids]);
  });

  it.each([
    ['none', [], undefined, undefined, undefined],
    ['day 28', [infection(28)], 1, 1, 0],
    ['day 29', [infection(29)], 1, 0, 1],
    ['before the infusion', [infection(-5)], 0, 0, 0],
  ] as const)('infections: %s', (_, infections, any, early, late) => {
    const parts = { observations: { infections: [...infections] } };
    expect(['infection', 'infection-early', 'infection-late'].map((name) => read(name, parts))).toEqual([
      any,
      early,
      late,
    ]);
  });
});
