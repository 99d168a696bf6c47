import type { Logger } from 'pino';

/** What comes from outside the program: time, randomness, and where the log goes. */
export interface Surroundings {
  readonly now: () => Date;
  readonly newId: () => string;
  readonly log: Logger;
}
