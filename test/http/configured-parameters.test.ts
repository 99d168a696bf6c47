/** Clinical parameters, by settings and by call, wherever the service reports on the cohort or sums up a person. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadProfiles } from '../../src/profiles/load-profiles.ts';
import { STORIES } from '../golden/stories.ts';
import { storyTransaction } from '../golden/story-records.ts';
import { startTestService, type TestService } from '../support/service.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely
type Loose = any;

const AS_OF = 'asOf=2025-06-01';
const CALL = 'parameter=feverFromCelsius=40';
let folder: string;
let usual: TestService;
let configured: TestService;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'configured-parameters-'));
  const parametersFile = join(folder, 'parameters.json');
  await writeFile(
    parametersFile,
    JSON.stringify({ feverFromCelsius: 40, bcaLossDateRule: 'MIDPOINT', severeFromGrade: 2, lloq: 15_000 }),
  );
  usual = await startTestService();
  configured = await startTestService({ parametersFile });
  for (const service of [usual, configured]) {
    for (const name of Object.keys(STORIES)) {
      expect((await service.post('/fhir/R4', storyTransaction(name, `${name}-`))).status).toBe(200);
    }
  }
}, 120_000);
afterAll(async () => {
  await usual.stop();
  await configured.stop();
  await rm(folder, { recursive: true });
});
beforeEach(() => expect.hasAssertions());

async function read(service: TestService, path: string): Promise<Loose> {
  const { status, body } = await service.get(path);
  expect([path, status]).toEqual([path, 200]);
  return body;
}

/** By settings, by call, and by neither. */
async function threeTimes<T>(path: string, call: string, look: (body: Loose) => T): Promise<readonly T[]> {
  return [
    look(await read(usual, path)),
    look(await read(usual, `${path}&${call}`)),
    look(await read(configured, path)),
  ];
}

const componentsOf = (observation: Loose, code: string): readonly Loose[] =>
  observation.component.filter((one: Loose) => one.code.coding[0].code === code);

