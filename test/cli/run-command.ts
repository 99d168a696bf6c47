import { Writable } from 'node:stream';
import type { Command } from 'commander';
import type { CommandContext } from '../../src/cli/command-context.ts';
import { FindingsReport } from '../../src/cli/findings-report.ts';
import { buildNdjsonOutput } from '../../src/cli/ndjson-output.ts';

const PROGRESS = { show: () => undefined, clear: () => undefined };

/** Runs one subcommand in this process, for tests that make many calls; throws what it throws. */
export async function runCommand(
  build: (context: CommandContext) => Command,
  args: readonly string[],
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const [stdout, stderr] = [collector(), collector()];
  const context: CommandContext = {
    output: buildNdjsonOutput(stdout.stream),
    report: new FindingsReport(stderr.stream, PROGRESS),
    progress: PROGRESS,
    stderr: stderr.stream,
    today: '2025-06-30',
  };
  await build(context).exitOverride().parseAsync(args, { from: 'user' });
  return { stdout: stdout.text(), stderr: stderr.text() };
}

function collector(): { readonly stream: Writable; readonly text: () => string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') };
}
