/** What is derived of a course, over HTTP: operations in the guide's profiles, plain JSON, the work list of decisions. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Resource } from '@medplum/fhirtypes';
import { loadProfiles } from '../../src/profiles/load-profiles.ts';
import { COURSE_OPERATIONS, type CourseOperation } from '../../src/projection/course-results-parameters.ts';
import { putEntry, transaction } from '../support/bundles.ts';
import { about, administration, concept, observation, PATIENT, quantity } from '../support/fhir-shapes.ts';
import { startTestService, type TestService } from '../support/service.ts';

const OPERATIONS = Object.keys(COURSE_OPERATIONS) as CourseOperation[];
const BASE = '/fhir/R4/Patient/p';
const AS_OF = 'asOf=2024-01-01';

const infusion = (id: string, date: string) =>
  about('Procedure', {
    id,
    status: 'completed',
    code: concept('procedure|car-t-infusion'),
    performedDateTime: date,
  });
const seen = (id: string, code: string, date: string, content: object) =>
  observation(`observation|${code}`, { id, effectiveDateTime: date, ...content });

const RESOURCES: readonly Resource[] = [
  PATIENT,
  infusion('i1', '2022-03-01'),
  infusion('i2', '2023-03-01'),
  seen('t1', 'temperature', '2022-03-03T08:00:00+01:00', { valueQuantity: quantity(39.2, 'Cel') }),
  seen('o1', 'oxygen-support', '2022-03-03T08:00:00+01:00', {
    valueCodeableConcept: concept('oxygen-device|none'),
  }),
  administration('agent|norepinephrine', {
    id: 'm1',
    effectivePeriod: { start: '2022-03-03T07:00:00+01:00', end: '2022-03-04T07:00:00+01:00' },
  }),
  seen('g1', 'crs-grade', '2022-03-03', { valueInteger: 2, method: concept('grading-system|ASTCT-2019') }),
  seen('g2', 'crs-grade', '2022-03-03', { valueInteger: 3, method: concept('grading-system|PENN') }),
  seen('b1', 'b-cells-percent-of-lymphocytes', '2022-03-29', { valueQuantity: quantity(0.2, '%') }),
  seen('b2', 'b-cells-percent-of-lymphocytes', '2022-06-29', { valueQuantity: quantity(4, '%') }),
  seen('k1', 'car-transgene', '2022-03-11', { valueQuantity: quantity(42_000, '{copies}/ug') }),
];

interface Result {
  readonly id: string;
  readonly valueInteger?: number;
  readonly method: { readonly coding: readonly { readonly code: string }[] };
  readonly component: readonly {
    readonly code: { readonly coding: readonly { readonly code: string }[]; readonly text?: string };
    readonly valueInteger?: number;
    readonly valueString?: string;
  }[];
}

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  const entries = RESOURCES.map((resource) => putEntry(resource as Parameters<typeof putEntry>[0]));
  expect((await service.post('/fhir/R4', transaction(...entries))).status).toBe(200);
});
afterAll(() => service.stop());

async function resultsOf(path: string): Promise<readonly Result[]> {
  const { status, body } = await service.get(`${BASE}/${path}`);
  expect(status).toBe(200);
  return body.parameter
    .filter(({ name }: { name: string }) => name === 'result')
    .map(({ resource }: { resource: Result }) => resource);
}

const definitionOf = ({ method }: Result) => method.coding[0]?.code;

describe('operations on the courses of a patient', () => {
  it.each(OPERATIONS)('$%s answers every definition for each course, valid in its profile', async (name) => {
    const validator = await loadProfiles();
    const { definitions, profile } = COURSE_OPERATIONS[name];
    const results = await resultsOf(`$${name}?${AS_OF}`);
    expect(results.map(definitionOf)).toEqual([...definitions, ...definitions]);
    expect(new Set(results.map(({ id }) => id)).size).toBe(results.length);
    for (const result of results) {
      expect(result).toMatchObject({
        resourceType: 'Observation',
        subject: { reference: 'Patient/p' },
        effectiveDateTime: '2024-01-01',
        meta: {
          profile: [`https://cartograph.example.org/fhir/StructureDefinition/${profile}`],
          tag: [{ code: 'derived' }],
        },
      });
      expect(validator.validateResource(result).filter(({ severity }) => severity === 'error')).toEqual([]);
    }
  });

  it('gives the computed grade with what was reported beside it, and what it rests on', async () => {
    const [crs, ...more] = await resultsOf(`$toxicity?${AS_OF}&course=1&definition=CRS_ASTCT_2019`);
    expect(more).toEqual([]);
    expect(crs?.valueInteger).toBe(3);
    const grades = crs?.component.filter(({ code }) => code.coding[0]?.code === 'reported-grade');
    expect(grades?.map(({ code, valueInteger }) => [code.text, valueInteger])).toEqual([
      ['ASTCT-2019', 2],
      ['PENN', 3],
    ]);
    expect(JSON.stringify(crs)).toContain('MedicationAdministration/m1');
  });

  it.each(OPERATIONS)('$%s takes its parameters by POST alike', async (name) => {
    const definition = COURSE_OPERATIONS[name].definitions[0] ?? '';
    const got = await service.get(`${BASE}/$${name}?${AS_OF}&course=1&definition=${definition}`);
    const posted = await service.post(`${BASE}/$${name}`, {
      resourceType: 'Parameters',
      parameter: [
        { name: 'asOf', valueDate: '2024-01-01' },
        { name: 'course', valueInteger: 1 },
        { name: 'definition', valueCode: definition },
      ],
    });
    expect(posted.status).toBe(200);
    expect(posted.body).toEqual(got.body);
  });

  it('has no results for a course that does not exist by then', async () => {
    expect(await resultsOf(`$toxicity?${AS_OF}&course=3`)).toEqual([]);
    expect(await resultsOf('$toxicity?asOf=2022-12-31&course=2')).toEqual([]);
    expect(await resultsOf('$toxicity?asOf=2021-01-01')).toEqual([]);
  });

  it.each(['course=0', 'course=one', 'course=1.5', 'definition=OS', 'asOf=2024-02', 'endpoint=OS'])(
    'refuses %s',
    async (query) => {
      const { status, body } = await service.get(`${BASE}/$toxicity?${query}`);
      expect([status, body.issue[0].details.coding[0].code]).toEqual([400, 'parameter-invalid']);
    },
  );
});

describe('parameters of a call', () => {
  const first = async (query: string) => (await resultsOf(`$toxicity?${AS_OF}&course=1${query}`))[0];
  const parameterOf = (result: Result | undefined, name: string) =>
    result?.component.find(({ code }) => code.coding[0]?.code === 'parameter' && code.text === name);

  it('change the result, stand in it, and make it another resource', async () => {
    const [usual, changed] = [await first(''), await first('&parameter=feverFromCelsius=39.5')];
    expect([usual?.valueInteger, changed?.valueInteger]).toEqual([3, 2]);
    expect(parameterOf(usual, 'feverFromCelsius')).toMatchObject({ valueString: '38' });
    expect(parameterOf(changed, 'feverFromCelsius')).toMatchObject({ valueString: '39.5' });
    expect(changed?.id).not.toBe(usual?.id);
    expect((await first('&parameter=lloq=50'))?.id).toBe(usual?.id);
  });

  it('are taken by POST alike', async () => {
    const { body } = await service.post(`${BASE}/$toxicity`, {
      resourceType: 'Parameters',
      parameter: [
        { name: 'asOf', valueDate: '2024-01-01' },
        { name: 'parameter', valueString: 'feverFromCelsius=39.5' },
        { name: 'parameter', valueString: 'episodeGapHours=48' },
      ],
    });
    expect(body.parameter[0].resource).toMatchObject({ valueInteger: 2 });
    expect(parameterOf(body.parameter[0].resource, 'episodeGapHours')).toMatchObject({ valueString: '48' });
  });

  it('are taken where the cohort is read', async () => {
    const patient = await service.get(`/cohort/patients/p?${AS_OF}&parameter=feverFromCelsius=39.5`);
    expect(patient.body.derived.courses[0].crs).toMatchObject({ basis: 'REPORTED', disagrees: false });
    const work = await service.get(`/cohort/adjudications?${AS_OF}&parameter=feverFromCelsius=39.5`);
    expect(work.body.items).toEqual([]);
  });

  it.each(OPERATIONS)('$%s refuses what the table does not allow', async (name) => {
    for (const given of ['colour=red', 'episodeGapHours=1', 'episodeGapHours']) {
      const { status, body } = await service.get(`${BASE}/$${name}?parameter=${given}`);
      expect([status, body.issue[0].details.coding[0].code]).toEqual([400, 'parameter-invalid']);
    }
  });
});

describe('the cohort', () => {
  it('gives the results of the courses with the patient', async () => {
    const { body } = await service.get(`/cohort/patients/p?${AS_OF}`);
    expect(body.derived.courses).toMatchObject([
      {
        course: 1,
        crs: { peak: 3, disagrees: true },
        bCells: { byDefinition: { BCA_PCT1: { state: 'LOST' } } },
      },
      { course: 2, crs: { occurred: 'UNKNOWN' } },
    ]);
  });

  it('lists what waits for a decision, of all patients, as of a day', async () => {
    const { status, body } = await service.get(`/cohort/adjudications?${AS_OF}`);
    expect(status).toBe(200);
    expect(body).toEqual({
      asOf: '2024-01-01',
      parameters: {},
      items: [
        {
          patient: 'p',
          course: 1,
          definition: 'CRS_ASTCT_2019',
          reason: 'REPORTED_DISAGREES',
          day: 2,
          date: '2022-03-03',
          computedPeak: 3,
          reportedPeak: 2,
        },
      ],
    });
    expect((await service.get('/cohort/adjudications?asOf=2022-03-02')).body.items).toEqual([]);
    expect((await service.send('/cohort/adjudications', { method: 'POST' })).status).toBe(405);
  });

  it('asks no more once it is decided', async () => {
    const decision = seen('a1', 'crs-grade', '2022-03-03', {
      valueInteger: 3,
      method: concept('grading-system|ASTCT-2019'),
      issued: '2022-04-01T12:00:00+02:00',
      performer: [{ display: 'Treating physician' }],
      extension: [
        {
          url: 'https://cartograph.example.org/fhir/StructureDefinition/adjudicates',
          valueReference: { reference: 'Observation/g1' },
        },
      ],
    });
    expect((await service.put('/fhir/R4/Observation/a1', decision)).status).toBe(201);
    expect((await service.get(`/cohort/adjudications?${AS_OF}`)).body.items).toEqual([]);
    expect((await service.get('/cohort/adjudications?asOf=2022-03-20')).body.items).toHaveLength(1);
  });
});

describe('parameters of the settings', () => {
  const folder = mkdtempSync(join(tmpdir(), 'settings-'));
  const file = (name: string, content: object): string => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(content));
    return path;
  };

  it('hold for every call, and give way to the call', async () => {
    const parametersFile = file('parameters.json', { feverFromCelsius: 39.5 });
    const other = await startTestService({ parametersFile });
    try {
      const entries = RESOURCES.map((resource) => putEntry(resource as Parameters<typeof putEntry>[0]));
      await other.post('/fhir/R4', transaction(...entries));
      const gradeOf = async (query: string) => {
        const { body } = await other.get(
          `${BASE}/$toxicity?${AS_OF}&course=1&definition=CRS_ASTCT_2019${query}`,
        );
        return body.parameter[0].resource.valueInteger;
      };
      expect(await gradeOf('')).toBe(2);
      expect(await gradeOf('&parameter=feverFromCelsius=38')).toBe(3);
    } finally {
      await other.stop();
    }
  });

  it('refuse to start the service where they are wrong', async () => {
    const parametersFile = file('wrong.json', { feverFromCelsius: 25 });
    await expect(startTestService({ parametersFile })).rejects.toMatchObject({
      code: 'configuration-invalid',
      findings: [{ found: '25', expected: '37 to 40 Cel' }],
    });
  });
});