describe('reports', () => {
  it('grades', async () => {
    const counts = ({ tables, parameters }: Loose) => [
      tables
        .find(({ toxicity, origin }: Loose) => toxicity === 'CRS' && origin === 'DECIDED')
        .grades.map(({ count }: Loose) => count),
      parameters,
    ];
    expect(await threeTimes(`/cohort/reports/grades?${AS_OF}`, CALL, counts)).toEqual([
      [[4, 1, 0, 0, 1, 0], {}],
      [[5, 0, 0, 0, 0, 0], { feverFromCelsius: 40 }],
      [[5, 0, 0, 0, 0, 0], { feverFromCelsius: 40, severeFromGrade: 2 }],
    ]);
  });

  it('survival by grade of CRS', async () => {
    const numbers = ({ strata, parameters }: Loose) => [
      strata.map(({ stratum, n }: Loose) => `${stratum}: ${n}`).join(', '),
      parameters.feverFromCelsius,
    ];
    const path = `/cohort/reports/survival?${AS_OF}&endpoint=OS&by=crs-grade`;
    expect(await threeTimes(path, CALL, numbers)).toEqual([
      ['0: 4, 1: 1, 4: 1, UNKNOWN: 3', undefined],
      ['0: 5, UNKNOWN: 4', 40],
      ['0: 5, UNKNOWN: 4', 40],
    ]);
  });

  it('swimmer', async () => {
    const losses = ({ rows, parameters }: Loose) => [
      rows.flatMap(({ markers }: Loose) =>
        markers.flatMap(({ kind, day }: Loose) => (kind === 'BCA_LOSS' ? [day] : [])),
      ),
      parameters,
    ];
    const call = 'parameter=bcaLossDateRule=MIDPOINT';
    expect(await threeTimes(`/cohort/reports/swimmer?${AS_OF}`, call, losses)).toEqual([
      [[89], {}],
      [[74], { bcaLossDateRule: 'MIDPOINT' }],
      [[74], { bcaLossDateRule: 'MIDPOINT' }],
    ]);
  });

  it('paired', async () => {
    const severe = ({ shares }: Loose) => shares.map(({ what }: Loose) => what)[2];
    const call = 'parameter=severeFromGrade=2';
    expect(await threeTimes(`/cohort/reports/paired?${AS_OF}`, call, severe)).toEqual([
      'CRS, grade 3 or more',
      'CRS, grade 2 or more',
      'CRS, grade 2 or more',
    ]);
  });

  it('columns of the analysis set', async () => {
    const path = `/cohort/analysis-set?${AS_OF}&endpoint=OS&column=cmax&column=crs-grade`;
    const linesOf = async (service: TestService, more = '') =>
      (await (await fetch(`${service.url}${path}${more}`)).text()).split('\r\n');
    const severe = (lines: readonly string[]) =>
      lines
        .find((line) => line.startsWith('severe-crs'))
        ?.split(',')
        .slice(-2);
    const [before, called, set] = [
      await linesOf(usual),
      await linesOf(usual, `&${CALL}`),
      await linesOf(configured),
    ];
    expect(before[0]?.endsWith('evidence,cmax,crs-grade')).toBe(true);
    expect(called[0]?.endsWith('evidence,cmax,crs-grade,parameters')).toBe(true);
    expect(severe(before)).toEqual(['', '4']);
    expect(severe(called)).toEqual(['', 'feverFromCelsius=40']);
    expect(severe(set)).toEqual(['', 'feverFromCelsius=40;severeFromGrade=2;lloq=15000']);
    expect(set[0]?.endsWith('parameters')).toBe(true);
  });

  it('leave endpoints alone: tables of them alone are the same', async () => {
    for (const path of [`/cohort/adtte?${AS_OF}`, `/cohort/analysis-set?${AS_OF}`]) {
      const [one, other] = [await fetch(`${usual.url}${path}`), await fetch(`${configured.url}${path}`)];
      expect(await other.text()).toBe(await one.text());
    }
    for (const endpoint of ['BCALOSS_CIF', 'CIR']) {
      const path = `/cohort/reports/cumulative-incidence?${AS_OF}&endpoint=${endpoint}`;
      const [one, other] = [await read(usual, path), await read(configured, path)];
      expect(other).toEqual(one);
      expect(other.parameters).toEqual({});
    }
  });

  it.each([
    ['an unknown name', 'reports/grades', 'colour=red', 'a parameter of docs/parameters.md'],
    ['out of range', 'reports/swimmer', 'responseDeadlineDay=1', 'a whole number, 14 to 183 days'],
    ['no value', 'reports/paired', 'severeFromGrade', 'name=value'],
    ['no such choice', 'analysis-set', 'aucMethod=log', 'linear or linup_logdown'],
    [
      'one of other columns',
      'analysis-set',
      'lloq=50',
      'no clinical parameter: an endpoint is fixed by its definition',
    ],
    [
      'one of no stratum',
      'reports/survival',
      'bcaDefinition=BCA_PCT1',
      'no clinical parameter: an endpoint is fixed by its definition',
    ],
    [
      'one of another report',
      'reports/swimmer',
      'feverFromCelsius=39',
      expect.stringContaining('mrdNearResponseDays'),
    ],
    ['any of ADTTE', 'adtte', 'lloq=50', 'asOf, endpoint, format'],
  ])('refuse %s', async (_, place, given, expected) => {
    const endpoint = place === 'reports/survival' || place === 'analysis-set' ? '&endpoint=OS' : '';
    const { status, body } = await usual.get(`/cohort/${place}?parameter=${given}${endpoint}`);
    expect([status, body.code, body.expected]).toEqual([400, 'parameter-invalid', expected]);
  });
});

