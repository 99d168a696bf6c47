import { Command } from 'commander';
import type { CommandContext } from './command-context.ts';

/** `cartograph rebuild [patient…]`: records made anew from what is stored; the service may run meanwhile. */
export function buildRebuildCommand({ output, progress }: CommandContext): Command {
  return new Command('rebuild')
    .description(
      'build the records of persons anew, all or those named; the database comes from the environment',
    )
    .argument('[patient...]', 'any Patient ids of the persons')
    .action(async (patients: readonly string[]) => {
      const [{ readConfig }, { withStore }, rebuild, { openRecords }] = await Promise.all([
        import('../config.ts'),
        import('../setup/open-store.ts'),
        import('../ingest/rebuild/rebuild-records.ts'),
        import('../setup/open-records.ts'),
      ]);
      const config = readConfig(process.env);
      const persons = await withStore(config, async ({ database }) => {
        const deps = await openRecords(config, database);
        if (patients.length > 0) return rebuild.rebuildRecordsOf(patients, deps);
        return rebuild.rebuildAllRecords(deps, (count) => progress.show(`${count} persons`));
      });
      progress.clear();
      await output.write({ persons });
    });
}
