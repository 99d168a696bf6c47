import { readFile } from 'node:fs/promises';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { generateCohort } from '../../src/example/generate-cohort.ts';
import { cohortRouters } from '../../src/http/cohort/cohort-routers.ts';
import type { HttpDeps } from '../../src/http/http-deps.ts';
import { templateOf } from '../../src/http/openapi/build-openapi.ts';
import { COHORT_PLACES } from '../../src/http/openapi/cohort-places.ts';
import { startTestService, type TestService } from '../support/service.ts';

const AS_OF = 'asOf=2025-06-30';

interface Media {
  readonly schema: object;
}
interface Described {
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema?: { readonly type?: string };
  }[];
  readonly responses: Readonly<Record<string, { readonly content: Readonly<Record<string, Media>> }>>;
}
interface Document {
  readonly paths: Readonly<Record<string, { readonly get: Described }>>;
}

let service: TestService;
let document: Document;
let persons: readonly string[];
beforeAll(async () => {
  service = await startTestService();
  for (const { bundle } of generateCohort({ patients: 20, seed: 'openapi', dialect: 'native' }).bundles) {
    await service.post('/fhir/R4', bundle);
  }
  document = (await service.get('/cohort/openapi.json')).body;
  const { body } = await service.get('/cohort/patients');
  persons = body.patients.map(({ id }: { id: string }) => id);
}, 120_000);
afterAll(() => service.stop());
beforeEach(() => expect.hasAssertions());

/** What is asked of each place; `:id` is each of the persons in turn. */
const CALLS: Readonly<Record<string, readonly string[]>> = {
  '/openapi.json': [''],
  '/patients': [''],
  '/patients/:id': [`?${AS_OF}`],
  '/patients/:id/findings': [''],
  '/patients/:id/hct-history': ['', '?from=2024-01-01&to=2024-12-31'],
  '/hct-worklist': [`?${AS_OF}`, '?asOf=2024-01-31'],
  '/adjudications': [`?${AS_OF}`],
  '/data-quality': [''],
  '/reports/survival': [
    `?endpoint=OS&${AS_OF}`,
    `?endpoint=OS&by=product&at=365&conf=log&${AS_OF}`,
    `?endpoint=OS&by=hct-after:landmark:90&${AS_OF}`,
    `?endpoint=OS&by=hct-after:time-varying&${AS_OF}`,
  ],
  '/reports/cumulative-incidence': [`?endpoint=CIR&${AS_OF}`, `?endpoint=CIR&by=prior-hct&${AS_OF}`],
  '/reports/swimmer': [`?${AS_OF}`],
  '/reports/paired': [`?${AS_OF}`],
  '/reports/grades': [`?${AS_OF}`],
  '/analysis-set': [`?${AS_OF}`, '?format=ndjson&endpoint=OS', '?format=parquet'],
  '/adtte': [`?${AS_OF}`, '?format=ndjson', '?format=parquet'],
};

it('is an OpenAPI 3.1 document, as the validator says, and the one that is committed', async () => {
  const validator = new Validator();
  expect(await validator.validate({ ...structuredClone(document) })).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
  const committed = await readFile(
    new URL('../../docs/cohort.openapi.generated.json', import.meta.url),
    'utf8',
  );
  expect(document).toEqual(JSON.parse(committed));
});

it('describes every route, by GET, and no other', () => {
  const routes = cohortRouters({} as HttpDeps).flatMap(({ stack }) =>
    stack.flatMap(({ route }) => {
      const methods = Object.keys((route as unknown as { methods?: object } | undefined)?.methods ?? {});
      // What refuses other methods stands at every path.
      return route === undefined || methods.includes('_all')
        ? []
        : methods.map((one) => `${one} ${route.path}`);
    }),
  );
  expect(routes.toSorted()).toEqual(COHORT_PLACES.map(({ path }) => `get ${path}`).toSorted());
  expect(Object.keys(document.paths)).toEqual(COHORT_PLACES.map(({ path }) => templateOf(path)));
  expect(Object.keys(CALLS)).toEqual(COHORT_PLACES.map(({ path }) => path));
});

it.each(Object.entries(CALLS))('%s answers as it is described', async (path, queries) => {
  const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true })).addSchema(document, 'doc');
  const { content = {} } = document.paths[templateOf(path)]?.get.responses['200'] ?? {};
  const ids = path.includes(':id') ? persons : [''];
  const wrong: string[] = [];
  for (const query of queries) {
    for (const id of ids) {
      const { status, headers, body } = await service.get(`/cohort${path.replace(':id', id)}${query}`);
      const type = (headers.get('content-type') ?? '').split(';')[0] ?? '';
      const schema = JSON.parse(JSON.stringify(content[type]?.schema ?? false).replaceAll('"#/', '"doc#/'));
      const isValid = ajv.validate(schema, body);
      if (status !== 200 || !isValid)
        wrong.push(`${query} ${id} ${status} ${type} ${ajv.errorsText().slice(0, 400)}`);
    }
  }
  expect(wrong.slice(0, 5)).toEqual([]);
});

