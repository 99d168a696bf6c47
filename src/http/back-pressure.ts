/** Refuses with 503 what the service cannot take on now, instead of taking it on and failing all. */
import type { RequestHandler } from 'express';
import { rejection } from '../core/cartograph-error.ts';

export interface Limits {
  /** Requests in hand at one time. */
  readonly maxActive: number;
  /** Bytes of their bodies, as announced, all together. */
  readonly maxBytes: number;
}

/** Counts a request until its answer is sent or its caller has gone. */
export function backPressure({ maxActive, maxBytes }: Limits): RequestHandler {
  let active = 0;
  let bytes = 0;
  return (req, res, next) => {
    const announced = Number(req.get('content-length') ?? 0);
    const size = Number.isFinite(announced) ? announced : 0;
    // A single body is the business of the limit on bodies.
    if (active >= maxActive || (active > 0 && bytes + size > maxBytes)) {
      throw rejection('service-busy', 'Too many requests are in hand');
    }
    active += 1;
    bytes += size;
    res.once('close', () => {
      active -= 1;
      bytes -= size;
    });
    next();
  };
}
