import type { Validator } from '../../../src/profiles/validator.ts';
import { mutate, seededRandom } from './mutate.ts';

export interface FuzzResult {
  readonly runs: number;
  /** Mutations that break a rule and were found valid, by name with an example. */
  readonly missed: readonly string[];
  readonly crashes: readonly string[];
  readonly slowestMs: number;
}

/** Validates seeded mutations of resources. */
export function fuzzValidator(
  validator: Validator,
  resources: readonly unknown[],
  runs: number,
  seed: number,
): FuzzResult {
  const random = seededRandom(seed);
  const missed: string[] = [];
  const crashes: string[] = [];
  let slowestMs = 0;
  for (let run = 0; run < runs; run++) {
    const { name, resource, breaks } = mutate(resources[Math.floor(random() * resources.length)], random);
    const start = performance.now();
    try {
      const issues = validator.validateResource(resource);
      const isValid = issues.every(({ severity }) => severity !== 'error');
      if (breaks && isValid) missed.push(`${run}: ${name}: ${JSON.stringify(resource).slice(0, 2000)}`);
    } catch (error) {
      crashes.push(`${run}: ${name}: ${String(error)}`);
    }
    slowestMs = Math.max(slowestMs, performance.now() - start);
  }
  return { runs, missed, crashes, slowestMs };
}