it('knows the parameters that it describes, and refuses others as it describes that', async () => {
  const ajv = new Ajv2020({ strict: false }).addSchema(document, 'doc');
  for (const { path } of COHORT_PLACES.filter((place) => place.path !== '/openapi.json')) {
    const { status, headers, body } = await service.get(
      `/cohort${path.replace(':id', persons[0] ?? '')}?colour=blue`,
    );
    expect([path, status, headers.get('content-type')]).toEqual([
      path,
      400,
      'application/problem+json; charset=utf-8',
    ]);
    expect(ajv.validate({ $ref: 'doc#/components/schemas/Problem' }, body)).toBe(true);
    const described =
      document.paths[templateOf(path)]?.get.parameters.filter((one) => one.in === 'query') ?? [];
    const known = String(body.expected)
      .split(', ')
      .filter((name) => name !== '');
    expect([path, described.map(({ name }) => name)]).toEqual([path, known]);
  }
});

/** Values that no parameter takes, or few: each place is asked with each of them for each parameter that it describes. */
const ODD = [
  ...[
    '',
    ' ',
    '-1',
    '2024',
    '2024-13-01',
    '2023-02-29',
    '2024-01-01T00:00:00Z',
    'null',
    '1e999',
    'NaN',
    'x'.repeat(3000),
  ],
  ...[
    '__proto__',
    'constructor',
    "' or 1=1 --",
    '\u0000',
    '\u{1F600}',
    '=',
    'a=b',
    'crs-grade:cut:x',
    'hct-after:landmark:-1',
  ],
];

/** Each place, with each odd value for each of its parameters, and what it cannot do without. */
function oddCalls(): readonly (readonly [path: string, call: string])[] {
  return Object.entries(document.paths).flatMap(([path, { get }]) =>
    get.parameters.flatMap((parameter) => {
      const needed = get.parameters.filter(({ name, required, in: place }) => {
        return place === 'query' && required === true && name !== parameter.name;
      });
      const others = needed.map(({ name }) => `${name}=OS`);
      return ODD.map((value) => {
        const text = encodeURIComponent(value);
        const isPath = parameter.in === 'path';
        const query = [...(isPath ? [] : [`${parameter.name}=${text}`]), ...others];
        return [
          path,
          `${path.replace('{id}', isPath ? `x${text}` : (persons[0] ?? ''))}?${query.join('&')}`,
        ] as const;
      });
    }),
  );
}

it('answers whatever is asked as it is described: with the schema of its place, or with a problem', async () => {
  const ajv = addFormats.default(new Ajv2020({ strict: false })).addSchema(document, 'doc');
  const wrong: string[] = [];
  const calls = oddCalls();
  for (const [path, call] of calls) {
    const { status, headers, body } = await service.get(`/cohort${call}`);
    const type = (headers.get('content-type') ?? '').split(';')[0] ?? '';
    const responses = document.paths[path]?.get.responses ?? {};
    const { content = {} } = responses[String(status)] ?? responses['default'] ?? {};
    const schema = JSON.parse(JSON.stringify(content[type]?.schema ?? false).replaceAll('"#/', '"doc#/'));
    if (status >= 500 || !ajv.validate(schema, body)) wrong.push(`${call} ${status} ${type}`);
  }
  expect(wrong.slice(0, 5)).toEqual([]);
  expect(calls.length).toBeGreaterThan(500);
}, 60_000);

it('takes a parameter as often as it says, and demands what it says', async () => {
  for (const [path, { get }] of Object.entries(document.paths)) {
    const endpoint = get.parameters.find(({ name }) => name === 'endpoint');
    if (endpoint === undefined) continue;
    const repeats = endpoint.schema?.type === 'array';
    const twice = await service.get(`/cohort${path}?endpoint=OS&endpoint=OS&${AS_OF}`);
    expect([path, twice.status]).toEqual([path, repeats ? 200 : 400]);
    const without = await service.get(`/cohort${path}?${AS_OF}`);
    expect([path, without.status]).toEqual([path, endpoint.required === true ? 400 : 200]);
  }
});

it.each(COHORT_PLACES.map(({ path }) => path))(
  '%s answers GET and HEAD, and refuses the rest',
  async (path) => {
    const place = `/cohort${path.replace(':id', persons[0] ?? '')}${/survival|incidence/.test(path) ? '?endpoint=CIR' : ''}`;
    const [got, head] = [await service.get(place), await service.send(place, { method: 'HEAD' })];
    expect([head.status, head.headers.get('content-type'), head.body]).toEqual([
      got.status,
      got.headers.get('content-type'),
      '',
    ]);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const { status, headers } = await service.send(place, { method });
      expect([method, status, headers.get('allow')]).toEqual([method, 405, 'GET']);
    }
    expect(got.headers.get('cache-control')).toBe('no-store');
  },
);
