import type { Router } from 'express';
import { rejection } from '../../core/cartograph-error.ts';

/** For known places, answers every other method with 405 and what is allowed. Mount after the routes. */
export function refuseMethods(router: Router, allowed: Readonly<Record<string, readonly string[]>>): void {
  for (const [path, methods] of Object.entries(allowed)) {
    router.all(path, (req, res) => {
      res.set('Allow', methods.join(', '));
      throw rejection('method-unsupported', `${req.method} is not offered here`, {
        found: req.method,
        expected: methods.join(', '),
      });
    });
  }
}
