/**
 * What the status of a resource says about the act or finding: did it happen, was it explicitly not done, or
 * is nothing known? (inputs.md, "Rules for every resource".)
 */
import type { Resource } from '@medplum/fhirtypes';

export type Occurrence = 'OCCURRED' | 'PRELIMINARY' | 'NEGATED' | 'UNCONFIRMED' | 'NONE';

const NO_OCCURRENCE = new Set([
  'entered-in-error',
  'cancelled',
  'nullified',
  'unknown',
  'registered',
  'preparation',
  'planned',
  'intended',
  'draft',
  'suspended',
  'revoked',
  'proposed',
  'pending',
  'booked',
  'arrived-early',
]);
const NEGATED = new Set(['not-done', 'not-taken']);
const UNCONFIRMED = new Set(['unconfirmed', 'provisional', 'differential']);

/** Occurrence by `status`, and for conditions by `verificationStatus`. A missing status counts as occurred. */
export function occurrenceOf(resource: Resource): Occurrence {
  if (resource.resourceType === 'Condition') return conditionOccurrence(resource.verificationStatus);
  if (resource.resourceType === 'AdverseEvent')
    return resource.actuality === 'potential' ? 'NONE' : 'OCCURRED';
  const status = 'status' in resource ? resource.status : undefined;
  if (typeof status !== 'string') return 'OCCURRED';
  if (NO_OCCURRENCE.has(status)) return 'NONE';
  if (NEGATED.has(status)) return 'NEGATED';
  return status === 'preliminary' ? 'PRELIMINARY' : 'OCCURRED';
}

function conditionOccurrence(
  verification: { readonly coding?: readonly { code?: string }[] } | undefined,
): Occurrence {
  const codes = verification?.coding?.map((coding) => coding.code ?? '') ?? [];
  if (codes.includes('entered-in-error')) return 'NONE';
  if (codes.includes('refuted')) return 'NEGATED';
  return codes.some((code) => UNCONFIRMED.has(code)) ? 'UNCONFIRMED' : 'OCCURRED';
}
