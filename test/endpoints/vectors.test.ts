import { deriveEndpoints } from '../../src/endpoints/derive-endpoint.ts';
import { ENDPOINT_DEFINITIONS, endpointDefinition } from '../../src/endpoints/endpoint-definitions.ts';
import { loadEndpointVectors, recordOfVector } from '../support/endpoint-vectors.ts';

const vectors = loadEndpointVectors();
const cells = vectors.cases.flatMap((vector) =>
  Object.entries(vector.expected).map(([id, expected]) => ({ vector, id, expected })),
);

describe('endpoint vectors (clinical specification 4.6)', () => {
  it.each(cells)('$vector.id $id', ({ vector, id, expected }) => {
    const definition = endpointDefinition(id);
    if (definition === undefined) throw new Error(`no definition ${id}`);
    const [result] = deriveEndpoints(recordOfVector(vector), vector.cutoff, [definition]);
    expect(result).toMatchObject({ ...expected, endpoint: id, asOf: vector.cutoff });
    for (const absent of ['cd19', 'site', 'reason', 'type', 'date'] as const) {
      if (!(absent in expected)) expect(result).not.toHaveProperty(absent);
    }
  });

  it('definitions say what the vectors say', () => {
    for (const [id, expected] of Object.entries(vectors.definitions)) {
      expect(endpointDefinition(id)).toMatchObject({ ...expected, monthDays: vectors.monthDays });
    }
  });

  it.each([
    ['T02', 'EVENT', 'COMPETING'],
    ['T06', 'EVENT', 'COMPETING'],
    ['T08', 'COMPETING', 'EVENT'],
    ['T18', 'COMPETING', 'EVENT'],
    ['T21', 'COMPETING', 'EVENT'],
    ['T15', 'COMPETING', 'COMPETING'],
    ['T03', 'COMPETING', 'COMPETING'],
    ['T01', 'CENSORED', 'CENSORED'],
  ])('CIR split by antigen class: %s is %s of positive, %s of negative', (id, positive, negative) => {
    const vector = vectors.cases.find((candidate) => candidate.id === id);
    if (vector === undefined) throw new Error(`no vector ${id}`);
    const split = ENDPOINT_DEFINITIONS.filter(
      ({ id: name }) => name === 'CIR_CD19POS' || name === 'CIR_CD19NEG',
    );
    const results = deriveEndpoints(recordOfVector(vector), vector.cutoff, split);
    const statusOf = (name: string) => results.find(({ endpoint }) => endpoint === name)?.status;
    expect([statusOf('CIR_CD19POS'), statusOf('CIR_CD19NEG')]).toEqual([positive, negative]);
  });
});
