#!/usr/bin/env node
/** The `cartograph` command. */
import { runCommandLine } from './run-command-line.ts';

const status = await runCommandLine(process.argv.slice(2));
// A service that could not be started has set its own status by then.
process.exitCode = process.exitCode || status;
