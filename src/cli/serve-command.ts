import { Command } from 'commander';

/** `cartograph serve`: the service, with its settings from the environment; resolves once it listens. */
export function buildServeCommand(): Command {
  return new Command('serve')
    .description('start the service; settings come from the environment')
    .action(async () => {
      // Loaded only here: nothing of the server is needed by the other commands.
      await import('../main.ts');
    });
}
