import type { Finding } from '../core/finding.ts';

/** One thing that is wrong, or cannot be decided, about a resource. */
export interface ValidationIssue extends Finding {
  /** FHIRPath of the element, with indices. */
  readonly expression: string;
  /** Key of the invariant, or canonical URL of the profile, that asks for it; absent for rules of the base. */
  readonly rule?: string;
}

export type Severity = ValidationIssue['severity'];
