import { deriveEndpointFacts } from '../../src/endpoints/endpoint-facts.ts';
import { parseColumn } from '../../src/reports/parse-column.ts';
import { from, type RecordParts, statusOn } from '../support/record-builder.ts';
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
    ['nothing', [], undefined],
  ] as const)('remission, %s', (_, statuses, expected) => {
    expect(read('remission', { statuses: [...statuses] })).toBe(expected);
  });

  it.each(['max:', 'product:cut:', 'nothing:cut:1', 'max:il-6:cut:1,2', 'arm'])('refuses %s', (name) => {
    expect(() => parseColumn(name)).toThrow(expect.objectContaining({ code: 'parameter-invalid' }));
  });
});
