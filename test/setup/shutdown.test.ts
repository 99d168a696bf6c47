import { createShutdown } from '../../src/setup/shutdown.ts';

beforeEach(() => expect.hasAssertions());

function gate(): { readonly passed: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const passed = new Promise<void>((done) => {
    open = done;
  });
  return { passed, open };
}

it('ends the work before it closes, once, and says how far it is', async () => {
  const shutdown = createShutdown();
  const work = gate();
  const seen: string[] = [shutdown.phase()];
  const steps = {
    delayMs: 0,
    endWork: async () => {
      seen.push(`end ${shutdown.phase()}`);
      await work.passed;
    },
    close: async () => {
      seen.push('close');
    },
  };
  const first = shutdown.stop(steps);
  seen.push(shutdown.phase());
  const second = shutdown.stop(steps);
  expect(second).toBe(first);
  work.open();
  await first;
  expect(seen).toEqual(['serving', 'leaving', 'end stopping', 'close']);
});

it('waits neither for balancers nor for work once it has to hurry', async () => {
  const shutdown = createShutdown();
  const seen: string[] = [];
  const stopped = shutdown.stop({
    delayMs: 3_600_000,
    endWork: (hurry) => {
      seen.push(`hurry ${hurry.aborted}`);
      return new Promise(() => undefined);
    },
    close: async () => {
      seen.push('close');
    },
  });
  shutdown.hurry();
  await stopped;
  expect(seen).toEqual(['hurry true', 'close']);
});
