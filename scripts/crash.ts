/**
 * `npm run crash -- --rounds 100`: kill -9 of the service and of its PostgreSQL, as test/crash.test.ts, as often as
 * asked. Last line: what was found; exit 1 where something was lost, halved or doubled.
 */
import { rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { runCrashRounds } from '../test/support/crash-rounds.ts';
import { makeDataFolder } from '../test/support/test-database.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '20' } } });
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds: expected a whole number from 1');

const dataFolder = await makeDataFolder();
try {
  const result = await runCrashRounds(dataFolder, rounds, (round) => {
    if (round % 10 === 0) process.stderr.write(`${round} rounds\n`);
  });
  for (const fault of result.faults.slice(0, 100)) process.stdout.write(`${fault}\n`);
  process.stdout.write(
    `crash: ${rounds} rounds, ${result.acknowledged} deliveries acknowledged, ${result.records} records compared, ` +
      `${result.faults.length} faults\n`,
  );
  process.exitCode = result.faults.length === 0 && result.exitCode === 0 ? 0 : 1;
} finally {
  await rm(dataFolder, { recursive: true, force: true });
}
