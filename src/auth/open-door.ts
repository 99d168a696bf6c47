import type { Caller, Identify } from './caller.ts';

/** Everybody on this machine, with everything: until SMART stands here, the service listens on loopback alone. */
export function openDoor(site: string): Identify {
  const caller: Caller = {
    name: 'loopback',
    site,
    scopes: [{ type: '*', actions: ['read', 'write'] }],
    patient: undefined,
  };
  return () => Promise.resolve(caller);
}
