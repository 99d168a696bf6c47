import type { ValidationIssue } from '../profiles/validation-issue.ts';

/** The advice that every resource should carry a narrative: data from machines has none, and nothing is wrong with it. */
const NARRATIVE_ADVICE = 'dom-6';

/** Errors and warnings, but for what is true of nearly every resource of a machine. */
export function isWorthTelling({ severity, rule }: ValidationIssue): boolean {
  return severity !== 'information' && rule !== NARRATIVE_ADVICE;
}
