import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ASYNC, finished, type Line, linesOf } from '../support/bulk-client.ts';
import { patient, vitalStatus } from '../support/bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';

let root: string;
let allowed: string;
let files: Server;
let elsewhere: Server;
let service: TestService;

const ndjson = (...resources: readonly object[]): string =>
  resources.map((one) => `${JSON.stringify(one)}\n`).join('');
const observation = (id: string, about = 'p1') =>
  vitalStatus(id, { reference: `Patient/${about}` }, '2024-01-01');

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'cartograph-import-'));
  allowed = join(root, 'allowed');
  for (const folder of ['good', 'bad', 'mixed', 'empty', 'out', 'cut']) {
    await mkdir(join(allowed, folder), { recursive: true });
  }
  await mkdir(join(root, 'secret'));
  const many = Array.from({ length: 450 }, (_, n) => observation(`many-${n}`));
  await writeFile(
    join(allowed, 'good', 'a.ndjson'),
    ndjson(patient('p1'), patient('p2', { gender: 'male' })),
  );
  await writeFile(join(allowed, 'good', 'b.ndjson.gz'), gzipSync(ndjson(...many)));
  await writeFile(join(allowed, 'good', 'readme.txt'), 'not read');
  await writeFile(
    join(allowed, 'mixed', 'm.ndjson'),
    [
      JSON.stringify(observation('ok-1')),
      '{"resourceType":"Observation",',
      '',
      JSON.stringify({ ...observation('x'), id: undefined }),
      JSON.stringify({ ...observation('bad-element'), status: 5 }),
      JSON.stringify(observation('twice')),
      JSON.stringify({ ...observation('twice'), status: 'amended' }),
      JSON.stringify({ ...observation('dangling'), subject: { reference: 'Patient?identifier=u|none' } }),
      JSON.stringify({ resourceType: 'Nothing', id: 'n' }),
      JSON.stringify({ ...observation('bad/id') }),
      JSON.stringify(observation('ok-2')),
    ].join('\n'),
  );
  await writeFile(join(allowed, 'cut', 'c.ndjson.gz'), gzipSync(ndjson(patient('cut'))).subarray(0, 40));
  await writeFile(join(root, 'secret', 's.ndjson'), ndjson(patient('stolen')));
  await symlink(join(root, 'secret'), join(allowed, 'link'));
  await symlink(join(root, 'secret', 's.ndjson'), join(allowed, 'out', 's.ndjson'));
  elsewhere = await listen((path) => (path === '/s.ndjson' ? [200, ndjson(patient('stolen'))] : [404, '']));
  files = await listen((path) => {
    if (path === '/p.ndjson') return [200, ndjson(patient('by-url'))];
    if (path === '/p.ndjson.gz') return [200, gzipSync(ndjson(patient('by-url-gz')))];
    if (path === '/moved') return [302, '', '/p.ndjson'];
    if (path === '/away') return [302, '', `${addressOf(elsewhere)}/s.ndjson`];
    if (path === '/loop') return [302, '', '/loop'];
    return [404, ''];
  });
  service = await startTestService({ importFolders: [allowed], importHosts: [addressOf(files)] });
});
afterAll(async () => {
  await service.stop();
  files.close();
  elsewhere.close();
  await rm(root, { recursive: true, force: true });
});
beforeEach(() => expect.hasAssertions());

type Answer = readonly [status: number, body: string | Buffer, location?: string];

