import { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { summariseBackup } from './summarise-backup.ts';

/** `cartograph backup <folder>`: all that is stored, as of one instant; the service may run meanwhile. */
export function buildBackupCommand({ output }: CommandContext): Command {
  return new Command('backup')
    .description(
      'write all that is stored, as of one instant, into a new folder; the database comes from the environment',
    )
    .argument('<folder>', 'not there yet, or empty')
    .action(async (folder: string) => {
      const [{ readConfig }, { withStore }, { writeBackup }, { readVersion }] = await Promise.all([
        import('../config.ts'),
        import('../setup/open-store.ts'),
        import('../store/backup/write-backup.ts'),
        import('../setup/read-version.ts'),
      ]);
      const software = await readVersion();
      const manifest = await withStore(readConfig(process.env), ({ url }) =>
        writeBackup({ url, folder, software, now: new Date() }),
      );
      await output.write(summariseBackup(manifest));
    });
}
