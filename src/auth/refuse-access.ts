import { rejection } from '../core/cartograph-error.ts';
import type { Access, Caller } from './caller.ts';

/**
 * Throws `access-denied` where no scope covers the access. A caller of one compartment is refused everything, as long
 * as reads and searches are not yet narrowed to a compartment.
 */
export function refuseAccess(caller: Caller, access: Access): void {
  if (mayAccess(caller, access)) return;
  const { action, type } = access;
  throw rejection('access-denied', `The caller may not ${action} ${type ?? 'resources of every type'}`, {
    expected: 'a scope that covers it',
  });
}

export function mayAccess({ scopes, patient }: Caller, { action, type, isNarrowed }: Access): boolean {
  if (patient !== undefined) return false;
  if (isNarrowed === true) return scopes.length > 0;
  return scopes.some(
    (scope) => scope.actions.includes(action) && (scope.type === '*' || scope.type === type),
  );
}
