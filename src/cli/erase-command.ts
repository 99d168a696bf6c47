import { Command } from 'commander';
import { rejection } from '../core/cartograph-error.ts';
import type { CommandContext } from './command-context.ts';

/** `cartograph erase <patient>`: a person's resources, versions and record, for good; says how much that was. */
export function buildEraseCommand({ output }: CommandContext): Command {
  return new Command('erase')
    .description('remove a person for good; the database comes from the environment')
    .argument('<patient>', 'any Patient id of the person')
    .action(async (patient: string) => {
      const [{ readConfig }, { withStore }, { erasePerson }] = await Promise.all([
        import('../config.ts'),
        import('../setup/open-store.ts'),
        import('../store/erase-person.ts'),
      ]);
      const erased = await withStore(readConfig(process.env), ({ database }) =>
        erasePerson(database, patient, new Date()),
      );
      if (erased === undefined) throw rejection('resource-not-found', 'No Patient of that id is stored');
      await output.write(erased);
    });
}
