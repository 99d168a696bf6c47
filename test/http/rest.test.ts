import { infusion, patient, putEntry, transaction, vitalStatus } from '../support/bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());
beforeEach(() => expect.hasAssertions());

const PATCH_TYPE = { 'content-type': 'application/json-patch+json' };

function patch(path: string, operations: unknown, headers: Record<string, string> = {}) {
  const body = JSON.stringify(operations);
  return service.send(path, { method: 'PATCH', headers: { ...PATCH_TYPE, ...headers }, body });
}

function remove(path: string, headers: Record<string, string> = {}) {
  return service.send(path, { method: 'DELETE', headers });
}

function codeOf(body: { issue: { details: { coding: { code: string }[] } }[] }): string | undefined {
  return body.issue[0]?.details.coding[0]?.code;
}

describe('delete', () => {
  it('ends the history, keeps the versions, and lets the id be used again', async () => {
    await service.put('/fhir/R4/Patient/d1', patient('d1'));
    await service.put('/fhir/R4/Patient/d1', patient('d1', { gender: 'male' }));
    const gone = await remove('/fhir/R4/Patient/d1');
    const again = await remove('/fhir/R4/Patient/d1');
    expect([gone.status, gone.headers.get('etag'), again.status]).toEqual([204, 'W/"3"', 204]);
    const read = await service.get('/fhir/R4/Patient/d1');
    expect([read.status, codeOf(read.body)]).toEqual([410, 'resource-deleted']);
    expect((await service.get('/fhir/R4/Patient/d1/_history/3')).status).toBe(410);
    expect((await service.get('/fhir/R4/Patient/d1/_history/1')).body.gender).toBe('female');
    const back = await service.put('/fhir/R4/Patient/d1', patient('d1'));
    expect([back.status, back.headers.get('etag')]).toEqual([201, 'W/"4"']);
    const { body } = await service.get('/fhir/R4/Patient/d1/_history');
    expect(body.entry.map(({ request }: { request: { method: string } }) => request.method)).toEqual([
      'PUT',
      'DELETE',
      'PUT',
      'POST',
    ]);
    expect(body.total).toBe(4);
  });

  it('of nothing is as good as done', async () => {
    expect((await remove('/fhir/R4/Patient/never')).status).toBe(204);
    expect((await service.get('/fhir/R4/Patient/never')).status).toBe(404);
  });

  it('takes a fact from the record', async () => {
    await service.post(
      '/fhir/R4',
      transaction(putEntry(patient('d2')), putEntry(infusion('d2-i', 'd2', '2023-01-10'))),
    );
    expect((await service.get('/cohort/patients/d2')).body.record.courses).toHaveLength(1);
    await remove('/fhir/R4/Procedure/d2-i');
    expect((await service.get('/cohort/patients/d2')).body.record.courses).toHaveLength(0);
    await remove('/fhir/R4/Patient/d2');
    expect((await service.get('/cohort/patients/d2')).status).toBe(404);
  });

  it('parts a person when one of its Patients goes', async () => {
    const identifier = [{ system: 'urn:mrn', value: 'both' }];
    await service.post(
      '/fhir/R4',
      transaction(
        putEntry(patient('d3-a', { identifier })),
        putEntry(patient('d3-b', { identifier })),
        putEntry(infusion('d3-i', 'd3-b', '2023-01-10')),
      ),
    );
    expect((await service.get('/cohort/patients/d3-b')).body.record.id).toBe('d3-a');
    await remove('/fhir/R4/Patient/d3-a');
    const { body } = await service.get('/cohort/patients/d3-b');
    expect([body.record.id, body.record.courses.length]).toEqual(['d3-b', 1]);
  });

  it('by condition deletes one match, none, and refuses two', async () => {
    const org = (id: string, value: string) => ({
      resourceType: 'Organization',
      id,
      identifier: [{ system: 'urn:org', value }],
    });
    await service.put('/fhir/R4/Organization/d4-a', org('d4-a', 'one'));
    await service.put('/fhir/R4/Organization/d4-b', org('d4-b', 'two'));
    await service.put('/fhir/R4/Organization/d4-c', org('d4-c', 'two'));
    expect((await remove('/fhir/R4/Organization?identifier=urn:org|one')).status).toBe(204);
    expect((await service.get('/fhir/R4/Organization/d4-a')).status).toBe(410);
    expect((await remove('/fhir/R4/Organization?identifier=urn:org|one')).status).toBe(204);
    expect((await remove('/fhir/R4/Organization?identifier=urn:org|two')).status).toBe(412);
  });

  it.each([
    ['by id', { request: { method: 'DELETE', url: 'Patient/twice' } }],
    ['by condition', { request: { method: 'DELETE', url: 'Patient?identifier=urn:d|twice' } }],
  ])('of one resource twice in a transaction is refused, %s', async (_title, second) => {
    await service.put(
      '/fhir/R4/Patient/twice',
      patient('twice', { identifier: [{ system: 'urn:d', value: 'twice' }] }),
    );
    const first = { request: { method: 'DELETE', url: 'Patient/twice' } };
    const { status, body } = await service.post('/fhir/R4', transaction(first, second));
    expect([status, body.issue[0].details.coding[0].code, body.issue[0].expression]).toEqual([
      409,
      'duplicate-target',
      ['Bundle.entry[1]'],
    ]);
    expect((await service.get('/fhir/R4/Patient/twice')).status).toBe(200);
  });

  it('comes before the other entries of a transaction', async () => {
    const identifier = [{ system: 'urn:mrn', value: 'replaced' }];
    await service.put('/fhir/R4/Patient/d5-old', patient('d5-old', { identifier }));
    const { status, body } = await service.post(
      '/fhir/R4',
      transaction(
        {
          resource: patient('x', { identifier }),
          request: { method: 'POST', url: 'Patient', ifNoneExist: 'identifier=urn:mrn|replaced' },
        },
        { request: { method: 'DELETE', url: 'Patient/d5-old' } },
        { request: { method: 'GET', url: 'Patient?identifier=urn:mrn|replaced' } },
      ),
    );
    expect([status, body.entry.map((one: { response: { status: string } }) => one.response.status)]).toEqual([
      200,
      ['201', '204', '200'],
    ]);
    expect(body.entry[2].resource.total).toBe(1);
    expect((await service.get('/fhir/R4/Patient/d5-old')).status).toBe(410);
  });
});

