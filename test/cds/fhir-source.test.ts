/** What is fetched from a FHIR server has limits in time, bytes and pages; a real server answers. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openFhirSource } from '../../src/cds/fhir-source.ts';

let server: Server;
let base: string;
let asked: (string | undefined)[];
let answer: (url: string, res: ServerResponse) => void;

beforeAll(async () => {
  server = createServer((req, res) => {
    asked.push(req.url);
    answer(req.url ?? '', res);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});
beforeEach(() => {
  asked = [];
});

const open = (limits: { readonly timeoutMs?: number; readonly maxBytes?: number } = {}) =>
  openFhirSource({ base, token: 'opaque', timeoutMs: 5_000, maxBytes: 100_000, ...limits });
const page = (next?: string) => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry: [{ resource: { resourceType: 'Observation', id: 'a' } }],
  ...(next === undefined ? {} : { link: [{ relation: 'next', url: next }] }),
});
const send = (res: ServerResponse, body: object) => res.end(JSON.stringify(body));

describe('openFhirSource', () => {
  it('finds what there is', async () => {
    answer = (_, res) => send(res, page());
    expect(await open().find('Observation?patient=1')).toEqual([{ resourceType: 'Observation', id: 'a' }]);
    expect(asked).toEqual(['/fhir/Observation?patient=1']);
  });

  it('gives up on a server that does not answer in time', async () => {
    answer = () => undefined;
    expect(await open({ timeoutMs: 50 }).find('Observation')).toBeUndefined();
  });

  it('gives up on a server that begins and does not end', async () => {
    answer = (_, res) => res.write('{"resourceType":');
    expect(await open({ timeoutMs: 50 }).find('Observation')).toBeUndefined();
  });

  it('the limit of bytes is that of the whole call', async () => {
    answer = (_, res) => send(res, page());
    const size = JSON.stringify(page()).length;
    const source = open({ maxBytes: 2 * size });
    expect(await source.find('Observation')).toHaveLength(1);
    expect(await source.find('Condition')).toHaveLength(1);
    expect(await source.find('Procedure')).toBeUndefined();
  });

  it('pages that never end are not followed for ever', async () => {
    answer = (_, res) => send(res, page(`${base}/Observation?page=next`));
    expect(await open().find('Observation')).toBeUndefined();
    expect(asked).toHaveLength(20);
  });

  it.each([
    ['another host', 'http://localhost:1/fhir/Observation'],
    ['a path above the base', '../other/Observation'],
    ['a base that only begins alike', '/fhir-other/Observation'],
  ])('a next page at %s is not asked for', async (_, next) => {
    answer = (_url, res) => send(res, page(next));
    expect(await open().find('Observation')).toBeUndefined();
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['no JSON', 'x'],
    ['no resource', '[]'],
    ['an OperationOutcome', '{"resourceType":"OperationOutcome"}'],
  ])('%s is no answer', async (_, body) => {
    answer = (_url, res) => res.end(body);
    expect(await open().find('Observation')).toBeUndefined();
  });
});
