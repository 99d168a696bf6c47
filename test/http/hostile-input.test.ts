/** What no client sends that means well: never a 5xx, never a word of a patient in the answer, and the service goes on. */
import { connect } from 'node:net';
import fc from 'fast-check';
import { patient, putEntry, transaction } from '../support/bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';

const SECRET = 'Sommerfeld';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await service.post('/fhir/R4', transaction(putEntry(patient('p1', { name: [{ family: SECRET }] }))));
});
afterAll(() => service.stop());
beforeEach(() => expect.hasAssertions());

function cursor(content: unknown): string {
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}

async function codeOf(path: string, init: RequestInit = {}): Promise<string> {
  const { status, body } = await service.send(`/fhir/R4${path}`, init);
  return body.resourceType === 'OperationOutcome'
    ? `${status} ${body.issue[0].details.coding[0].code}`
    : String(status);
}

describe('a URL', () => {
  it.each([
    ['/Patient?name=a%00b', '400 parameter-invalid'],
    ['/Patient?_id=%00', '400 parameter-invalid'],
    ['/Patient?identifier=urn:x|%00', '200'],
    ['/Observation?value-quantity=1||%00', '400 parameter-invalid'],
    ["/Patient?name=' or 1=1 --", '200'],
    ["/Patient?_id='); drop table resource; --", '200'],
    ['/Patient?name=%ED%A0%80', '200'],
    ['/Patient?name=%zz', '200'],
    ['/Patient/%zz', '422 url-invalid'],
    ['/Patient/a%00b', '422 id-invalid'],
    ["/Patient/a'b", '422 id-invalid'],
    [`/Patient/${'a'.repeat(65)}`, '422 id-invalid'],
    ['/Patient/%F0%9F%98%80', '422 id-invalid'],
    ['/Patient/p1/_history/99999999999', '404 resource-not-found'],
    ['/constructor', '404 route-not-found'],
    ['/__proto__/x', '404 route-not-found'],
    ['/Patient?__proto__=x', '200'],
    ['/Patient?constructor:not=x', '200'],
    ['/Observation?subject:Patient.__proto__=x', '400 parameter-invalid'],
    ['/Observation?date=0000', '400 parameter-invalid'],
    ['/Observation?date=0001-01-01', '200'],
    ['/Observation?date=9999-12-31T23:59:59-14:00', '200'],
    ['/Observation?date=2024-02-30T10:00:00Z', '400 parameter-invalid'],
    ['/Observation?value-quantity=1e999', '200'],
    [`/Patient?name=${'a'.repeat(10_000)}`, '200'],
    [`/Patient?_cursor=${cursor([])}`, '400 parameter-invalid'],
    [`/Observation?_sort=date&_cursor=${cursor({ values: ['soon'], seq: '1' })}`, '400 parameter-invalid'],
    [
      `/Observation?_sort=value-quantity&_cursor=${cursor({ values: ['much'], seq: '1' })}`,
      '400 parameter-invalid',
    ],
    [`/Patient?_sort=name&_cursor=${cursor({ values: ['\u0000'], seq: '1' })}`, '400 parameter-invalid'],
    [`/Patient/_history?_cursor=${cursor([])}`, '400 parameter-invalid'],
    [
      `/Patient/_history?_cursor=${cursor({ lastUpdated: 'soon', id: 'x', version: 1 })}`,
      '400 parameter-invalid',
    ],
    [
      `/Patient/_history?_cursor=${cursor({ lastUpdated: '2020-01-01', id: 'x', version: 1e12 })}`,
      '400 parameter-invalid',
    ],
    [`/Patient/p1/$everything?_cursor=${cursor({ type: '\u0000', id: 'x' })}`, '400 parameter-invalid'],
  ])('%.80s', async (path, expected) => {
    expect(await codeOf(path)).toBe(expected);
  });
});

describe('a search of very many values', () => {
  const many = (count: number, write: (n: number) => string) =>
    Array.from({ length: count }, (_, n) => write(n)).join();

  it.each([
    ['tokens', `identifier=${many(20_000, (n) => `urn:x|${n}`)}`, '200'],
    ['texts', `name=${many(2_000, (n) => `name${n}`)}`, '200'],
    ['ids', `_id=${many(20_000, (n) => `x${n}`)}`, '200'],
    ['references', `organization=${many(20_000, (n) => `Organization/${n}`)}`, '200'],
    [
      'dates',
      `birthdate=${many(40_000, (n) => String(1_000 + n / 10).slice(0, 4))}`,
      '400 parameter-invalid',
    ],
  ])('%s', async (_title, body, expected) => {
    expect(await codeOf('/Patient/_search', { method: 'POST', headers: FORM, body })).toBe(expected);
  });
});

it('of more values than a line may have can still be paged', async () => {
  const body = `_count=1&_id=p1,p2,${Array.from({ length: 3_000 }, (_, n) => `none-${n}`).join()}`;
  await service.put('/fhir/R4/Patient/p2', patient('p2'));
  const { body: first } = await service.send('/fhir/R4/Patient/_search', {
    method: 'POST',
    headers: FORM,
    body,
  });
  const next = first.link.find(({ relation }: { relation: string }) => relation === 'next').url;
  expect(next.length).toBeGreaterThan(16_384);
  const { body: second } = await service.get(next.slice(service.url.length));
  expect([first, second].map(({ entry }) => entry[0].resource.id)).toEqual(['p1', 'p2']);
});

