import type { Parameters, Resource } from '@medplum/fhirtypes';
import type { Finding } from '../core/finding.ts';
import { outcomeOf } from '../fhir/operation-outcome.ts';

/** What every operation answers: its results, and each finding as an OperationOutcome. */
export function buildResultParameters(
  results: readonly Resource[],
  findings: readonly Finding[],
): Parameters {
  return {
    resourceType: 'Parameters',
    parameter: [
      ...results.map((resource) => ({ name: 'result', resource })),
      ...findings.map((finding) => ({ name: 'finding', resource: outcomeOf([finding]) })),
    ],
  };
}
