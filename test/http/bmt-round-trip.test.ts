/**
 * A published table through FHIR and back: KMsurv bmt (times in days) written as FHIR by `scripts/bmt-bundles.ts`, sent
 * over HTTP, and the curves of the service against those that R made of the table itself. One patient of it (38) ends
 * free of relapse on day 332 and dies on day 350; FHIR has the death alone, and nothing else happens between the two.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bmtBundles, GROUP_PRODUCTS } from '../../scripts/bmt-bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';

const FOLDER = join(process.env['CARTOGRAPH_SHARED'] ?? '../shared', 'survival');
const present = existsSync(join(FOLDER, 'expected/kmsurv_bmt.json'));
if (!present) console.warn(`The round trip is skipped: there is no ${FOLDER}; set CARTOGRAPH_SHARED.`);

const TIMES = [100, 180, 365, 730, 1095, 1825];
const QUERY = `asOf=2010-01-01&at=${TIMES.join(',')}`;

interface Expected {
  readonly n: number;
  readonly events: number;
  readonly by_conf_type: Readonly<
    Record<
      string,
      {
        readonly median: number;
        readonly at: readonly {
          readonly n_risk: number;
          readonly surv: number;
          readonly lower: number;
          readonly upper: number;
        }[];
      }
    >
  >;
}

function read(): Readonly<Record<string, never>> {
  return JSON.parse(readFileSync(join(FOLDER, 'expected/kmsurv_bmt.json'), 'utf8'));
}

function expectClose(found: unknown, expected: number): void {
  expect(Math.abs(Number(found) - expected)).toBeLessThanOrEqual(1e-9 * Math.abs(expected));
}

(present ? describe : describe.skip)('KMsurv bmt through FHIR', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService();
    for (const bundle of bmtBundles(readFileSync(join(FOLDER, 'kmsurv_bmt.csv'), 'utf8')).flat()) {
      expect((await service.post('/fhir/R4', bundle)).status).toBe(200);
    }
  }, 120_000);
  afterAll(() => service.stop());

  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely
  async function curve(operation: string, query: string): Promise<any[]> {
    const { status, body } = await service.get(`/fhir/R4/Group/car-t/$${operation}?${QUERY}&${query}`);
    expect(status).toBe(200);
    return body.parameter
      .filter(({ name }: { name: string }) => name === 'result')
      .map(({ resource }: { resource: object }) => resource);
  }

  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely
  function parts(observation: any, code: string): any[] {
    return observation.component.filter(
      // biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely
      (one: any) => one.code.coding[0].code === code,
    );
  }

  function limits(estimate: {
    readonly extension: readonly {
      readonly extension: readonly {
        readonly url: string;
        readonly valueDecimal?: number;
        readonly valueInteger?: number;
      }[];
    }[];
  }) {
    const point = estimate.extension[0]?.extension ?? [];
    const of = (url: string) => point.find((one) => one.url === url);
    return {
      atRisk: of('atRisk')?.valueInteger,
      lower: of('lower')?.valueDecimal,
      upper: of('upper')?.valueDecimal,
    };
  }

  function expectCurve(observation: object, expected: Expected, conf: string): void {
    const wanted = expected.by_conf_type[conf];
    expect(parts(observation, 'patients')[0].valueInteger).toBe(expected.n);
    expect(parts(observation, 'events')[0].valueInteger).toBe(expected.events);
    expect(parts(observation, 'median')[0].valueQuantity?.value ?? null).toBe(wanted?.median ?? null);
    for (const [index, estimate] of parts(observation, 'estimate').entries()) {
      const at = wanted?.at[index];
      const { atRisk, lower, upper } = limits(estimate);
      if (at === undefined) throw new Error('R has no such time');
      expect(atRisk).toBe(at.n_risk);
      expectClose(estimate.valueQuantity.value, at.surv);
      expectClose(lower, at.lower);
      expectClose(upper, at.upper);
    }
  }

  it.each([
    ['OS', 'OS', 'plain'],
    ['OS', 'OS', 'log'],
    ['OS', 'OS', 'log-log'],
    ['LFS_PEKING', 'EFS', 'log-log'],
    ['LFS_PEKING', 'EFS', 'plain'],
  ])("%s is R's %s, %s intervals", async (endpoint, key, conf) => {
    const [observation] = await curve('survival', `endpoint=${endpoint}&conf=${conf}`);
    expect(parts(observation, 'estimate')).toHaveLength(TIMES.length);
    expectCurve(observation, read()[key] as unknown as Expected, conf);
  });

  it.each([
    ['OS', 'OS_by_group', 'OS_logrank'],
    ['LFS_PEKING', 'EFS_by_group', 'EFS_logrank'],
  ])("%s by risk group is R's, and so is the test", async (endpoint, key, test) => {
    const groups = read()[key] as unknown as Readonly<Record<string, Expected>>;
    const strata = await curve('survival', `endpoint=${endpoint}&by=product`);
    expect(strata).toHaveLength(3);
    for (const [group, expected] of Object.entries(groups)) {
      const stratum = strata.find((one) => parts(one, 'stratum')[0].valueString === GROUP_PRODUCTS[group]);
      expectCurve(stratum, expected, 'log-log');
    }
    const { p } = read()[test] as unknown as { readonly p: number };
    expect(parts(strata[0], 'p-value')[0].valueQuantity.value / p).toBeCloseTo(1, 9);
  });

  it.each([
    ['CIR', 'relapse', 42],
    ['NRM', 'nrm', 41],
  ])("%s is R's cumulative incidence of %s", async (endpoint, cause, events) => {
    const [observation] = await curve('cumulative-incidence', `endpoint=${endpoint}`);
    expect(parts(observation, 'events')[0].valueInteger).toBe(events);
    const { cuminc_cmprsk: expected } = read()['CIF_relapse_NRM'] as unknown as {
      readonly cuminc_cmprsk: Readonly<Record<string, readonly { readonly est: number }[]>>;
    };
    const estimates = parts(observation, 'estimate');
    expect(estimates).toHaveLength(TIMES.length);
    for (const [index, { valueQuantity }] of estimates.entries()) {
      expectClose(valueQuantity.value, expected[cause]?.[index]?.est ?? Number.NaN);
    }
  });
});
