import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Erased, erasePerson } from '../../src/ingest/erasure/erase-person.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { ASYNC, exported, finished, kickOff, linesOf, namesOf } from '../support/bulk-client.ts';
import { infusion, patient, putEntry, transaction, vitalStatus } from '../support/bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { rowsWith } from '../support/whole-database.ts';

const NAME = 'Zzyzx';
const NUMBER = 'Qj7_0815%W';
const identifier = [{ system: 'urn:mrn', value: NUMBER }];
const named = { identifier, name: [{ family: NAME, given: ['Xqwe'] }] };

let folder: string;
let service: TestService;
let database: Database;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cartograph-erase-'));
  service = await startTestService({ importFolders: [folder], bulkJobs: 50 });
  database = openDatabase({ url: service.databaseUrl, poolSize: 4 });
});
afterAll(async () => {
  await database.end();
  await service.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => expect.hasAssertions());

function erase(patientId: string, cancelsImports = false): Promise<Erased | undefined> {
  return erasePerson(database, { patientId, now: new Date(), cancelsImports });
}

async function store(...resources: readonly Parameters<typeof putEntry>[0][]): Promise<void> {
  const { status, body } = await service.post('/fhir/R4', transaction(...resources.map(putEntry)));
  if (status !== 200) throw new Error(JSON.stringify(body));
}

async function remove(reference: string): Promise<void> {
  await service.send(`/fhir/R4/${reference}`, { method: 'DELETE' });
}

async function statusOf(reference: string): Promise<number> {
  return (await service.get(`/fhir/R4/${reference}`)).status;
}

/** Every row that holds one of the texts that make the person known. */
async function traces(): Promise<readonly string[]> {
  const found = await Promise.all([NAME, NUMBER, 'Xqwe'].map((word) => rowsWith(service.databaseUrl, word)));
  return found.flat();
}

it('leaves nothing of a person but numbers of versions without content', async () => {
  await store(
    patient('e1', named),
    patient('e2', { identifier }),
    { ...infusion('e-i', 'e1', '2023-01-10'), note: [{ text: NAME }] },
    { ...vitalStatus('e-v', { reference: 'Patient/e2' }, '2024-01-01'), note: [{ text: NAME }] },
    patient('other'),
  );
  await service.put('/fhir/R4/Patient/e1', patient('e1', { identifier, gender: 'male' }));
  await remove('Observation/e-v');
  await service.get('/cohort/patients/e1');
  expect((await traces()).length).toBeGreaterThan(3);
  expect(await erase('e2')).toEqual({
    patients: 2,
    resources: 4,
    redacted: [],
    ambiguous: [],
    mentioning: [],
  });
  expect(await traces()).toEqual([]);
  expect(await statusOf('Patient/e1')).toBe(410);
  expect(await statusOf('Patient/e1/_history/1')).toBe(404);
  expect((await service.get('/cohort/patients/e1')).status).toBe(404);
  expect(await statusOf('Patient/other')).toBe(200);
  const history = await service.get('/fhir/R4/Patient/e1/_history');
  expect(history.body.entry.map(({ request, resource }: never) => [request, resource])).toEqual([
    [{ method: 'DELETE', url: 'Patient/e1' }, undefined],
  ]);
  expect(await erase('e1')).toBeUndefined();
  expect(await erase('nobody')).toBeUndefined();
  const back = await service.put('/fhir/R4/Patient/e1', patient('e1'));
  expect([back.status, back.headers.get('etag')]).toEqual([201, 'W/"4"']);
});

it('finds a Patient that was deleted before, by its own id or by that of the person it was', async () => {
  await store(patient('d1', named), infusion('d-i', 'd1', '2023-01-10'));
  await remove('Patient/d1');
  expect(await erase('d1')).toMatchObject({ patients: 1, resources: 2 });
  expect([await traces(), await statusOf('Procedure/d-i')]).toEqual([[], 410]);
  await store(patient('d2', named), patient('d3', named), patient('d4', { birthDate: '2001-01-01' }));
  await remove('Patient/d3');
  expect(await erase('d2')).toMatchObject({ patients: 2, resources: 2 });
  expect(await traces()).toEqual([]);
  await store(patient('d5', named), patient('d6', named));
  await remove('Patient/d5');
  expect(await erase('d5')).toMatchObject({ patients: 2, resources: 2 });
  expect(await traces()).toEqual([]);
});

it('erases what is stored though it is not valid', async () => {
  const absent = {
    extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }],
  };
  await store(
    patient('v1', {
      ...named,
      name: [{ family: NAME, given: [null, 'Xqwe'], _given: [absent, null] }, { _family: absent }],
    }),
    infusion('v-i', 'v1', '2023-01-10'),
    {
      resourceType: 'Provenance',
      id: 'v-p',
      entity: [{ role: 'source', what: { reference: 'Procedure/v-i', display: NAME } }],
    },
    { resourceType: 'Bundle', id: 'v-b', type: 'collection' },
    { resourceType: 'Group', id: 'v-g', member: [{ entity: { reference: 'Patient/v1', display: NAME } }] },
  );
  expect(await erase('v1')).toMatchObject({ resources: 2, redacted: ['Group/v-g', 'Provenance/v-p'] });
  expect(await traces()).toEqual([]);
});

