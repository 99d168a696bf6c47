/** Refuses with 503 what the service cannot take on now, instead of taking it on and failing all. */
import type { RequestHandler } from 'express';
import { rejection } from '../core/cartograph-error.ts';

export interface Limits {
  /** Requests in hand at one time. */
  readonly maxActive: number;
  /** Bytes of their bodies, as announced, all together. */
  readonly maxBytes: number;
}

/** What is in hand. */
export interface Load {
  readonly active: number;
  readonly bytes: number;
  /** Requests refused since the start. */
  readonly refused: number;
}

export interface BackPressure {
  /** Counts a request until its answer is sent or its caller has gone. */
  readonly admit: RequestHandler;
  readonly load: () => Load;
}

export function createBackPressure({ maxActive, maxBytes }: Limits): BackPressure {
  let active = 0;
  let bytes = 0;
  let refused = 0;
  const admit: RequestHandler = (req, res, next) => {
    const announced = Number(req.get('content-length') ?? 0);
    const size = Number.isFinite(announced) ? announced : 0;
    // A single body is the business of the limit on bodies.
    if (active >= maxActive || (active > 0 && bytes + size > maxBytes)) {
      refused += 1;
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
  return { admit, load: () => ({ active, bytes, refused }) };
}
