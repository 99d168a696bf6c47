/** The synthetic cohort over HTTP, as integration engines send it: any order, twice over, several at once. */
import { DIALECTS } from '../../src/example/build-bundles.ts';
import { generateCohort } from '../../src/example/generate-cohort.ts';
import { createRandom } from '../../src/example/random.ts';
import { loadMappings } from '../../src/mapping/load-mappings.ts';
import { comparable } from '../support/compare-records.ts';
import { recordsOfBundles } from '../support/records-of-bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';

const CLIENTS = 6;
const ENDPOINTS = ['OS', 'EFS_RW_D28', 'LFS_PEKING'] as const;

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

describe.each(DIALECTS)('the cohort as %s bundles', (dialect) => {
  const { bundles, truth } = generateCohort({ patients: 40, seed: `http-${dialect}`, dialect });
  const own = bundles.map(({ bundle }) =>
    JSON.parse(JSON.stringify(bundle).replaceAll('synthetic-', `${dialect}-`)),
  );
  const answers = new Map<
    string,
    { record: never; derived: { endpoints: []; hct: Record<string, unknown> } }
  >();

  beforeAll(async () => {
    const queue = createRandom('http').shuffle([...own, ...own]);
    await Promise.all(
      Array.from({ length: CLIENTS }, async () => {
        for (let bundle = queue.pop(); bundle !== undefined; bundle = queue.pop()) {
          const { status } = await service.post('/fhir/R4', bundle);
          expect(status).toBe(200);
        }
      }),
    );
    for (const { patient } of truth.patients) {
      const id = patient.replace('synthetic-', `${dialect}-`);
      const { body } = await service.get(`/cohort/patients/${id}?asOf=${truth.asOf}`);
      answers.set(patient, body);
    }
  }, 120_000);

  it('gives the endpoints that are true', () => {
    const found = truth.patients.map(({ patient }) =>
      ENDPOINTS.map((id) => {
        const results = answers.get(patient)?.derived.endpoints as
          | readonly Record<string, unknown>[]
          | undefined;
        const result = results?.find(({ endpoint }) => endpoint === id);
        return [patient, id, result?.['status'], result?.['type'], result?.['date'], result?.['days']];
      }),
    );
    expect(found).toEqual(
      truth.patients.map(({ patient, endpoints }) =>
        ENDPOINTS.map((id) => {
          const { status, type, date, days } = endpoints[id];
          return [patient, id, status, type, date, days];
        }),
      ),
    );
  });

  it('gives the transplantation status that is true', () => {
    const found = truth.patients.map(({ patient }) => {
      const hct = answers.get(patient)?.derived.hct;
      return [patient, hct?.['status'], hct?.['branch'], hct?.['missing']];
    });
    expect(found).toEqual(
      truth.patients.map(({ patient, hct }) => [patient, hct.status, hct.branch, hct.missing]),
    );
  });

  it('keeps the records that the command line makes of the same files', async () => {
    const records = recordsOfBundles(own, await loadMappings('mappings'));
    const kept = truth.patients.map(({ patient }) => comparable(answers.get(patient)?.record as never));
    expect(kept).toEqual(records.map(comparable));
  });
});
