/** The service as a process. */
import { setFlagsFromString } from 'node:v8';
import { pino } from 'pino';
import { v7 } from 'uuid';
import { startService } from './app.ts';
import { readConfig } from './config.ts';
import { CartographError } from './core/cartograph-error.ts';
import { describeFault } from './http/edge/error-responses.ts';
import { stopOnSignals } from './setup/stop-on-signals.ts';

/** The command line's statuses: 2 for wrong usage, which wrong settings are. */
const WRONG_USAGE: ReadonlySet<string> = new Set(['configuration-invalid', 'bind-refused']);

// By itself V8 lets a heap grow to a multiple of what lives in it before it cleans up: under load 400 MB, for 60 MB that
// live. Cleaning up at 1.4 times costs no measurable processor time here, and keeps the pauses short.
setFlagsFromString('--heap-growing-percent=40');

try {
  const config = readConfig(process.env);
  const log = pino({ level: config.logLevel, base: null });
  const onFault = (error: unknown): void => log.error(describeFault(error), 'fault');
  const started = stopOnSignals(onFault);
  // Ids that rise with time: random ones would touch a page of each index by id for every resource.
  started(await startService(config, { now: () => new Date(), newId: () => v7(), log }));
  // What Node would print of an error that nobody caught may quote data of patients.
  process.on('uncaughtException', (error) => {
    log.fatal(describeFault(error), 'fault');
    process.exit(1);
  });
} catch (error) {
  if (!(error instanceof CartographError)) throw error;
  for (const { code, message, found, expected } of error.findings) {
    process.stderr.write(`${JSON.stringify({ code, message, found, expected })}\n`);
  }
  process.exitCode = WRONG_USAGE.has(error.code) ? 2 : 1;
}