it('erases what is about a Patient that has never come', async () => {
  const subject = { reference: 'Patient/never', display: NAME };
  await store({ ...vitalStatus('n-v', subject, '2024-01-01') });
  expect(await erase('never')).toMatchObject({ resources: 1 });
  expect(await traces()).toEqual([]);
});

it.each([
  ['Coverage', { status: 'active', payor: [{ display: NAME }] }, 'beneficiary'],
  ['Task', { status: 'draft', intent: 'order', description: NAME }, 'for'],
  ['Account', { status: 'active', name: NAME }, 'subject'],
  ['RelatedPerson', { name: [{ family: NAME }] }, 'patient'],
  ['ResearchSubject', { status: 'candidate', study: { display: NAME } }, 'individual'],
])('erases %s, also where it was deleted before', async (resourceType, rest, element) => {
  const about = { reference: 'Patient/s1' };
  const resource = { resourceType, ...rest, [element]: resourceType === 'Account' ? [about] : about };
  await store(patient('s1', named), { ...resource, id: 's-there' }, { ...resource, id: 's-gone' });
  await remove(`${resourceType}/s-gone`);
  expect(await erase('s1')).toMatchObject({ resources: 3 });
  expect(await traces()).toEqual([]);
});

it('erases what names the person by an identifier, one that it has no longer among them', async () => {
  const logical = { type: 'Patient', identifier: identifier[0], display: NAME };
  await store(patient('l1', named), vitalStatus('l-v', logical, '2024-01-01'));
  await service.put('/fhir/R4/Patient/l1', patient('l1'));
  expect(await erase('l1')).toMatchObject({ resources: 2 });
  expect(await traces()).toEqual([]);
});

it('erases a Person, products, Bundles and Provenance of nobody else, and keeps what others need', async () => {
  const product = (id: string, source: string) => ({
    resourceType: 'BiologicallyDerivedProduct',
    id,
    identifier: [{ system: 'urn:din', value: id }],
    collection: { source: { reference: `Patient/${source}`, display: NAME } },
  });
  const uses = (id: string, who: string, what: string) => ({
    ...infusion(id, who, '2023-01-10'),
    usedReference: [{ reference: `BiologicallyDerivedProduct/${what}` }],
  });
  const bundle = (id: string, ...entries: readonly object[]) => ({
    resourceType: 'Bundle',
    id,
    type: 'collection',
    entry: entries.map((resource) => ({ resource })),
  });
  const provenance = (id: string, ...targets: readonly string[]) => ({
    resourceType: 'Provenance',
    id,
    target: targets.map((reference, n) => ({ reference, display: n === 0 ? NAME : 'x' })),
    recorded: '2023-01-10T10:00:00Z',
    agent: [{ who: { display: 'x' } }],
  });
  await store(
    patient('p1', named),
    patient('p2', { birthDate: '2001-01-01' }),
    {
      resourceType: 'Person',
      id: 'pp',
      name: [{ family: NAME }],
      link: [{ target: { reference: 'Patient/p1' } }],
    },
    product('own', 'p1'),
    uses('p-i', 'p1', 'own'),
    product('given', 'p1'),
    uses('p-other', 'p2', 'given'),
    bundle('b-own', patient('p1', named)),
    bundle('b-both', patient('p1', named), patient('p2')),
    provenance('pr-own', 'Procedure/p-i'),
    provenance('pr-both', 'Procedure/p-i', 'Procedure/p-other'),
  );
  expect(await erase('p1')).toEqual({
    patients: 1,
    resources: 6,
    redacted: ['BiologicallyDerivedProduct/given', 'Provenance/pr-both', 'Bundle/b-both'],
    ambiguous: [],
    mentioning: [],
  });
  const kept = await service.get('/fhir/R4/BiologicallyDerivedProduct/given');
  expect(kept.body.collection).toEqual({ source: { reference: 'Patient/p1' } });
  expect((await service.get('/fhir/R4/Bundle/b-both')).body.entry).toHaveLength(1);
  expect(await traces()).toEqual([]);
});

