/**
 * What the status of a resource says about the act or finding: did it happen, was it explicitly not done, or
 * is nothing known? (inputs.md, "Rules for every resource".)
 */
import type { CodeableConcept, Resource } from '@medplum/fhirtypes';

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

/** Intents of a request that nobody has ordered yet, or that stands in for one. */
const NO_ORDER = new Set(['proposal', 'plan', 'option']);

/** Occurrence by `status`, and for conditions by `verificationStatus`. A missing status counts as occurred. */
export function occurrenceOf(resource: Resource): Occurrence {
  if (resource.resourceType === 'Condition') return conditionOccurrence(resource.verificationStatus);
  if (resource.resourceType === 'AdverseEvent')
    return resource.actuality === 'potential' ? 'NONE' : 'OCCURRED';
  if (resource.resourceType === 'MedicationRequest') {
    if (resource.doNotPerform === true || NO_ORDER.has(resource.intent)) return 'NONE';
  }
  const status = 'status' in resource ? resource.status : undefined;
  if (typeof status !== 'string') return 'OCCURRED';
  if (NO_OCCURRENCE.has(status)) return 'NONE';
  if (NEGATED.has(status)) return 'NEGATED';
  return status === 'preliminary' ? 'PRELIMINARY' : 'OCCURRED';
}

function conditionOccurrence(verification: CodeableConcept | undefined): Occurrence {
  const { coding = [], text } = verification ?? {};
  // What cannot be read as confirmed by code is read by its text, so that "refuted" never counts as present.
  const said = coding.length === 0 ? [text] : coding.map(({ code }) => code);
  const codes = said.map((code) => (code ?? '').trim().toLowerCase().replaceAll(' ', '-'));
  if (codes.includes('entered-in-error')) return 'NONE';
  if (codes.includes('refuted')) return 'NEGATED';
  return codes.some((code) => UNCONFIRMED.has(code)) ? 'UNCONFIRMED' : 'OCCURRED';
}
