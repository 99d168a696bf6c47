import { setTimeout as sleep } from 'node:timers/promises';
import { exported, linesOf } from '../../support/bulk-client.ts';
import { patient } from '../../support/bundles.ts';
import { startTestService, type TestService } from '../../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());
beforeEach(() => expect.hasAssertions());

/** More than fits between two ends of a connection. */
const PATIENTS = 12;
const LONG_NAME = 'x'.repeat(900_000);

it('takes a caller that goes away in the midst of a file for no fault', async () => {
  for (let n = 0; n < PATIENTS; n += 1) {
    await service.put(`/fhir/R4/Patient/p${n}`, patient(`p${n}`, { name: [{ text: LONG_NAME }] }));
  }
  const { output } = await exported(service, '/fhir/R4/$export');
  expect(await linesOf(output)).toHaveLength(PATIENTS);
  const away = new AbortController();
  const response = await fetch(output[0]?.url ?? '', { signal: away.signal });
  expect(response.status).toBe(200);
  away.abort();
  while (!service.logged().includes('"status":"aborted"')) await sleep(20);
  expect(service.logged()).not.toContain('"fault"');
}, 60_000);
