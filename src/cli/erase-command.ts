import { Command } from 'commander';
import { rejection } from '../core/cartograph-error.ts';
import type { CommandContext } from './command-context.ts';

/** `cartograph erase <patient>`: a person's resources, versions and record, for good; says how much that was. */
export function buildEraseCommand({ output }: CommandContext): Command {
  return new Command('erase')
    .description('remove a person for good; the database comes from the environment')
    .argument('<patient>', 'any Patient id of the person')
    .option(
      '--cancel-imports',
      'end imports that wait or run, whose files may hold the person; else they stand in the way',
    )
    .action(async (patientId: string, { cancelImports }: { readonly cancelImports?: boolean }) => {
      const [{ readConfig }, { withStore }, { erasePerson }] = await Promise.all([
        import('../config.ts'),
        import('../setup/open-store.ts'),
        import('../ingest/erasure/erase-person.ts'),
      ]);
      const erased = await withStore(readConfig(process.env), ({ database }) =>
        erasePerson(database, { patientId, now: new Date(), cancelsImports: cancelImports === true }),
      );
      if (erased === undefined)
        throw rejection('resource-not-found', 'Nothing is stored of a Patient of that id');
      await output.write(erased);
    });
}
