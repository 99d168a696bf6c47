/**
 * What the engines make of the bundles is what the plan meant, and what the worked examples expect; in both
 * dialects, from FHIR to result.
 */
import { readFileSync } from 'node:fs';
import type { Bundle } from '@medplum/fhirtypes';
import type { CohortRecord } from '../../src/cohort/cohort-record.generated.ts';
import { assessHctConsolidation } from '../../src/eligibility/assess-hct-consolidation.ts';
import { deriveEndpoints } from '../../src/endpoints/derive-endpoint.ts';
import { DIALECTS } from '../../src/example/build-bundles.ts';
import { generateCohort } from '../../src/example/generate-cohort.ts';
import { loadMappings } from '../../src/mapping/load-mappings.ts';
import type { Mappings } from '../../src/mapping/mappings.ts';
import { recordsOfBundles } from '../support/records-of-bundles.ts';
import { endpointCaseToBundles, hctCaseToBundles } from '../support/vector-patients.ts';

interface EndpointCase {
  readonly id: string;
  readonly expected: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
interface HctCase {
  readonly input: { readonly id: string };
  readonly expected: {
    readonly status: string;
    readonly missing?: readonly string[];
    readonly criteria?: Readonly<Record<string, { readonly result: string }>>;
  };
}

function casesOf<T>(name: string): readonly T[] {
  const file = new URL(`../vectors/${name}.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly cases: readonly T[] }).cases;
}

const DEFINITIONS = ['OS', 'EFS_RW_D28', 'LFS_PEKING'] as const;

let mappings: Mappings;
beforeAll(async () => {
  mappings = await loadMappings('mappings');
});

function recordOf(bundles: readonly Bundle[]): CohortRecord {
  const [record, ...more] = recordsOfBundles(bundles, mappings);
  if (record === undefined || more.length > 0)
    throw new Error(`Expected one record, found ${more.length + 1}`);
  return record;
}

describe.each(DIALECTS)('%s', (dialect) => {
  it.each(['belgium', 'agreement'])('the truth of the cohort is found again (%s)', (seed) => {
    const { bundles, truth } = generateCohort({ patients: 40, seed, dialect });
    const records = recordsOfBundles(
      bundles.map(({ bundle }) => bundle),
      mappings,
    );
    const found = records.map((record) => {
      const results = deriveEndpoints(record, truth.asOf);
      const { status, branch, missing } = assessHctConsolidation(record, truth.asOf);
      const endpoints = DEFINITIONS.map((id) => results.find(({ endpoint }) => endpoint === id));
      return {
        patient: record.id,
        endpoints: endpoints.map((result) => [result?.status, result?.type, result?.date, result?.days]),
        hct: { status, branch: branch ?? null, missing },
      };
    });
    expect(found).toEqual(
      truth.patients.map(({ patient, endpoints, hct: { status, branch, missing } }) => ({
        patient,
        endpoints: DEFINITIONS.map((id) => {
          const { status: known, type, date, days } = endpoints[id];
          return [known, type, date, days];
        }),
        hct: { status, branch, missing },
      })),
    );
  });

  it.each(casesOf<EndpointCase>('endpoint').map((example) => [example.id, example] as const))(
    'worked endpoint %s',
    (_, example) => {
      const { bundles, asOf } = endpointCaseToBundles(example, dialect);
      const results = deriveEndpoints(recordOf(bundles), asOf);
      for (const id of DEFINITIONS) {
        expect(results.find(({ endpoint }) => endpoint === id)).toMatchObject(example.expected[id] ?? {});
      }
    },
  );

  it.each(casesOf<HctCase>('hct').map((example) => [example.input.id, example] as const))(
    'worked transplantation %s',
    (_, example) => {
      const { bundles, asOf } = hctCaseToBundles(example, dialect);
      const { status, missing, criteria } = assessHctConsolidation(recordOf(bundles), asOf);
      const { expected } = example;
      expect([status, missing]).toEqual([expected.status, expected.missing ?? []]);
      for (const [name, { result }] of Object.entries(expected.criteria ?? {})) {
        const id = `${name.charAt(0)}.${name.charAt(2)}`;
        expect([id, criteria.find((criterion) => criterion.id === id)?.result]).toEqual([id, result]);
      }
    },
  );
});

describe('what an example says in words that nobody knows is refused', () => {
  const endpoint = {
    id: 'X',
    description: '',
    infusions: ['2024-01-01'],
    assessments: [],
    events: [],
    lastContact: '2024-06-01',
    cutoff: '2025-01-01',
  };
  const hct = { id: 'X', evalDay: 100, product: 'tisa-cel', bca: [], mrd: [] };

  it.each([
    ['a field of the case', { ...endpoint, mood: 'good' }],
    ['a field of an event', { ...endpoint, events: [{ type: 'HCT', date: '2024-03-01', mood: 'good' }] }],
    ['a type of event', { ...endpoint, events: [{ type: 'HOLIDAY', date: '2024-03-01' }] }],
    ['a response', { ...endpoint, assessments: [{ date: '2024-01-29', resp: 'FINE' }] }],
    ['a drug', { ...endpoint, events: [{ type: 'NEW_THERAPY', date: '2024-03-01', drug: 'tea' }] }],
  ])('endpoint: %s', (_, example) => {
    expect(() => endpointCaseToBundles(example, 'native')).toThrow(TypeError);
  });

  it.each([
    ['a field', { ...hct, mood: 'good' }],
    ['a product', { ...hct, product: 'tea' }],
    ['a state of B cells', { ...hct, bca: [[28, 'X']] }],
    ['an MRD method', { ...hct, mrd: [[28, 'X', 'NEG']] }],
    ['an answer', { ...hct, fit: 'perhaps' }],
  ])('transplantation: %s', (_, example) => {
    expect(() => hctCaseToBundles(example, 'native')).toThrow(TypeError);
  });
});
