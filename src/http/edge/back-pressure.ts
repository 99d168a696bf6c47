/** Refuses with 503 what the service cannot take on now, instead of taking it on and failing all. */
import type { Request, RequestHandler } from 'express';
import { rejection } from '../../core/cartograph-error.ts';

export interface Limits {
  /** Requests in hand at one time. */
  readonly maxActive: number;
  /** Bytes of their bodies, as announced or, where more have come, as received and decompressed; all together. */
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

const holds = new WeakMap<Request, (received: number) => void>();

/** So many bytes of the request's body have come. Throws `service-busy` where they are too many, with those of others. */
export function holdBody(req: Request, received: number): void {
  holds.get(req)?.(received);
}

export function createBackPressure({ maxActive, maxBytes }: Limits): BackPressure {
  let active = 0;
  let bytes = 0;
  let refused = 0;
  const refuse = (): Error => {
    refused += 1;
    return rejection('service-busy', 'Too many requests are in hand');
  };
  const admit: RequestHandler = (req, res, next) => {
    const announced = Number(req.get('content-length') ?? 0);
    let held = Number.isFinite(announced) ? announced : 0;
    // A single body is the business of the limit on bodies.
    if (active >= maxActive || (active > 0 && bytes + held > maxBytes)) throw refuse();
    active += 1;
    bytes += held;
    // What comes in chunks or compressed is larger than was announced.
    holds.set(req, (received) => {
      const more = Math.max(0, received - held);
      if (more > 0 && active > 1 && bytes + more > maxBytes) throw refuse();
      held += more;
      bytes += more;
    });
    res.once('close', () => {
      active -= 1;
      bytes -= held;
    });
    next();
  };
  return { admit, load: () => ({ active, bytes, refused }) };
}
