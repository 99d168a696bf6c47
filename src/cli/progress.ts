import type { WriteStream } from 'node:tty';

/** One line on a terminal that counts; nothing at all where nobody looks. */
export interface Progress {
  show(text: string): void;
  clear(): void;
}

const INTERVAL_MS = 100;

/** Redraws at most ten times a second. `now` is a clock in milliseconds. */
export function buildProgress(stream: WriteStream, now: () => number): Progress {
  if (!stream.isTTY) return { show: () => undefined, clear: () => undefined };
  let last = 0;
  let shown = false;
  return {
    show(text) {
      if (now() - last < INTERVAL_MS) return;
      last = now();
      shown = true;
      stream.write(`\r\u001b[K${text}`);
    },
    clear() {
      if (shown) stream.write('\r\u001b[K');
      shown = false;
    },
  };
}
