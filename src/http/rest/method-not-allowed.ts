import type { RequestHandler, Router } from 'express';
import { rejection } from '../../core/cartograph-error.ts';

/** Answers 405 with what is allowed. */
export function methodNotAllowed(methods: readonly string[]): RequestHandler {
  return (req, res) => {
    res.set('Allow', methods.join(', '));
    throw rejection('method-unsupported', `${req.method} is not offered here`, {
      found: req.method,
      expected: methods.join(', '),
    });
  };
}

/** The same for every other method at known places. Mount after the routes. */
export function refuseMethods(router: Router, allowed: Readonly<Record<string, readonly string[]>>): void {
  for (const [path, methods] of Object.entries(allowed)) router.all(path, methodNotAllowed(methods));
}
