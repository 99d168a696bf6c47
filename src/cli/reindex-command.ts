import { Command } from 'commander';
import type { CommandContext } from './command-context.ts';

/** `cartograph reindex`: what resources are found by, made anew; the service may run meanwhile. */
export function buildReindexCommand({ output }: CommandContext): Command {
  return new Command('reindex')
    .description('index all stored resources anew; the database comes from the environment')
    .action(async () => {
      const [{ readConfig }, { withStore }, { reindex }] = await Promise.all([
        import('../config.ts'),
        import('../setup/open-store.ts'),
        import('../ingest/rebuild/reindex.ts'),
      ]);
      const resources = await withStore(readConfig(process.env), ({ database }) => reindex(database));
      await output.write({ resources });
    });
}
