import { Command } from 'commander';
import type { Examined } from '../doctor/examination.ts';
import type { CommandContext } from './command-context.ts';
import { rejectionsOf } from './rejections-of.ts';

/** `cartograph doctor`: would a service with these settings work, and is anything wrong with what is stored. */
export function buildDoctorCommand({ output }: CommandContext): Command {
  return new Command('doctor')
    .description(
      'look at settings, mappings, guide and database, and change nothing; status 1 where something fails',
    )
    .option('--ndjson', 'one JSON object a check instead of a line', false)
    .action(async ({ ndjson }: { readonly ndjson: boolean }) => {
      const show = async (one: Examined): Promise<void> => {
        if (one.verdict === 'fail') process.exitCode = 1;
        if (ndjson) await output.write(one);
        else process.stdout.write(`${one.verdict.padEnd(5)}${one.check.padEnd(19)}${one.detail}\n`);
      };
      const [{ readConfig }, { examineInstallation }] = await Promise.all([
        import('../config.ts'),
        import('../doctor/examine-installation.ts'),
      ]);
      const config = rejectionsOf(() => readConfig(process.env));
      if ('findings' in config) {
        for (const { message } of config.findings)
          await show({ check: 'settings', verdict: 'fail', detail: message });
        return;
      }
      await show({ check: 'settings', verdict: 'ok', detail: 'all understood' });
      for await (const one of examineInstallation(config.value, process.version, () => new Date()))
        await show(one);
    });
}