async function listen(answer: (path: string) => Answer): Promise<Server> {
  const server = createServer((req, res) => {
    const [status, body, location] = answer((req.url ?? '').split('?')[0] ?? '');
    res.writeHead(status, location === undefined ? {} : { location });
    res.end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return server;
}

function addressOf(server: Server): string {
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

function parameters(...given: readonly (readonly [name: string, value: string])[]): object {
  return {
    resourceType: 'Parameters',
    parameter: given.map(([name, value]) =>
      name === 'url' ? { name, valueUrl: value } : { name, valueString: value },
    ),
  };
}

async function imported(...given: readonly (readonly [string, string])[]): Promise<Line> {
  const { status, headers, body } = await service.post('/fhir/R4/$import', parameters(...given), ASYNC);
  if (status !== 202) throw new Error(`${status} ${JSON.stringify(body)}`);
  const response = await finished(headers.get('content-location') ?? '');
  return { status: response.status, body: await response.json() };
}

const exists = async (reference: string): Promise<boolean> =>
  (await service.get(`/fhir/R4/${reference}`)).status === 200;

it('stores the files of a folder, plain and gzip, and nothing a second time', async () => {
  const first = await imported(['folder', 'good']);
  expect(first.body).toMatchObject({
    request: `${service.url}/fhir/R4/$import`,
    input: [
      { source: 'a.ndjson', stored: 2, unchanged: 0, failed: 0 },
      { source: 'b.ndjson.gz', stored: 450, unchanged: 0, failed: 0 },
    ],
    error: [],
  });
  const again = await imported(['folder', join(allowed, 'good')]);
  expect(again.body.input).toEqual([
    { source: 'a.ndjson', stored: 0, unchanged: 2, failed: 0 },
    { source: 'b.ndjson.gz', stored: 0, unchanged: 450, failed: 0 },
  ]);
  const { body } = await service.get('/fhir/R4/Observation/many-449');
  expect(body.meta.versionId).toBe('1');
  const record = await service.get('/cohort/patients/p1');
  expect(record.body.record.followUp.vitalStatus).toHaveLength(1);
});

it('stores what is good among what is bad, and names file and line of the others', async () => {
  const { body } = await imported(['folder', 'mixed']);
  expect(body.input).toEqual([{ source: 'm.ndjson', stored: 4, unchanged: 0, failed: 6 }]);
  const errors = await linesOf(body.error);
  const places = errors.map(({ extension, issue }) => [
    extension[0].extension[0].valueString,
    extension[0].extension[1].valuePositiveInt,
    issue[0].details.coding[0].code,
  ]);
  expect(places).toEqual([
    ['m.ndjson', 2, 'json-malformed'],
    ['m.ndjson', 4, 'id-invalid'],
    ['m.ndjson', 5, 'element-invalid'],
    ['m.ndjson', 8, 'reference-unresolved'],
    ['m.ndjson', 9, 'resource-type-unknown'],
    ['m.ndjson', 10, 'id-invalid'],
  ]);
  expect(errors[1].issue[0].diagnostics).toMatch(/^m\.ndjson, line 4: Observation\.id/);
  const twice = await service.get('/fhir/R4/Observation/twice');
  expect([twice.body.status, twice.body.meta.versionId]).toEqual(['amended', '2']);
  expect(await exists('Observation/ok-2')).toBe(true);
  expect(await exists('Observation/dangling')).toBe(false);
});

it('fetches from hosts that are allowed, by redirects among them too', async () => {
  const base = addressOf(files);
  const { body } = await imported(['url', `${base}/p.ndjson?signature=x`], ['url', `${base}/p.ndjson.gz`]);
  expect(body.input.map(({ source, stored }: Line) => [source, stored])).toEqual([
    [`${base}/p.ndjson`, 1],
    [`${base}/p.ndjson.gz`, 1],
  ]);
  const moved = await imported(['url', `${base}/moved`]);
  expect(moved.body.input[0].unchanged).toBe(1);
});

it.each([
  ['folder', '../secret'],
  ['folder', 'good/../../secret'],
  ['folder', 'link'],
  ['folder', 'out'],
  ['folder', '/etc'],
  ['folder', 'nowhere'],
  ['folder', 'good/a.ndjson'],
  ['url', 'http://127.0.0.1:1/p.ndjson'],
  ['url', 'file:///etc/passwd'],
  ['url', 'not a url'],
])('refuses to read %s %j', async (name, value) => {
  const { status, body } = await service.post('/fhir/R4/$import', parameters([name, value]), ASYNC);
  expect([status, body.issue[0].details.coding[0].code]).toEqual([403, 'import-source-refused']);
  expect(await exists('Patient/stolen')).toBe(false);
});

it('refuses a URL with a password', async () => {
  const url = addressOf(files).replace('http://', 'http://user:secret@');
  const { status, body } = await service.post('/fhir/R4/$import', parameters(['url', url]), ASYNC);
  expect([status, JSON.stringify(body).includes('secret')]).toEqual([403, false]);
});

it.each([
  ['/away', 403, 'import-source-refused'],
  ['/loop', 422, 'import-source-unreadable'],
  ['/none', 422, 'import-source-unreadable'],
])(
  'fails on %s',
  async (path, status, code) => {
    const answer = await imported(['url', `${addressOf(files)}${path}`]);
    expect([answer.status, answer.body.issue[0].details.coding[0].code]).toEqual([status, code]);
    expect(await exists('Patient/stolen')).toBe(false);
  },
  60_000,
);

it('fails on damaged compression, and on a folder without files', async () => {
  const cut = await imported(['folder', 'cut']);
  expect([cut.status, cut.body.issue[0].details.coding[0].code]).toEqual([422, 'import-source-unreadable']);
  const { status, body } = await service.post('/fhir/R4/$import', parameters(['folder', 'empty']), ASYNC);
  expect([status, body.issue[0].details.coding[0].code]).toEqual([422, 'import-source-unreadable']);
});

it('reads a file that is replaced while it is read from its beginning', async () => {
  await mkdir(join(allowed, 'changing'));
  const file = join(allowed, 'changing', 'c.ndjson');
  const lines = Array.from({ length: 3_000 }, (_, n) => observation(`changing-${n}`));
  await writeFile(file, ndjson({ resourceType: 'Nothing', id: 'n' }, ...lines));
  const { headers } = await service.post('/fhir/R4/$import', parameters(['folder', 'changing']), ASYNC);
  const place = headers.get('content-location') ?? '';
  for (let progress = ''; !/line [1-9]/.test(progress); ) {
    progress = (await fetch(place)).headers.get('x-progress') ?? '';
  }
  await writeFile(`${file}.new`, ndjson(...lines.slice(0, 10), observation('changed')));
  await rename(`${file}.new`, file);
  const body = (await (await finished(place)).json()) as Line;
  expect(body).toMatchObject({ input: [{ stored: 1, unchanged: 10, failed: 0 }], error: [] });
  expect(await exists('Observation/changed')).toBe(true);
}, 60_000);

it.each([
  [parameters(), ASYNC, 400, 'parameter-invalid'],
  [parameters(['file', 'x']), ASYNC, 400, 'parameter-invalid'],
  [{ resourceType: 'Patient' }, ASYNC, 400, 'element-invalid'],
  [parameters(['folder', 'good']), {}, 400, 'async-required'],
])('refuses %j', async (body, headers, status, code) => {
  const answer = await service.post('/fhir/R4/$import', body, headers);
  expect([answer.status, answer.body.issue[0].details.coding[0].code]).toEqual([status, code]);
});

it('is in the CapabilityStatement where something may be imported', async () => {
  const { body } = await service.get('/fhir/R4/metadata');
  expect(body.rest[0].operation.map(({ name }: Line) => name)).toEqual([
    'validate',
    'process-message',
    'export',
    'import',
  ]);
});

it('keeps to the validation mode of the service', async () => {
  const strict = await startTestService({ importFolders: [allowed], validation: 'reject' });
  try {
    await mkdir(join(allowed, 'invalid'));
    const invalid = { ...observation('invalid'), status: 'nonsense' };
    await writeFile(join(allowed, 'invalid', 'i.ndjson'), ndjson(patient('valid'), invalid));
    const { headers } = await strict.post('/fhir/R4/$import', parameters(['folder', 'invalid']), ASYNC);
    const body = (await (await finished(headers.get('content-location') ?? '')).json()) as Line;
    expect(body.input).toEqual([{ source: 'i.ndjson', stored: 1, unchanged: 0, failed: 1 }]);
    const [error] = await linesOf(body.error);
    expect(error.issue[0].expression[0]).toBe('Observation.status');
  } finally {
    await strict.stop();
  }
});
