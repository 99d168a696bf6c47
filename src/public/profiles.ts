/** `cartograph-fhir/profiles`: the compiled validator of R4, of our guide and of others. */
export { loadProfiles } from '../profiles/load-profiles.ts';
export type { ValidationIssue } from '../profiles/validation-issue.ts';
export type { Validator } from '../profiles/validator.ts';
