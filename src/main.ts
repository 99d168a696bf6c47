/** The service as a process. */
import { setFlagsFromString } from 'node:v8';
import { pino } from 'pino';
import { v7 } from 'uuid';
import { startService } from './app.ts';
import { readConfig } from './config.ts';
import { CartographError } from './core/cartograph-error.ts';
import { describeFault } from './http/edge/error-responses.ts';

/** The command line's statuses: 2 for wrong usage, which wrong settings are. */
const WRONG_USAGE: ReadonlySet<string> = new Set(['configuration-invalid', 'bind-refused']);

// By itself V8 lets a heap grow to a multiple of what lives in it before it cleans up: under load 400 MB, for 60 MB that
// live. Cleaning up at 1.4 times costs no measurable processor time here, and keeps the pauses short.
setFlagsFromString('--heap-growing-percent=40');

try {
  const config = readConfig(process.env);
  const log = pino({ level: config.logLevel, base: null });
  // Ids that rise with time: random ones would touch a page of each index by id for every resource.
  const service = await startService(config, { now: () => new Date(), newId: () => v7(), log });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      service.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error(describeFault(error), 'fault');
          process.exit(1);
        },
      );
    });
  }
} catch (error) {
  if (!(error instanceof CartographError)) throw error;
  for (const { code, message, found, expected } of error.findings) {
    process.stderr.write(`${JSON.stringify({ code, message, found, expected })}\n`);
  }
  process.exitCode = WRONG_USAGE.has(error.code) ? 2 : 1;
}
