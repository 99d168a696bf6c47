/** Registered clients: their tokens, and the FHIR servers from which data may be fetched for them. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import { openDatabase } from '../../src/store/database.ts';
import { spendToken } from '../../src/store/spent-tokens.ts';
import { infusion, patient } from '../support/bundles.ts';
import { startServiceOn, startTestService, type TestService } from '../support/service.ts';

const BASE = 'https://cds.example.org';
const HCT = '/cds-services/hct-consolidation-patient-view';
const ID = 'ehr-1';

let folder: string;
let clientsFile: string;
let service: TestService;
let key: CryptoKey;
/** The key that will take over: both are registered. */
let nextKey: CryptoKey;
let ehr: Ehr;

interface Ehr {
  readonly base: string;
  readonly server: Server;
  readonly asked: string[];
  readonly tokens: Set<string>;
  readonly traces: Set<string>;
  answer: (url: string) => { readonly status: number; readonly body?: object; readonly location?: string };
}

const found = (...resources: readonly object[]) => ({
  status: 200,
  body: { resourceType: 'Bundle', type: 'searchset', entry: resources.map((resource) => ({ resource })) },
});

/** What an EHR knows of one child, an infusion on the second page of its procedures. */
function usual(url: string) {
  if (url === `/fhir/Patient/${ID}`) return { status: 200, body: patient(ID) };
  if (url.startsWith('/fhir/Patient/')) return { status: 404 };
  if (url === `/fhir/Procedure?patient=${ID}`) {
    const first = found();
    return {
      ...first,
      body: { ...first.body, link: [{ relation: 'next', url: `${ehr.base}/Procedure?page=2` }] },
    };
  }
  if (url === '/fhir/Procedure?page=2') return found(infusion('inf', ID, '2024-03-01'));
  return found();
}

async function startEhr(): Promise<Ehr> {
  const asked: string[] = [];
  const tokens = new Set<string>();
  const traces = new Set<string>();
  const server = createServer((req: IncomingMessage, res: ServerResponse) => {
    asked.push(req.url ?? '');
    tokens.add(req.headers.authorization ?? '');
    traces.add(String(req.headers['traceparent']));
    const { status, body, location } = started.answer(req.url ?? '');
    res.writeHead(status, {
      'content-type': 'application/fhir+json',
      ...(location === undefined ? {} : { location }),
    });
    res.end(body === undefined ? undefined : JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const started: Ehr = {
    base: `http://127.0.0.1:${port}/fhir`,
    server,
    asked,
    tokens,
    traces,
    answer: usual,
  };
  return started;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cartograph-cds-'));
  ehr = await startEhr();
  const pair = await generateKeyPair('ES384', { extractable: true });
  key = pair.privateKey;
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES384', use: 'sig' };
  const next = await generateKeyPair('RS384', { extractable: true });
  nextKey = next.privateKey;
  const nextJwk = { ...(await exportJWK(next.publicKey)), kid: 'k2', use: 'sig' };
  const clients = [
    { iss: 'https://ehr.example.org', jwks: { keys: [jwk, nextJwk] }, fhirServers: [ehr.base] },
  ];
  clientsFile = join(folder, 'clients.json');
  await writeFile(clientsFile, JSON.stringify({ baseUrl: BASE, clients }));
  service = await startTestService({ cdsClientsFile: clientsFile });
});
afterAll(async () => {
  await service.stop();
  ehr.server.closeAllConnections();
  await new Promise((done) => ehr.server.close(done));
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  expect.hasAssertions();
  ehr.asked.length = 0;
  ehr.tokens.clear();
  ehr.traces.clear();
  ehr.answer = usual;
});

const seconds = () => Math.floor(Date.now() / 1000);
let count = 0;

interface TokenParts {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly without?: string;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly signer?: CryptoKey | Uint8Array;
}

async function token({ claims = {}, without = '', header = {}, signer = key }: TokenParts = {}) {
  count += 1;
  const payload: Record<string, unknown> = {
    iss: 'https://ehr.example.org',
    aud: `${BASE}${HCT}`,
    iat: seconds(),
    exp: seconds() + 300,
    jti: `token-${count}`,
    ...claims,
  };
  delete payload[without];
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'ES384', typ: 'JWT', kid: 'k1', ...header })
    .sign(signer);
}

