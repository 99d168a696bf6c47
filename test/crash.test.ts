import { rm } from 'node:fs/promises';
import { runCrashRounds } from './support/crash-rounds.ts';
import { makeDataFolder } from './support/test-database.ts';

/** `npm run crash -- --rounds 100` is the long run. */
const ROUNDS = 8;

let dataFolder: string;
beforeAll(async () => {
  dataFolder = await makeDataFolder();
});
afterAll(() => rm(dataFolder, { recursive: true, force: true }));

it(`loses nothing that it acknowledged and keeps nothing by halves or twice, ${ROUNDS} times`, async () => {
  const { faults, exitCode, acknowledged, records } = await runCrashRounds(dataFolder, ROUNDS);
  expect({ faults, exitCode }).toEqual({ faults: [], exitCode: 0 });
  expect(acknowledged).toBeGreaterThan(ROUNDS);
  expect(records).toBeGreaterThan(0);
}, 240_000);