describe('a body', () => {
  const post = (body: string, headers: Record<string, string> = {}) =>
    codeOf('/Patient', {
      method: 'POST',
      headers: { 'content-type': 'application/fhir+json', ...headers },
      body,
    });

  it.each([
    ['a name twice', '{"resourceType":"Patient","gender":"male","gender":"female"}', '400 json-malformed'],
    [
      'a name twice, escaped',
      '{"resourceType":"Patient","active":true,"\\u0061ctive":false}',
      '400 json-malformed',
    ],
    ['__proto__', '{"resourceType":"Patient","__proto__":{"active":true}}', '400 element-invalid'],
    ['U+0000', '{"resourceType":"Patient","name":[{"family":"\\u0000"}]}', '400 element-invalid'],
    ['half a character', '{"resourceType":"Patient","name":[{"family":"\\ud800"}]}', '400 element-invalid'],
    [
      'deep arrays',
      `{"resourceType":"Patient","x":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
      '400 element-invalid',
    ],
    ['deep objects', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, '400 not-fhir'],
    [
      'a number beyond numbers',
      '{"resourceType":"Patient","multipleBirthInteger":1e999}',
      '400 element-invalid',
    ],
    ['nothing', '', '400 json-malformed'],
    ['null', 'null', '400 not-fhir'],
  ])('of %s', async (_title, body, expected) => {
    expect(await post(body)).toBe(expected);
  });

  it('may hold dates at the ends of the calendar', async () => {
    const at = (time: string) => ({
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'x' },
      effectiveDateTime: time,
    });
    const answers = await Promise.all(
      ['9999-12-31T23:59:59.999-14:00', '0001-01-01T00:00:00+14:00', '0050'].map((time) =>
        service.post('/fhir/R4/Observation', at(time)),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect((await service.get('/fhir/R4/Observation?date=lt0100')).body.total).toBe(2);
  });
});

describe('what is not even HTTP', () => {
  function raw(text: string): Promise<string> {
    return new Promise((done) => {
      let got = '';
      const socket = connect(Number(new URL(service.url).port), '127.0.0.1', () => socket.write(text));
      socket.on('data', (chunk) => {
        got += String(chunk);
      });
      socket.on('error', () => undefined);
      socket.on('close', () => done(got));
    });
  }
  const HEAD = 'POST /fhir/R4/Patient HTTP/1.1\r\nHost: x\r\nContent-Type: application/fhir+json\r\n';

  it.each([
    ['a negative length', `${HEAD}Content-Length: -5\r\n\r\nhello`, '400', 'request-malformed'],
    ['two lengths', `${HEAD}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`, '400', 'request-malformed'],
    ['noise', '\u0001\u0002 noise\r\n\r\n', '400', 'request-malformed'],
    [
      'a URL without end',
      `GET /fhir/R4/Patient?name=${SECRET.repeat(10_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
      '431',
      'request-malformed',
    ],
  ])('such as %s', async (_title, text, status, code) => {
    const answer = await raw(text);
    expect(answer.split(' ')[1]).toBe(status);
    const body = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')));
    expect([body.resourceType, body.issue[0].details.coding[0].code]).toEqual(['OperationOutcome', code]);
    expect(answer).not.toContain(SECRET);
  });
});

it('is harmless at random', async () => {
  const type = fc.constantFrom('Patient', 'Observation', 'Group', 'Bundle', 'Parameters', 'x');
  const name = fc.constantFrom(
    ...[
      'name',
      'identifier',
      'birthdate',
      'date',
      'value-quantity',
      'code',
      'subject',
      'patient.name',
      '_id',
    ],
    ...[
      '_has:Observation:patient:code',
      '_lastUpdated',
      '_sort',
      '_count',
      '_include',
      '_revinclude',
      '_cursor',
    ],
    ...[
      '_total',
      '_summary',
      '_elements',
      'code-value-quantity',
      'subject:identifier',
      'code:in',
      '_tag',
      '_format',
    ],
  );
  const noise = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom(
      '2024',
      'ap2024',
      'ne',
      '|',
      '$',
      '\\',
      ',',
      '1|2|3',
      'Patient/p1',
      '*',
      '-',
      'a|b|c|d',
      '1e400',
    ),
    fc.stringMatching(/^[a-z0-9|$,\\:.%'";-]{0,20}$/),
  );
  const query = fc.array(fc.tuple(name, noise), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(type, query, async (asked, parameters) => {
      const url = `/fhir/R4/${asked}?${new URLSearchParams(parameters)}`;
      const { status, body } = await service.get(url);
      expect({ url, isRefusal: status >= 500 }).toEqual({ url, isRefusal: false });
      if (body.resourceType === 'OperationOutcome') expect(JSON.stringify(body)).not.toContain(SECRET);
    }),
    { numRuns: 400 },
  );
  expect((await service.get('/health/ready')).status).toBe(200);
}, 60_000);
