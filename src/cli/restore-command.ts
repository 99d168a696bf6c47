import { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { summariseBackup } from './summarise-backup.ts';

/** `cartograph restore <folder>`: a backup in the place of what is stored; no service may be at work. */
export function buildRestoreCommand({ output }: CommandContext): Command {
  return new Command('restore')
    .description('put a backup into the database that the environment names; every service must be stopped')
    .argument('<folder>', 'as `cartograph backup` wrote it')
    .option('--replace', 'remove what is stored before', false)
    .action(async (folder: string, { replace }: { readonly replace: boolean }) => {
      const [{ readConfig }, { openStore }, { restoreBackup }, { migrate }] = await Promise.all([
        import('../config.ts'),
        import('../setup/open-store.ts'),
        import('../store/backup/restore-backup.ts'),
        import('../store/migrate.ts'),
      ]);
      const { url, database, close } = await openStore(readConfig(process.env));
      try {
        const manifest = await restoreBackup({ url, folder, replace });
        await migrate(database);
        await output.write(summariseBackup(manifest));
      } finally {
        await close();
      }
    });
}