const call = (more: object = {}) => ({
  hook: 'patient-view',
  hookInstance: '0f2b2d6a-6a02-4f57-9f0b-0d6e7f3f3b11',
  context: { userId: 'Practitioner/p', patientId: ID },
  fhirServer: ehr.base,
  fhirAuthorization: {
    access_token: 'opaque',
    token_type: 'Bearer',
    expires_in: 300,
    scope: 'user/*.read',
    subject: 'cds-service',
  },
  ...more,
});

const ask = (bearer: string | undefined, body: unknown = call()) =>
  service.post(HCT, body, {
    'content-type': 'application/json',
    ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
  });

describe('a token', () => {
  it('of a registered client opens the door, once', async () => {
    const bearer = await token();
    expect((await ask(bearer)).status).toBe(200);
    expect((await ask(bearer)).status).toBe(401);
  });

  it('counts once at all instances together, however many ask at one time', async () => {
    const other = await startServiceOn(service.databaseUrl, { cdsClientsFile: clientsFile });
    const bearer = await token();
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${bearer}` };
    const body = JSON.stringify(call());
    const answers = await Promise.all(
      [service.url, other.url, other.url, service.url].map((url) =>
        fetch(`${url}${HCT}`, { method: 'POST', headers, body }),
      ),
    );
    await other.stop();
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401, 401]);
  });

  it('that is no longer taken is forgotten, and the id may be used by another issuer', async () => {
    const database = openDatabase({ url: service.databaseUrl, poolSize: 2 });
    const spend = (issuer: string, id: string, from: string, at: string) =>
      spendToken(database, { issuer, id, expiresAt: new Date(from) }, new Date(at));
    const asked = [
      await spend('a', 'x', '2001-01-01T01:00:00Z', '2001-01-01T00:00:00Z'),
      await spend('a', 'x', '2001-01-01T01:00:00Z', '2001-01-01T00:30:00Z'),
      await spend('b', 'x', '2001-01-01T01:00:00Z', '2001-01-01T00:30:00Z'),
      await spend('a', 'y', '2001-01-01T03:00:00Z', '2001-01-01T02:00:00Z'),
      await spend('a', 'x', '2001-01-01T03:00:00Z', '2001-01-01T02:00:01Z'),
    ];
    await database.end();
    expect(asked).toEqual([true, false, true, true, true]);
  });

  it.each<readonly [string, TokenParts]>([
    ['stale', { claims: { iat: seconds() - 900, exp: seconds() - 600 } }],
    ['from the future', { claims: { iat: seconds() + 600, exp: seconds() + 900 } }],
    ['made long ago', { claims: { iat: seconds() - 86_400 } }],
    ['for another place', { claims: { aud: `${BASE}/cds-services/other` } }],
    ['of an unknown issuer', { claims: { iss: 'https://other.example.org' } }],
    ['without expiry', { without: 'exp' }],
    ['without date', { without: 'iat' }],
    ['without id', { without: 'jti' }],
    ['without audience', { without: 'aud' }],
    ['with an unknown key', { header: { kid: 'k3' } }],
    ['with a key of another kind', { header: { kid: 'k2' } }],
  ])('that is %s is refused', async (_, parts) => {
    const { status, headers, body } = await ask(await token(parts));
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toBe('Bearer');
    expect(body.code).toBe('client-unauthenticated');
  });

  it('of either registered key is taken, so that one can take over from the other', async () => {
    expect((await ask(await token())).status).toBe(200);
    const signed = await token({ header: { alg: 'RS384', kid: 'k2' }, signer: nextKey });
    expect((await ask(signed)).status).toBe(200);
  });

  it('of an algorithm that is not on the list is refused, be the key right', async () => {
    const signer = (await importJWK(await exportJWK(nextKey), 'RS512')) as CryptoKey;
    const signed = await token({ header: { alg: 'RS512', kid: 'k2' }, signer });
    expect((await ask(signed)).status).toBe(401);
  });

  it('that takes the public key for a shared secret is refused', async () => {
    const secret = new TextEncoder().encode('x'.repeat(64));
    const signed = await token({ header: { alg: 'HS256', kid: 'k1' }, signer: secret });
    expect((await ask(signed)).status).toBe(401);
  });

  it('is asked for before the body is read, and for feedback too', async () => {
    expect((await service.post(HCT, '{', { 'content-type': 'application/json' })).status).toBe(401);
    const feedback = { feedback: [{ card: 'x', outcome: 'accepted' }] };
    expect((await service.post(`${HCT}/feedback`, feedback)).status).toBe(401);
  });

  it('signed with another key is refused, and its jku is not followed', async () => {
    const { privateKey } = await generateKeyPair('ES384');
    const header = { jku: `${ehr.base}/keys` };
    expect((await ask(await token({ signer: privateKey, header }))).status).toBe(401);
    expect(ehr.asked).toEqual([]);
  });

  it.each([
    undefined,
    '',
    'x.y.z',
    `${btoa('{"alg":"none"}')}.${btoa('{"iss":"https://ehr.example.org"}')}.`,
  ])('that is none is refused: %s', async (bearer) => {
    expect((await ask(bearer)).status).toBe(401);
  });
});

describe('the FHIR server of a call', () => {
  it('is asked within the trace of the call, where there are traces', async () => {
    const traced = await startServiceOn(service.databaseUrl, {
      cdsClientsFile: clientsFile,
      otlpEndpoint: 'http://127.0.0.1:9',
    });
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const bearer = await token();
    const { status } = await fetch(`${traced.url}${HCT}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${bearer}`,
        traceparent: `00-${trace}-00f067aa0ba902b7-01`,
      },
      body: JSON.stringify(call()),
    });
    await traced.stop();
    const [first, ...others] = ehr.traces;
    expect([status, others]).toEqual([200, []]);
    expect(first).toMatch(new RegExp(`^00-${trace}-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$`));
    ehr.traces.clear();
    await ask(await token());
    expect([...ehr.traces]).toEqual(['undefined']);
  });

  it('is asked for what prefetch lacks, with the token of the call, page by page', async () => {
    const { status, body } = await ask(await token());
    expect(status).toBe(200);
    expect(body.cards[0].summary).toMatch(/^HCT after CAR-T\. Cannot be decided/);
    expect([...ehr.tokens]).toEqual(['Bearer opaque']);
    expect(ehr.asked.toSorted()).toEqual([
      `/fhir/Condition?patient=${ID}`,
      `/fhir/MedicationAdministration?patient=${ID}`,
      `/fhir/MedicationStatement?patient=${ID}`,
      `/fhir/Observation?patient=${ID}`,
      `/fhir/Patient/${ID}`,
      '/fhir/Procedure?page=2',
      `/fhir/Procedure?patient=${ID}`,
    ]);
  });

  it('is not asked for what prefetch has, null included', async () => {
    const prefetch = { patient: patient(ID), conditions: null, procedures: null, observations: null };
    await ask(await token(), call({ prefetch }));
    expect(ehr.asked.toSorted()).toEqual([
      `/fhir/MedicationAdministration?patient=${ID}`,
      `/fhir/MedicationStatement?patient=${ID}`,
    ]);
  });

  it.each<readonly [string, (url: string) => ReturnType<Ehr['answer']>]>([
    ['refuses the token', () => ({ status: 401 })],
    ['does not know the patient', (url) => (url.includes('/Patient/') ? { status: 404 } : usual(url))],
    ['redirects', () => ({ status: 302, location: `${ehr.base}/elsewhere` })],
    [
      'has a page at another server',
      (url) =>
        url.includes('Observation')
          ? {
              status: 200,
              body: {
                resourceType: 'Bundle',
                type: 'searchset',
                link: [{ relation: 'next', url: 'http://127.0.0.1:9/fhir/Observation?page=2' }],
              },
            }
          : usual(url),
    ],
  ])('that %s gives no answer', async (_, answer) => {
    ehr.answer = answer;
    expect((await ask(await token())).status).toBe(412);
    expect(ehr.asked).not.toContain('/fhir/elsewhere');
  });

  it("that is this service's own is not asked where the registration does not name it", async () => {
    const { status, body } = await ask(await token(), call({ fhirServer: `${BASE}/fhir/R4` }));
    expect([status, body.code]).toEqual([412, 'hook-data-unavailable']);
  });

  it('that the registration does not name is not asked', async () => {
    const fhirServer = ehr.base.replace('127.0.0.1', 'localhost');
    expect((await ask(await token(), call({ fhirServer }))).status).toBe(412);
    expect(ehr.asked).toEqual([]);
  });
});

describe('the file of clients', () => {
  it.each([
    ['no JSON', '{'],
    ['no address', '{"clients":[]}'],
    [
      'a private key',
      JSON.stringify({
        baseUrl: BASE,
        clients: [{ iss: 'a', fhirServers: [], jwks: { keys: [{ kty: 'EC', d: 'x' }] } }],
      }),
    ],
  ])('with %s stops the start', async (_, text) => {
    const file = join(folder, 'wrong.json');
    await writeFile(file, text);
    await expect(startTestService({ cdsClientsFile: file })).rejects.toMatchObject({
      code: 'configuration-invalid',
    });
  });
});
