import { Router } from 'express';

/** A router that tells `$import` from `$IMPORT`, as FHIR does, and as the door does that reads the same paths. */
export function placeRouter(): Router {
  return Router({ caseSensitive: true });
}
