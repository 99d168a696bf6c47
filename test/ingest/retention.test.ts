import { removeOldVersions } from '../../src/store/version-retention.ts';
import { infusion, patient } from '../support/bundles.ts';
import { startTestService } from '../support/service.ts';
import { startServiceWithDatabase } from '../support/service-with-database.ts';

const DAY_MS = 86_400_000;

const { service, database, client, stop } = await startServiceWithDatabase(2);
afterAll(stop);
beforeEach(() => expect.hasAssertions());

/** Each version of the resource gets its age, the oldest first. */
async function age(id: string, days: readonly number[]): Promise<void> {
  for (const [index, day] of days.entries()) {
    for (const table of ['resource', 'resource_history']) {
      await client.query(
        `update ${table} set last_updated = now() - make_interval(days => $3) where id = $1 and version = $2`,
        [id, index + 1, day],
      );
    }
  }
}

async function kept(id: string): Promise<readonly number[]> {
  const { rows } = await client.query<{ version: number }>(
    'select version from resource_history where id = $1 order by 1',
    [id],
  );
  return rows.map(({ version }) => version);
}

function daysAgo(days: number): Date {
  return new Date(Date.now() - days * DAY_MS);
}

it('removes what was replaced before, keeps what was current then or later, and refuses what it cannot tell', async () => {
  await service.put('/fhir/R4/Patient/p', patient('p'));
  await age('p', [400]);
  for (const date of ['2023-01-10', '2023-01-11', '2023-01-12', '2023-01-13']) {
    await service.put('/fhir/R4/Procedure/i', infusion('i', 'p', date));
  }
  await age('i', [300, 200, 90, 1]);
  await service.put('/fhir/R4/Patient/gone', patient('gone'));
  await service.put('/fhir/R4/Patient/gone', patient('gone', { gender: 'male' }));
  await service.send('/fhir/R4/Patient/gone', { method: 'DELETE' });
  await age('gone', [300, 200, 150]);
  const knownAt = (days: number) =>
    service.get(`/cohort/patients/p/hct-history?knownAsOf=${daysAgo(days).toISOString()}`);
  expect((await knownAt(250)).status).toBe(200);

  // Of the procedure, the second was replaced 90 days ago, the third a day ago: at the cutoff the second was current.
  expect(await removeOldVersions(database, daysAgo(100))).toBe(3);
  expect([await kept('i'), await kept('gone'), await kept('p')]).toEqual([[2, 3], [3], []]);
  expect((await knownAt(95)).status).toBe(200);
  const refused = await knownAt(101);
  expect([refused.status, refused.body.code]).toEqual([410, 'versions-not-kept']);
  expect((await service.get('/fhir/R4/Procedure/i/_history/1')).status).toBe(404);
  expect((await service.get('/fhir/R4/Procedure/i/_history/2')).body.performedDateTime).toBe('2023-01-11');
  expect((await service.get('/fhir/R4/Procedure/i/_history')).body.total).toBe(3);
  expect((await service.get('/fhir/R4/Patient/gone')).status).toBe(410);
  const again = await service.put('/fhir/R4/Patient/gone', patient('gone'));
  expect([again.status, again.headers.get('etag')]).toEqual([201, 'W/"4"']);

  // What was forgotten stays forgotten when more is asked to be kept.
  expect(await removeOldVersions(database, daysAgo(200))).toBe(0);
  expect((await knownAt(150)).body.code).toBe('versions-not-kept');
  expect(await removeOldVersions(database, daysAgo(100))).toBe(0);
});

it('is done by a service that is told to, and by no other', async () => {
  await service.put('/fhir/R4/Patient/q', patient('q'));
  await service.put('/fhir/R4/Patient/q', patient('q', { gender: 'male' }));
  await age('q', [30, 20]);
  await service.get('/health/ready');
  expect(await kept('q')).toEqual([1]);
  const remover = await startTestService({ databaseUrl: service.databaseUrl, versionRetentionDays: 10 });
  try {
    for (let n = 0; n < 500 && (await kept('q')).length > 0; n += 1) await remover.get('/health/ready');
  } finally {
    await remover.stop();
  }
  expect(await kept('q')).toEqual([]);
}, 120_000);
