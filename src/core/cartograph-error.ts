import type { Category } from './catalogue/catalogue-entry.ts';
import type { Code } from './catalogue.ts';
import { CATALOGUE } from './catalogue.ts';
import type { Finding } from './finding.ts';

/** A rejected request or call. Carries a stable code and every finding that led to the rejection. */
export class CartographError extends Error {
  override readonly name = 'CartographError';
  readonly code: Code;
  readonly findings: readonly Finding[];

  constructor(findings: Finding | readonly [Finding, ...Finding[]], options?: { readonly cause?: unknown }) {
    const all = Array.isArray(findings) ? (findings as readonly Finding[]) : [findings as Finding];
    const first = all[0] as Finding;
    super(first.message, options);
    this.code = first.code;
    this.findings = all;
  }

  get category(): Category {
    return CATALOGUE[this.code].category;
  }
}

/** The usual rejection: one error finding. */
export function rejection(
  code: Code,
  message: string,
  details: Omit<Finding, 'code' | 'severity' | 'message'> & { readonly cause?: unknown } = {},
): CartographError {
  const { cause, ...rest } = details;
  return new CartographError(
    { code, severity: 'error', message, ...rest },
    cause === undefined ? undefined : { cause },
  );
}