describe('Group/$survival', () => {
  it('names them, in another resource, in the profile of estimates', async () => {
    const path = `/fhir/R4/Group/car-t/$survival?${AS_OF}&endpoint=OS&by=crs-grade`;
    const zero = ({ parameter }: Loose) =>
      parameter
        .map(({ resource }: Loose) => resource)
        .find((one: Loose) => one !== undefined && componentsOf(one, 'stratum')[0].valueString === '0');
    const [before, called, set] = await threeTimes(path, CALL, zero);
    expect([before, called, set].map((one) => componentsOf(one, 'patients')[0].valueInteger)).toEqual([
      4, 5, 5,
    ]);
    expect(componentsOf(before, 'parameter')).toEqual([]);
    expect(componentsOf(called, 'parameter')).toMatchObject([
      { code: { text: 'feverFromCelsius' }, valueString: '40' },
    ]);
    expect(new Set([before.id, called.id, set.id]).size).toBe(3);
    const validator = await loadProfiles();
    expect(validator.validateResource(called).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('refuses one that the stratum does not rest on', async () => {
    const path = '/fhir/R4/Group/car-t/$survival?endpoint=OS&by=sex';
    const { status, body } = await usual.get(`${path}&${CALL}`);
    expect([status, body.issue[0].details.coding[0].code]).toEqual([400, 'parameter-invalid']);
  });
});

describe('$cart-summary', () => {
  const story = 'severe-crs-with-intensive-care';
  const path = `/fhir/R4/Patient/${story}-p/$cart-summary?${AS_OF}`;
  const crsOf = (bundle: Loose) =>
    bundle.entry
      .map(({ resource }: Loose) => resource)
      .find(({ method }: Loose) => method?.coding[0].code === 'CRS_ASTCT_2019');

  it('holds the results of the courses as they are set, and is another document then', async () => {
    const bundles = await threeTimes(path, CALL, (bundle) => bundle);
    expect(bundles.map((bundle) => crsOf(bundle).valueInteger ?? null)).toEqual([4, null, null]);
    expect(componentsOf(crsOf(bundles[1]), 'parameter')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          code: expect.objectContaining({ text: 'feverFromCelsius' }),
          valueString: '40',
        }),
      ]),
    );
    expect(new Set(bundles.map(({ id }) => id)).size).toBe(3);
    const endpoints = bundles.map(({ entry }) =>
      entry.filter(({ resource }: Loose) => resource.meta?.profile?.[0].endsWith('time-to-event')),
    );
    expect(endpoints[0].length).toBeGreaterThan(0);
    const bare = endpoints.map((entries) => entries.map(({ resource }: Loose) => resource));
    expect(bare[1]).toEqual(bare[0]);
    expect(bare[2]).toEqual(bare[0]);
  });

  it('is valid, with every section', async () => {
    const validator = await loadProfiles();
    const bundle = await read(usual, path);
    const [composition] = bundle.entry.map(({ resource }: Loose) => resource);
    expect(composition.section.map(({ code }: Loose) => code.coding[0].code)).toEqual([
      'infusions',
      'toxicity',
      'response',
      'b-cell-aplasia',
      'car-kinetics',
      'risk-factors',
      'endpoints',
      'hct-consolidation',
    ]);
    expect(validator.validateResource(bundle).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it.each([
    ['colour=red', 'a parameter of docs/parameters.md'],
    ['episodeGapHours=1', '24 to 720 hours'],
  ])('refuses %s', async (given, expected) => {
    const { status, body } = await usual.get(`${path}&parameter=${given}`);
    expect([status, body.issue[0].details.coding[0].code]).toEqual([400, 'parameter-invalid']);
    expect(body.issue[0].diagnostics).toContain(expected);
  });
});

it('what waits for a decision names them', async () => {
  const names = ({ parameters }: Loose) => Object.keys(parameters);
  expect(await threeTimes(`/cohort/adjudications?${AS_OF}`, CALL, names)).toEqual([
    [],
    ['feverFromCelsius'],
    ['feverFromCelsius', 'severeFromGrade'],
  ]);
});