describe('preconditions', () => {
  it('updates and deletes the version that the caller has seen', async () => {
    await service.put('/fhir/R4/Patient/p1', patient('p1'));
    const seen = { 'if-match': 'W/"1"' };
    const first = await service.put('/fhir/R4/Patient/p1', patient('p1', { gender: 'male' }), seen);
    const second = await service.put('/fhir/R4/Patient/p1', patient('p1', { gender: 'other' }), seen);
    expect([first.status, second.status, codeOf(second.body)]).toEqual([200, 412, 'precondition-failed']);
    expect((await remove('/fhir/R4/Patient/p1', seen)).status).toBe(412);
    expect((await patch('/fhir/R4/Patient/p1', [], seen)).status).toBe(412);
    expect((await remove('/fhir/R4/Patient/p1', { 'if-match': 'W/"2"' })).status).toBe(204);
  });

  it('lets one of two concurrent updates of a version win', async () => {
    await service.put('/fhir/R4/Patient/p2', patient('p2'));
    const answers = await Promise.all(
      [0, 1, 2, 3].map((n) =>
        service.put('/fhir/R4/Patient/p2', patient('p2', { multipleBirthInteger: n }), {
          'if-match': 'W/"1"',
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
  });

  it('creates only what is not there', async () => {
    const absent = { 'if-none-match': '*' };
    const one = await service.put('/fhir/R4/Patient/p3', patient('p3'), absent);
    const two = await service.put('/fhir/R4/Patient/p3', patient('p3'), absent);
    expect([one.status, two.status]).toEqual([201, 412]);
  });

  it('answers a read of what the caller has with 304', async () => {
    await service.put('/fhir/R4/Patient/p4', patient('p4'));
    const read = await service.get('/fhir/R4/Patient/p4');
    const modified = read.headers.get('last-modified') ?? '';
    const statuses = [];
    for (const headers of [
      { 'if-none-match': 'W/"1"' },
      { 'if-none-match': 'W/"2"' },
      { 'if-modified-since': modified },
      { 'if-modified-since': 'Mon, 01 Jan 2001 00:00:00 GMT' },
      { 'if-none-match': 'W/"2"', 'if-modified-since': modified },
    ]) {
      statuses.push((await service.send('/fhir/R4/Patient/p4', { headers })).status);
    }
    expect(statuses).toEqual([304, 200, 304, 200, 200]);
  });
});

describe('JSON Patch', () => {
  it('makes a new version, or none where nothing changes', async () => {
    await service.put('/fhir/R4/Patient/j1', patient('j1'));
    const changed = await patch('/fhir/R4/Patient/j1', [
      { op: 'test', path: '/gender', value: 'female' },
      { op: 'replace', path: '/gender', value: 'male' },
      { op: 'add', path: '/name', value: [{ family: 'Demo' }] },
    ]);
    expect([changed.status, changed.body.gender, changed.body.meta.versionId]).toEqual([200, 'male', '2']);
    const same = await patch('/fhir/R4/Patient/j1', [{ op: 'replace', path: '/gender', value: 'male' }]);
    expect([same.status, same.body.meta.versionId]).toEqual([200, '2']);
  });

  it.each([
    ['no array', { op: 'remove', path: '/gender' }, 422, 'patch-invalid'],
    ['a failed test', [{ op: 'test', path: '/gender', value: 'male' }], 422, 'patch-invalid'],
    ['a path that leads nowhere', [{ op: 'remove', path: '/name/0' }], 422, 'patch-invalid'],
    ['another op', [{ op: 'spy', path: '/name' }], 422, 'patch-invalid'],
    ['no value', [{ op: 'add', path: '/name' }], 422, 'patch-invalid'],
    ['a prototype', [{ op: 'add', path: '/__proto__/x', value: 1 }], 422, 'patch-invalid'],
    ['another id', [{ op: 'replace', path: '/id', value: 'other' }], 400, 'id-mismatch'],
    ['a bad date', [{ op: 'replace', path: '/birthDate', value: 'soon' }], 422, 'date-unparseable'],
    ['no resource', [{ op: 'remove', path: '' }], 400, 'not-fhir'],
  ])('refuses %s', async (_name, operations, status, code) => {
    await service.put('/fhir/R4/Patient/j2', patient('j2'));
    const answer = await patch('/fhir/R4/Patient/j2', operations);
    expect([answer.status, codeOf(answer.body)]).toEqual([status, code]);
    expect((await service.get('/fhir/R4/Patient/j2')).body.meta.versionId).toBe('1');
  });

  it('refuses another media type and a resource that is not there', async () => {
    const answer = await patch('/fhir/R4/Patient/j2', [], { 'content-type': 'application/json' });
    expect([answer.status, (await patch('/fhir/R4/Patient/nobody', [])).status]).toEqual([415, 404]);
  });

  it('loses none of many at once', async () => {
    await service.put('/fhir/R4/Patient/j3', patient('j3', { name: [{ text: 'a' }] }));
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        patch('/fhir/R4/Patient/j3', [{ op: 'add', path: '/name/-', value: { text: String(n) } }]),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect((await service.get('/fhir/R4/Patient/j3')).body.name).toHaveLength(11);
  });

  it('works within a transaction', async () => {
    await service.put('/fhir/R4/Patient/j4', patient('j4'));
    const data = Buffer.from(JSON.stringify([{ op: 'replace', path: '/gender', value: 'other' }])).toString(
      'base64',
    );
    const { body } = await service.post(
      '/fhir/R4',
      transaction({
        resource: { resourceType: 'Binary', contentType: 'application/json-patch+json', data },
        request: { method: 'PATCH', url: 'Patient/j4', ifMatch: 'W/"1"' },
      }),
    );
    expect([body.entry[0].response.status, body.entry[0].response.etag]).toEqual(['200', 'W/"2"']);
  });
});

describe('history', () => {
  it('of a type pages by cursor, the newest first', async () => {
    const since = new Date().toISOString();
    for (let n = 0; n < 3; n += 1)
      await service.put(`/fhir/R4/Device/h${n}`, { resourceType: 'Device', id: `h${n}` });
    await service.put('/fhir/R4/Device/h0', { resourceType: 'Device', id: 'h0', status: 'active' });
    const seen: string[] = [];
    let path: string | undefined = `/fhir/R4/Device/_history?_count=3&_since=${since}`;
    while (path !== undefined) {
      const { body } = await service.get(path);
      expect(body.total).toBe(4);
      for (const { resource } of body.entry ?? []) seen.push(`${resource.id} ${resource.meta.versionId}`);
      const next = body.link.find(({ relation }: { relation: string }) => relation === 'next')?.url;
      path = next === undefined ? undefined : next.slice(service.url.length);
    }
    expect(seen).toEqual(['h0 2', 'h2 1', 'h1 1', 'h0 1']);
  });

  it('of all types pages by cursor, each version once, where several came at one instant too', async () => {
    const since = new Date().toISOString();
    const ids = ['y1', 'y2', 'y3'];
    await service.post(
      '/fhir/R4',
      transaction(
        ...ids.flatMap((id) => [putEntry(patient(id)), putEntry({ resourceType: 'Organization', id })]),
      ),
    );
    await service.send('/fhir/R4/Organization/y2', { method: 'DELETE' });
    const seen: string[] = [];
    let path: string | undefined = `/fhir/R4/_history?_count=2&_since=${since}`;
    while (path !== undefined) {
      const { status, body } = await service.get(path);
      expect([status, body.type]).toEqual([200, 'history']);
      for (const { fullUrl, request } of body.entry ?? []) {
        seen.push(`${request.method} ${new URL(fullUrl).pathname.slice('/fhir/R4/'.length)}`);
      }
      const next = body.link.find(({ relation }: { relation: string }) => relation === 'next')?.url;
      path = next === undefined ? undefined : next.slice(service.url.length);
    }
    expect(seen[0]).toBe('DELETE Organization/y2');
    expect(seen.slice(1).sort()).toEqual(
      ids.flatMap((id) => [`POST Organization/${id}`, `POST Patient/${id}`]).sort(),
    );
  });

  it('comes in the form that is asked for, since an instant of any zone', async () => {
    await service.put('/fhir/R4/Device/s1', { resourceType: 'Device', id: 's1', status: 'active' });
    const place = '/fhir/R4/Device/s1/_history';
    const part = await service.get(`${place}?_elements=udi`);
    expect(Object.keys(part.body.entry[0].resource).sort()).toEqual(['id', 'meta', 'resourceType']);
    const counted = await service.get(`${place}?_summary=count`);
    expect([counted.body.total, counted.body.entry]).toEqual([1, undefined]);
    for (const [since, total] of [
      ['2020-01-01T00:00:00+01:00', 1],
      ['2020-01-01T00:00:00%2B01:00', 1],
      ['2999', 0],
    ]) {
      expect((await service.get(`${place}?_since=${since}`)).body.total).toBe(total);
    }
    expect((await service.get(`${place}?_at=2020`)).status).toBe(400);
  });

  it('of nothing is not found', async () => {
    expect((await service.get('/fhir/R4/Device/never/_history')).status).toBe(404);
    expect((await service.get('/fhir/R4/Device/h0/_history/7')).status).toBe(404);
    expect((await service.get('/fhir/R4/Device/h0/_history/x')).status).toBe(404);
    expect((await service.get('/fhir/R4/Device/h0/_history?colour=blue')).status).toBe(400);
  });
});

describe('the form of answers', () => {
  it.each([
    ['_summary=text', ['id', 'meta', 'resourceType', 'text']],
    ['_elements=gender', ['gender', 'id', 'meta', 'resourceType']],
    ['_summary=data', ['birthDate', 'gender', 'id', 'meta', 'resourceType']],
    ['_summary=true', ['birthDate', 'gender', 'id', 'meta', 'resourceType']],
  ])('%s', async (query, names) => {
    const text = { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' };
    await service.put('/fhir/R4/Patient/f1', patient('f1', { text }));
    const { body } = await service.get(`/fhir/R4/Patient/f1?${query}`);
    expect(Object.keys(body).sort()).toEqual(names);
    expect(body.meta.tag.at(-1).code).toBe('SUBSETTED');
  });

  it('is JSON, pretty where asked for', async () => {
    await service.put('/fhir/R4/Patient/f2', patient('f2'));
    const pretty = await fetch(
      `${service.url}/fhir/R4/Patient/f2?_pretty=true&_format=application/fhir%2Bjson`,
    );
    expect(await pretty.text()).toContain('\n  "resourceType": "Patient"');
    expect((await service.get('/fhir/R4/Patient/f2?_format=xml')).status).toBe(406);
    expect(
      (await service.send('/fhir/R4/Patient/f2', { headers: { accept: 'application/fhir+xml' } })).status,
    ).toBe(406);
  });

  it.each([
    ['GET', 'metadata'],
    ['GET', 'Patient'],
    ['GET', 'Patient/f4'],
    ['GET', 'Patient/f4/_history'],
    ['GET', 'Patient/f4/$everything'],
    ['PUT', 'Patient/f4'],
    ['POST', ''],
  ])('is refused before anything is done where it could only be XML: %s %s', async (method, path) => {
    const headers = { accept: 'application/fhir+xml', 'content-type': 'application/fhir+json' };
    const body = method === 'PUT' ? JSON.stringify(patient('f4')) : '{}';
    const init = { method, headers, ...(method === 'GET' ? {} : { body }) };
    const byAccept = await service.send(`/fhir/R4/${path}`, init);
    const byFormat = await service.send(`/fhir/R4/${path}?_format=xml`, { ...init, headers: {} });
    expect([byAccept.status, byFormat.status]).toEqual([406, 406]);
    expect([byAccept.body.resourceType, byAccept.headers.get('etag')]).toEqual(['OperationOutcome', null]);
    expect((await service.get('/fhir/R4/Patient/f4')).status).toBe(404);
  });

  it('is the usual one where a parameter of form is empty', async () => {
    await service.put('/fhir/R4/Patient/f5', patient('f5'));
    const { status, body } = await service.get('/fhir/R4/Patient/f5?_format=&_summary=&_elements=');
    expect([status, body.meta.tag]).toEqual([200, undefined]);
  });

  it('of a write is what Prefer asks for', async () => {
    const outcome = await service.put('/fhir/R4/Patient/f3', patient('f3'), {
      prefer: 'return=OperationOutcome',
    });
    expect([outcome.status, outcome.body.resourceType]).toEqual([201, 'OperationOutcome']);
  });
});

it('stores single writes that come together, each with its own answer', async () => {
  await service.put('/fhir/R4/Patient/g', patient('g'));
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, n) =>
      n % 20 === 7
        ? service.post(
            '/fhir/R4/Observation',
            vitalStatus('x', { reference: 'Patient?identifier=urn:none|1' }, '2024-01-01'),
          )
        : service.post('/fhir/R4/Observation', vitalStatus('x', { reference: 'Patient/g' }, '2024-01-01')),
    ),
  );
  expect(answers.filter(({ status }) => status === 422)).toHaveLength(3);
  const ids = answers.flatMap(({ status, body }) => (status === 201 ? [body.id] : []));
  expect(new Set(ids).size).toBe(57);
  const { body } = await service.get('/fhir/R4/Observation?patient=g&_summary=count');
  expect(body.total).toBe(57);
});
