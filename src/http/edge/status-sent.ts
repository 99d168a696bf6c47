import type { Response } from 'express';

/** The HTTP status, or `aborted` where the caller did not wait for the whole answer. To be asked once it is closed. */
export function statusSent(res: Response): number | 'aborted' {
  return res.writableFinished ? res.statusCode : 'aborted';
}
