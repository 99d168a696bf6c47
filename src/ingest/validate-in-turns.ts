import { setImmediate } from 'node:timers/promises';
import type { ValidationIssue } from '../profiles/validation-issue.ts';
import type { Validator } from '../profiles/validator.ts';
import type { IngestObserver } from './ingest-observer.ts';

/** Milliseconds of validation after which other requests have their turn. */
const TURN_MS = 10;

/** What is wrong with each resource, in their order. */
export async function validateInTurns(
  validator: Validator,
  resources: Iterable<unknown>,
  observer: IngestObserver,
): Promise<readonly (readonly ValidationIssue[])[]> {
  const found = await observer.step('validate', () => validateAll(validator, resources));
  for (const issues of found) observer.found(issues);
  return found;
}

async function validateAll(
  validator: Validator,
  resources: Iterable<unknown>,
): Promise<readonly (readonly ValidationIssue[])[]> {
  const found: (readonly ValidationIssue[])[] = [];
  let since = performance.now();
  for (const resource of resources) {
    found.push(validator.validateResource(resource));
    if (performance.now() - since < TURN_MS) continue;
    await setImmediate();
    since = performance.now();
  }
  return found;
}
