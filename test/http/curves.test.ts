/** Survival and cumulative incidence of a Group over HTTP, in our profile; endpoints that a site added. */
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { endpointDefinition } from '../../src/endpoints/endpoint-definitions.ts';
import { generateCohort } from '../../src/example/generate-cohort.ts';
import { loadProfiles } from '../../src/profiles/load-profiles.ts';
import { startTestService, type TestService } from '../support/service.ts';

const AS_OF = 'asOf=2025-06-30';
const SD = 'https://cartograph.example.org/fhir/StructureDefinition';
let service: TestService;
let mappings: string;

beforeAll(async () => {
  mappings = await mkdtemp(join(tmpdir(), 'cartograph-mappings-'));
  await cp('mappings', mappings, { recursive: true });
  const endpoints = join(mappings, 'sites', 'north', 'endpoints');
  await mkdir(endpoints, { recursive: true });
  await writeFile(
    join(mappings, 'sites', 'north', 'site.json'),
    JSON.stringify({ site: 'north', sourcePrefixes: [] }),
  );
  const own = { ...endpointDefinition('OS'), id: 'OS_NORTH', hctInRemission: 'CENSOR' };
  await writeFile(join(endpoints, 'os.json'), JSON.stringify(own));
  service = await startTestService({ mappingsFolder: mappings });
  for (const { bundle } of generateCohort({ patients: 16, seed: 'curves', dialect: 'native' }).bundles) {
    expect((await service.post('/fhir/R4', bundle)).status).toBe(200);
  }
}, 120_000);
afterAll(async () => {
  await service.stop();
  await rm(mappings, { recursive: true });
});

interface Part {
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely
  readonly resource?: any;
  readonly part?: readonly { readonly name: string; readonly valueInteger?: number }[];
}

function results(body: { readonly parameter: readonly Part[] }) {
  return body.parameter.filter(({ name }) => name === 'result').map(({ resource }) => resource);
}

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely
function componentsOf(observation: any, code: string): any[] {
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely
  return observation.component.filter((one: any) => one.code.coding[0].code === code);
}

