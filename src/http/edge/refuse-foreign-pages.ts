import type { RequestHandler } from 'express';
import { rejection } from '../../core/cartograph-error.ts';
import { quote } from '../../core/finding.ts';
import { originOf } from './known-host.ts';

/** They change nothing, and browsers keep their answers from pages that may not read them. */
const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses what a page of another origin has a browser send, unless the origin is allowed. CORS alone keeps such a page
 * from reading the answer, not from having something done. Throws `origin-refused`.
 */
export function refuseForeignPages(allowed: readonly string[]): RequestHandler {
  const known = new Set(allowed);
  return (req, _res, next) => {
    const origin = req.get('origin');
    if (origin !== undefined && !READING.has(req.method) && !known.has(origin) && origin !== originOf(req)) {
      throw rejection('origin-refused', 'Pages of this origin may not call', {
        expression: 'Origin',
        found: quote(origin),
        expected: 'an origin of CARTOGRAPH_CORS_ORIGINS',
      });
    }
    next();
  };
}
