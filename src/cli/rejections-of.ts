import { CartographError } from '../core/cartograph-error.ts';
import type { Finding } from '../core/finding.ts';

/** What the work answers, or the findings for which it is refused. */
export function rejectionsOf<T>(
  work: () => T,
): { readonly value: T } | { readonly findings: readonly Finding[] } {
  try {
    return { value: work() };
  } catch (error) {
    if (error instanceof CartographError) return { findings: error.findings };
    throw error;
  }
}
