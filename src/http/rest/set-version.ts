import type { Response } from 'express';

/** Headers that name the version. */
export function setVersion(res: Response, version: number, lastUpdated: Date): void {
  res.set({ ETag: `W/"${version}"`, 'Last-Modified': lastUpdated.toUTCString() });
}
