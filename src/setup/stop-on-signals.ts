/** SIGINT and SIGTERM: the first stops the service in order, the next cuts short what it waits for. */

/** Milliseconds for which a start that is under way is waited for, so that it can be undone in order. */
const START_PATIENCE_MS = 10_000;

export interface Stoppable {
  stop(): Promise<void>;
  hurry(): void;
}

/**
 * Listens at once, for a signal may come while the service starts: it is then stopped as soon as it has. The answer is
 * to be told of the service. Ends the process: 0 where the service has stopped in order, else 1.
 */
export function stopOnSignals(onFault: (error: unknown) => void): (service: Stoppable) => void {
  let signals = 0;
  let running: Stoppable | undefined;
  const stop = (service: Stoppable): void => {
    service.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        onFault(error);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      signals += 1;
      if (running === undefined) {
        if (signals > 1) process.exit(1);
        setTimeout(() => running ?? process.exit(1), START_PATIENCE_MS).unref();
      } else if (signals === 1) stop(running);
      else running.hurry();
    });
  }
  return (service) => {
    running = service;
    if (signals > 0) stop(service);
  };
}
