import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { startTestService, type TestService } from '../support/service.ts';

const FOLDER = join(process.env['CARTOGRAPH_SHARED'] ?? '../shared', 'fhir/synthea');
const isThere = existsSync(FOLDER);
if (!isThere) process.stderr.write(`Skipped: Synthea histories, for there is no ${FOLDER}\n`);

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());
beforeEach(() => expect.hasAssertions());

(isThere ? it : it.skip)(
  'stores twelve whole histories in which nobody had CAR-T cells',
  async () => {
    const persons: string[] = [];
    for (const name of readdirSync(FOLDER).filter((file) => file.endsWith('.json.gz'))) {
      const text = gunzipSync(readFileSync(join(FOLDER, name))).toString();
      const sent = JSON.parse(text).entry.length;
      const { status, body } = await service.post('/fhir/R4', text);
      const locations = body.entry.map(
        ({ response }: { response: { location: string } }) => response.location,
      );
      expect([status, locations.length]).toEqual([200, sent]);
      persons.push(...locations.flatMap((one: string) => /^Patient\/([^/]+)/.exec(one)?.[1] ?? []));
    }
    expect(persons).toHaveLength(12);
    expect((await service.get('/cohort/patients')).body.patients).toEqual([]);
    for (const id of persons) {
      const { body } = await service.get(`/cohort/patients/${id}`);
      expect([body.record.id, body.record.courses]).toEqual([id, []]);
    }
  },
  120_000,
);