describe('Group/car-t/$survival', () => {
  it('gives the whole cohort with median, estimates and curve, in our profile', async () => {
    const { status, body } = await service.get(
      `/fhir/R4/Group/car-t/$survival?${AS_OF}&endpoint=EFS_RW_D28&at=180&at=365`,
    );
    expect(status).toBe(200);
    const [all, ...more] = results(body);
    expect(more).toEqual([]);
    expect(all).toMatchObject({
      resourceType: 'Observation',
      meta: { profile: [`${SD}/cartograph-survival-estimate`] },
      subject: { reference: 'Group/car-t' },
      effectiveDateTime: '2025-06-30',
      code: { coding: [{ code: 'survival' }] },
      method: { coding: [{ code: 'EFS_RW_D28' }] },
    });
    expect(componentsOf(all, 'patients')).toMatchObject([{ valueInteger: 16 }]);
    expect(componentsOf(all, 'estimate')).toHaveLength(2);
    expect(all.extension[0]).toMatchObject({ url: `${SD}/curve` });
    const validator = await loadProfiles();
    const issues = validator.validateResource(all);
    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('gives a stratum each, with the test between them', async () => {
    const { body } = await service.get(
      `/fhir/R4/Group/car-t/$survival?${AS_OF}&endpoint=OS&by=patient.sex.value&conf=plain`,
    );
    const strata = results(body);
    expect(strata.map((one) => componentsOf(one, 'stratum')[0].valueString)).toEqual(['FEMALE', 'MALE']);
    expect(componentsOf(strata[0], 'test')).toMatchObject([{ valueString: 'log-rank' }]);
    expect(componentsOf(strata[0], 'confidence')).toMatchObject([{ valueString: 'plain 0.95' }]);
    const attrition = body.parameter.filter(({ name }: Part) => name === 'attrition');
    expect(attrition[0].part).toMatchObject([{ name: 'step', valueCode: 'RECORDS' }, { valueInteger: 16 }]);
  });

  it('answers a POST of the same question alike', async () => {
    const { body: byGet } = await service.get(`/fhir/R4/Group/car-t/$survival?${AS_OF}&endpoint=OS&at=365`);
    const parameter = [
      { name: 'asOf', valueDate: '2025-06-30' },
      { name: 'endpoint', valueCode: 'OS' },
      { name: 'at', valueDecimal: 365 },
    ];
    const { body } = await service.post('/fhir/R4/Group/car-t/$survival', {
      resourceType: 'Parameters',
      parameter,
    });
    expect(body).toEqual(byGet);
  });

  it('counts the members of a stored Group, each person once', async () => {
    const { body: list } = await service.get('/cohort/patients');
    const [first, second] = list.patients.map(({ id }: { id: string }) => `Patient/${id}`);
    const member = [first, second, first, 'Patient/nobody'].map((reference) => ({ entity: { reference } }));
    const gone = { entity: { reference: `Patient/${list.patients[2].id}` }, inactive: true };
    await service.put('/fhir/R4/Group/two', {
      resourceType: 'Group',
      id: 'two',
      type: 'person',
      actual: true,
      member: [...member, gone],
    });
    const { body } = await service.get(`/fhir/R4/Group/two/$survival?${AS_OF}&endpoint=OS`);
    expect(componentsOf(results(body)[0], 'patients')).toMatchObject([{ valueInteger: 2 }]);
    expect(body.parameter.at(-1)).toMatchObject({ name: 'finding' });
  });

  it.each([
    ['no endpoint', '', 'parameter-invalid'],
    ['an endpoint that nobody defined', '&endpoint=EFS', 'parameter-invalid'],
    ['two endpoints', '&endpoint=OS&endpoint=CIR', 'parameter-invalid'],
    ['a time that is none', '&endpoint=OS&at=soon', 'parameter-invalid'],
    ['an interval that is none', '&endpoint=OS&conf=wald', 'parameter-invalid'],
    ['another parameter', '&endpoint=OS&color=red', 'parameter-invalid'],
    ['a naive comparison', '&endpoint=OS&by=hct-after', 'immortal-time-bias'],
    ['survival with competing events', '&endpoint=CIR', 'competing-risks-ignored'],
  ])('refuses %s', async (_, query, code) => {
    const { status, body } = await service.get(`/fhir/R4/Group/car-t/$survival?${AS_OF}${query}`);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(body).toMatchObject({
      resourceType: 'OperationOutcome',
      issue: [{ details: { coding: [{ code }] } }],
    });
  });

  it('knows no Group that is not stored', async () => {
    expect((await service.get(`/fhir/R4/Group/none/$survival?endpoint=OS`)).status).toBe(404);
  });
});

describe('Group/car-t/$cumulative-incidence', () => {
  it('gives the incidence of the event, valid and without a median', async () => {
    const { body } = await service.get(
      `/fhir/R4/Group/car-t/$cumulative-incidence?${AS_OF}&endpoint=CIR&by=product`,
    );
    const strata = results(body);
    const validator = await loadProfiles();
    for (const stratum of strata) {
      expect(stratum.code.coding[0].code).toBe('cumulative-incidence');
      expect(componentsOf(stratum, 'median')).toEqual([]);
      expect(validator.validateResource(stratum).filter(({ severity }) => severity === 'error')).toEqual([]);
    }
    const counted = strata.reduce((sum, one) => sum + componentsOf(one, 'patients')[0].valueInteger, 0);
    expect(counted).toBe(16);
  });
});

describe('an endpoint that a site added', () => {
  it('is derived, and named by text', async () => {
    const { body: list } = await service.get('/cohort/patients');
    const { body } = await service.get(
      `/fhir/R4/Patient/${list.patients[0].id}/$time-to-event?${AS_OF}&endpoint=OS_NORTH`,
    );
    expect(results(body)).toMatchObject([{ method: { text: 'OS_NORTH' } }]);
    const { body: survival } = await service.get(`/fhir/R4/Group/car-t/$survival?${AS_OF}&endpoint=OS_NORTH`);
    expect(results(survival)).toMatchObject([{ method: { text: 'OS_NORTH' } }]);
  });
});

describe('/cohort', () => {
  it.each(['survival?endpoint=OS', 'cumulative-incidence?endpoint=NRM', 'swimmer?', 'paired?', 'grades?'])(
    'reports/%s is a report',
    async (path) => {
      const { status, body } = await service.get(`/cohort/reports/${path}&${AS_OF}`);
      expect(status).toBe(200);
      expect(body).toMatchObject({ report: path.split('?')[0], asOf: '2025-06-30' });
    },
  );

  it('refuses a naive comparison with the reason and the alternative', async () => {
    const { status, body } = await service.get('/cohort/reports/survival?endpoint=OS&by=hct-after');
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'immortal-time-bias', expected: expect.stringContaining('landmark') });
  });

  it('gives analysis sets as tables', async () => {
    const { headers, body } = await service.get(`/cohort/analysis-set?${AS_OF}&endpoint=OS`);
    expect(headers.get('content-type')).toContain('text/csv');
    expect(body.split('\r\n')).toHaveLength(18);
    const answer = await fetch(`${service.url}/cohort/adtte?${AS_OF}&endpoint=OS&endpoint=CIR&format=ndjson`);
    expect((await answer.text()).trimEnd().split('\n')).toHaveLength(32);
    const parquet = await fetch(`${service.url}/cohort/adtte?${AS_OF}&endpoint=CIR&format=parquet`);
    expect(parquet.headers.get('content-type')).toBe('application/vnd.apache.parquet');
    const rows = await parquetReadObjects({ file: await parquet.arrayBuffer() });
    expect([rows.length, rows[0]?.['STARTDT']]).toEqual([16, expect.any(Date)]);
    expect((await service.get('/cohort/adtte?format=sas')).status).toBe(400);
    expect((await service.get('/cohort/adtte?column=cmax')).status).toBe(400);
  });
});
