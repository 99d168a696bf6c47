/** Rejections and findings as FHIR says them: status of HTTP, issue type, OperationOutcome. */
import type { OperationOutcome, OperationOutcomeIssue } from '@medplum/fhirtypes';
import type { Category } from '../core/catalogue/catalogue-entry.ts';
import { CATALOGUE, type Code } from '../core/catalogue.ts';
import type { Finding } from '../core/finding.ts';

const ERROR_SYSTEM = 'https://cartograph.example.org/fhir/CodeSystem/cartograph-error';

/** The one table from the kind of trouble to HTTP and FHIR. */
const BY_CATEGORY: Readonly<
  Record<Category, { readonly status: number; readonly issue: OperationOutcomeIssue['code'] }>
> = {
  structure: { status: 400, issue: 'structure' },
  value: { status: 422, issue: 'value' },
  'not-found': { status: 404, issue: 'not-found' },
  'not-supported': { status: 400, issue: 'not-supported' },
  conflict: { status: 409, issue: 'conflict' },
  'too-large': { status: 413, issue: 'too-long' },
  forbidden: { status: 403, issue: 'forbidden' },
  busy: { status: 503, issue: 'transient' },
  fault: { status: 500, issue: 'exception' },
  data: { status: 422, issue: 'business-rule' },
};

/** Where HTTP has a status of its own for one code. */
const BY_CODE: Partial<Readonly<Record<Code, number>>> = {
  'format-unsupported': 406,
  'media-type-unsupported': 415,
  'method-unsupported': 405,
  'id-mismatch': 400,
  'reference-ambiguous': 412,
  'reference-unresolved': 422,
  'parameter-invalid': 400,
  'client-unauthenticated': 401,
  // Misdirected Request (RFC 9110, section 15.5.20).
  'host-unknown': 421,
  'hook-data-unavailable': 412,
  'precondition-failed': 412,
  'resource-deleted': 410,
  'versions-not-kept': 410,
  'too-many-jobs': 429,
  'import-source-unreadable': 422,
};

export function statusOf(code: Code): number {
  return BY_CODE[code] ?? BY_CATEGORY[CATALOGUE[code].category].status;
}

export function outcomeOf(findings: readonly Finding[]): OperationOutcome {
  if (findings.length === 0) {
    return { resourceType: 'OperationOutcome', issue: [{ severity: 'information', code: 'informational' }] };
  }
  return { resourceType: 'OperationOutcome', issue: findings.map(issueOf) };
}

function issueOf(finding: Finding): OperationOutcomeIssue {
  const { code, severity, message, expression, found, expected } = finding;
  const details = [
    message,
    found === undefined || message.includes(found) ? '' : `found ${found}`,
    expected === undefined || message.includes(expected) ? '' : `expected ${expected}`,
  ];
  return {
    severity,
    code: BY_CATEGORY[CATALOGUE[code].category].issue,
    details: { coding: [{ system: ERROR_SYSTEM, code }], text: CATALOGUE[code].meaning },
    diagnostics: details.filter((part) => part !== '').join('; '),
    ...(expression === undefined || expression === '' ? {} : { expression: [expression] }),
  };
}
