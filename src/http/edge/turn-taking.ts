/** Runs work, at most so much of it at a time, the rest in the order of its coming. */
export type TakeTurn = <T>(work: () => Promise<T>) => Promise<T>;

export function turnTaking(atOnce: number): TakeTurn {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= atOnce) await new Promise<void>((go) => waiting.push(go));
    else running += 1;
    try {
      return await work();
    } finally {
      // The turn is handed on; only where nobody waits is it given back.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
