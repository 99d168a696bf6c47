import { createServer, type Server, type ServerResponse } from 'node:http';
import { ASYNC, finished, type Line, linesOf, manifestOf } from '../../support/bulk-client.ts';
import { vitalStatus } from '../../support/bundles.ts';
import { startTestService, type TestService } from '../../support/service.ts';

let files: Server;
let address: string;
let service: TestService;
let asked: readonly string[] = [];
let stalled: (() => void) | undefined;

const good = (id: string): string =>
  `${JSON.stringify(vitalStatus(id, { reference: 'Patient/p' }, '2024-01-01'))}\n`;
/** More than one transaction takes. */
const MANY = Array.from({ length: 450 }, (_, n) => good(`line-${n}`)).join('');

/** Sends so much, and breaks off. */
function breakOff(res: ServerResponse, etag: string, body: string): void {
  res.writeHead(200, { etag });
  res.write(body, () => setImmediate(() => res.destroy()));
}

beforeAll(async () => {
  files = createServer((req, res) => {
    const path = req.url ?? '';
    asked = [...asked, path];
    const times = asked.filter((one) => one === path).length;
    if (path === '/replaced') {
      if (times === 1) breakOff(res, '"1"', `no JSON\n${MANY}`);
      else res.writeHead(200, { etag: '"2"' }).end(`${good('other')}no JSON\n`);
    } else if (path === '/never') {
      breakOff(res, `"${times}"`, '{');
    } else if (path === '/whole') {
      res.writeHead(200).end(good('whole'));
    } else {
      res.writeHead(200).write(good('first'), () => stalled?.());
    }
  });
  await new Promise<void>((done) => files.listen(0, '127.0.0.1', done));
  const bound = files.address();
  address = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}`;
  service = await startTestService({ importHosts: [address] });
});
afterAll(() => {
  files.closeAllConnections();
  files.close();
});
beforeEach(() => expect.hasAssertions());

async function kickOff(path: string): Promise<string> {
  const parameter = [{ name: 'url', valueUrl: `${address}${path}` }];
  const { headers } = await service.post(
    '/fhir/R4/$import',
    { resourceType: 'Parameters', parameter },
    ASYNC,
  );
  return headers.get('content-location') ?? '';
}

it('tells of a file that was replaced while it was read only what is wrong with the new one', async () => {
  const manifest = await manifestOf(await kickOff('/replaced'));
  expect(manifest).toMatchObject({ input: [{ stored: 1, unchanged: 0, failed: 1 }] });
  const errors = await linesOf(manifest.error);
  expect(errors.map(({ extension }) => extension[0].extension[1].valuePositiveInt)).toEqual([2]);
});

it('gives up a download that breaks off and is another one each time', async () => {
  const response = await finished(await kickOff('/never'));
  const { issue }: Line = await response.json();
  expect([response.status, issue[0].details.coding[0].code]).toEqual([422, 'import-source-unreadable']);
  expect(asked.filter((path) => path === '/never')).toHaveLength(6);
}, 30_000);

it('lets the next import begin where one is cancelled whose download says nothing more', async () => {
  const reading = new Promise<void>((done) => {
    stalled = done;
  });
  const silent = await kickOff('/silent');
  await reading;
  const next = await kickOff('/whole');
  expect((await fetch(silent, { method: 'DELETE' })).status).toBe(202);
  expect(await manifestOf(next)).toMatchObject({ input: [{ stored: 1 }] });
  const { status } = await service.get('/fhir/R4/Observation/first');
  expect(status).toBe(404);
}, 90_000);

it('stops though a download says nothing more', async () => {
  const reading = new Promise<void>((done) => {
    stalled = done;
  });
  await kickOff('/silent');
  await reading;
  await service.stop();
  expect(asked).toContain('/silent');
}, 30_000);
