/** Does the work, now or as a promise, and tells how it ended; answers or throws what the work does. */
export function afterwards<T>(work: () => T, ended: (outcome: 'ok' | 'failed', error?: unknown) => void): T {
  try {
    const result = work();
    if (result instanceof Promise) {
      result.then(
        () => ended('ok'),
        (error: unknown) => ended('failed', error),
      );
    } else {
      ended('ok');
    }
    return result;
  } catch (error) {
    ended('failed', error);
    throw error;
  }
}