it('leaves resources of others that name the person, in all versions, without the name', async () => {
  const group = (text: string) => ({
    resourceType: 'Group',
    id: 'g',
    text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${NAME}</div>` },
    type: 'person',
    actual: true,
    name: text,
    member: [
      { entity: { reference: 'Patient/g1', display: NAME } },
      { entity: { identifier: identifier[0], type: 'Patient' } },
      { entity: { reference: 'Patient/g2', display: 'stays' } },
    ],
  });
  await store(patient('g1', named), patient('g2', { birthDate: '2001-01-01' }), group('first'));
  await service.put('/fhir/R4/Group/g', group('second'));
  const file = await exported(service, '/fhir/R4/$export?_type=Group');
  expect(await erase('g1')).toEqual({
    patients: 1,
    resources: 1,
    redacted: ['Group/g'],
    ambiguous: [],
    mentioning: [],
  });
  expect(await traces()).toEqual([]);
  const { body, headers } = await service.get('/fhir/R4/Group/g');
  expect([headers.get('etag'), body.text, body.name]).toEqual(['W/"3"', undefined, 'second']);
  expect(body.member[0]).toEqual({ entity: { reference: 'Patient/g1' } });
  expect(body.member[1].entity.extension[0].valueCode).toBe('masked');
  expect(body.member[2].entity.display).toBe('stays');
  expect((await service.get('/fhir/R4/Group/g/_history/1')).body.name).toBe('first');
  const line = (await linesOf(file.output)).find(({ id }) => id === 'g');
  expect(line.member[2].entity.display).toBe('stays');
});

it('leaves the decimals of what it takes a name from as they were written', async () => {
  await store(patient('q1', named), patient('q2', { birthDate: '2001-01-01' }));
  const subject = '"subject":{"reference":"Patient/q2"}';
  const performer = `"performer":[{"reference":"Patient/q1","display":"${NAME}"}]`;
  await service.put(
    '/fhir/R4/Observation/q-o',
    `{"resourceType":"Observation","id":"q-o","status":"final","code":{"text":"x"},${subject},${performer},"valueQuantity":{"value":1.50}}`,
  );
  expect(await erase('q1')).toMatchObject({ redacted: ['Observation/q-o'] });
  const text = await (await fetch(`${service.url}/fhir/R4/Observation/q-o`)).text();
  expect(text).toContain('"performer":[{"reference":"Patient/q1"}],"valueQuantity":{"value":1.50}');
  const past = await (await fetch(`${service.url}/fhir/R4/Observation/q-o/_history/1`)).text();
  expect(past).toContain('"performer":[{"reference":"Patient/q1"}],"valueQuantity":{"value":1.50}');
});

it('tells what still holds an identifier of the person where nothing says whom it is about', async () => {
  await store(
    patient('t1', { identifier: [...identifier, { system: 'urn:short', value: '77' }] }),
    patient('t2', { birthDate: '2001-01-01' }),
    { ...infusion('t-i', 't2', '2023-01-10'), note: [{ text: `mixed up with ${NUMBER}?` }] },
    { ...infusion('t-j', 't2', '2023-01-11'), note: [{ text: 'given 77 ml' }] },
    { resourceType: 'Flag', id: 't-f', contained: [patient('p', named)], subject: { reference: '#p' } },
  );
  const erased = await erase('t1');
  expect([erased?.resources, erased?.mentioning]).toEqual([1, ['Flag/t-f', 'Procedure/t-i']]);
  await remove('Flag/t-f');
  await remove('Procedure/t-i');
  await database.query(`delete from resource_history where id in ('t-f', 't-i')`);
});

it('keeps what is about somebody else now, but for the versions that were about the person', async () => {
  const about = (id: string) => vitalStatus('m-v', { reference: `Patient/${id}`, display: id }, '2024-01-01');
  await store(patient('m1', named), patient('m2', { birthDate: '2001-01-01' }), about('m1'));
  await service.put('/fhir/R4/Observation/m-v', about('m2'));
  expect(await erase('m1')).toMatchObject({ patients: 1 });
  expect(await statusOf('Observation/m-v')).toBe(200);
  expect(await statusOf('Observation/m-v/_history/1')).toBe(404);
  expect(await traces()).toEqual([]);
});

it('erases no other Patient, tells what may be of either, and builds the other anew', async () => {
  const logical = { type: 'Patient', identifier: identifier[0] };
  await store(
    patient('a1', named),
    patient('a2', { identifier, birthDate: '2001-01-01' }),
    vitalStatus('a-v', logical, '2024-01-01'),
  );
  const before = await service.get('/cohort/patients/a2');
  expect(before.body.record.findings.map(({ code }: { code: string }) => code)).toContain(
    'identity-conflict',
  );
  expect(await erase('a1')).toEqual({
    patients: 1,
    resources: 1,
    redacted: [],
    ambiguous: ['Observation/a-v'],
    mentioning: [],
  });
  const { body } = await service.get('/cohort/patients/a2');
  expect(body.record.findings).toEqual([]);
  expect(body.record.followUp.vitalStatus).toHaveLength(1);
  expect((await erase('a2'))?.resources).toBe(2);
  expect(await traces()).toEqual([]);
});

it('takes the person out of what messages, searches and errors have left', async () => {
  await store(patient('j1', { ...named, id: 'j1' }));
  const answer = await service.post('/fhir/R4/$process-message', {
    resourceType: 'Bundle',
    type: 'message',
    id: 'm',
    timestamp: '2026-01-01T00:00:00Z',
    entry: [
      {
        resource: {
          resourceType: 'MessageHeader',
          id: 'mh',
          eventCoding: { system: 'urn:e', code: 'course-recorded' },
          source: { name: 'EHR', endpoint: 'https://ehr.example.org/messages' },
          focus: [{ reference: 'Patient/j1', display: NAME }],
        },
      },
      { resource: patient('j1', { ...named, gender: 'male' }) },
    ],
  });
  expect(answer.status).toBe(200);
  const filter = encodeURIComponent(`Patient?identifier=urn:mrn|${NUMBER}`);
  const byNumber = await kickOff(service, `/fhir/R4/$export?_type=Patient&_typeFilter=${filter}`);
  const byName = await kickOff(
    service,
    `/fhir/R4/$export?_type=Patient&_typeFilter=Patient%3Ffamily%3D${NAME}`,
  );
  const all = await kickOff(service, '/fhir/R4/$export?_type=Patient');
  await Promise.all([byNumber, byName, all].map(finished));
  const wrong = vitalStatus('w', { reference: `Patient?identifier=urn:mrn|${NUMBER}x` }, '2024-01-01');
  await writeFile(join(folder, 'w.ndjson'), `${JSON.stringify({ ...wrong, status: { text: NAME } })}\n`);
  await finished(await importFolder());
  expect(await erase('j1')).toMatchObject({ resources: 1 });
  expect(await traces()).toEqual([]);
  const statuses = await Promise.all([byNumber, byName, all].map((place) => fetch(place)));
  expect(statuses.map(({ status }) => status)).toEqual([404, 404, 200]);
});

function importFolder(): Promise<string> {
  return kickOff(service, '/fhir/R4/$import', {
    method: 'POST',
    headers: { ...ASYNC, 'content-type': 'application/fhir+json' },
    body: JSON.stringify({
      resourceType: 'Parameters',
      parameter: [{ name: 'folder', valueString: folder }],
    }),
  });
}

it('is refused while an import is at work, which would bring the person back, unless told to end it', async () => {
  let goOn = (): void => undefined;
  const lines = [patient('i1', named), infusion('i-i', 'i1', '2023-01-10')].map(
    (one) => `${JSON.stringify(one)}\n`,
  );
  const server = createServer((_req, res) => {
    res.writeHead(200).write(lines[0]);
    goOn = () => res.end(lines[1]);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const bound = server.address();
  const address = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}`;
  const own = await startTestService({ importHosts: [address] });
  const store = openDatabase({ url: own.databaseUrl, poolSize: 4 });
  try {
    await own.put('/fhir/R4/Patient/i1', patient('i1', named));
    const { headers } = await own.post(
      '/fhir/R4/$import',
      { resourceType: 'Parameters', parameter: [{ name: 'url', valueUrl: `${address}/p.ndjson` }] },
      ASYNC,
    );
    const place = headers.get('content-location') ?? '';
    const erasure = { patientId: 'i1', now: new Date() };
    await expect(erasePerson(store, { ...erasure, cancelsImports: false })).rejects.toMatchObject({
      code: 'import-at-work',
    });
    expect((await own.get('/fhir/R4/Patient/i1')).status).toBe(200);
    expect(await erasePerson(store, { ...erasure, cancelsImports: true })).toMatchObject({ resources: 1 });
    goOn();
    expect((await fetch(place)).status).toBe(404);
    // The next import is taken up when the one that was ended has come to its end.
    const next = await own.post(
      '/fhir/R4/$import',
      { resourceType: 'Parameters', parameter: [{ name: 'url', valueUrl: `${address}/none` }] },
      ASYNC,
    );
    const asked = new Promise<void>((done) =>
      server.once('request', (_req, res) => done(void res.destroy())),
    );
    await asked;
    expect(await rowsWith(own.databaseUrl, NAME)).toEqual([]);
    await fetch(next.headers.get('content-location') ?? '', { method: 'DELETE' });
  } finally {
    await store.end();
    await own.stop();
    server.closeAllConnections();
    server.close();
  }
}, 60_000);

it('sees what others have stored at the same time: it is erased, or came after', async () => {
  await store(patient('c1', named));
  let isOver = false;
  const acknowledged: string[] = [];
  const writers = [0, 1, 2, 3].map(async (writer) => {
    for (let n = 0; !isOver; n += 1) {
      const id = `c-${writer}-${n}`;
      const about = { ...vitalStatus(id, { reference: 'Patient/c1' }, '2024-01-01'), note: [{ text: NAME }] };
      const { status } = await service.post(
        '/fhir/R4',
        transaction(putEntry(patient('c1', { ...named, multipleBirthInteger: n })), putEntry(about)),
      );
      if (status === 200) acknowledged.push(id);
    }
  });
  while (acknowledged.length < 20) await new Promise((done) => setTimeout(done, 5));
  const before = [...acknowledged];
  const erased = await erase('c1');
  isOver = true;
  await Promise.all(writers);
  expect(erased?.resources).toBeGreaterThan(before.length);
  const statuses = await Promise.all(before.map((id) => statusOf(`Observation/${id}`)));
  expect(statuses.filter((status) => status !== 410)).toEqual([]);
  await erase('c1');
  expect(await traces()).toEqual([]);
}, 60_000);

it('takes the lines of the person out of finished exports', async () => {
  await store(
    patient('x1', named),
    patient('x2', { birthDate: '2001-01-01' }),
    infusion('x-i', 'x1', '2023-01-10'),
  );
  const { output } = await exported(service, '/fhir/R4/$export?_type=Patient,Procedure');
  await erase('x1');
  const left = await Promise.all(output.map(async ({ url }) => (await fetch(url)).text()));
  expect(left.join('')).not.toContain('x1');
  expect(
    namesOf(
      left.flatMap((text) =>
        text
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line)),
      ),
    ),
  ).toContain('Patient/x2');
});
