import { rejection } from '../core/cartograph-error.ts';
import type { Access, Caller } from './caller.ts';

/**
 * Throws `access-denied` where no scope covers the access. A caller of one compartment is refused everything, as long
 * as reads and searches are not yet narrowed to a compartment.
 */
export function refuseAccess({ scopes, patient }: Caller, { action, type }: Access): void {
  const covers = scopes.some(
    (scope) => scope.actions.includes(action) && (scope.type === '*' || scope.type === type),
  );
  if (covers && patient === undefined) return;
  throw rejection('access-denied', `The caller may not ${action} ${type ?? 'resources of every type'}`, {
    expected: 'a scope that covers it',
  });
}
