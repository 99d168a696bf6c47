import type { Finding } from '../core/finding.ts';

/** A pipe whose first half failed, or a folder of other things, must not look like a hospital without patients. */
export function noResource(inputs: readonly string[]): Finding {
  return {
    code: 'not-fhir',
    severity: 'error',
    message: 'The input holds no resource',
    found: inputs.join(', '),
    expected: 'FHIR R4 as JSON or NDJSON; in a folder, files named .json, .ndjson or .jsonl, plain or .gz',
  };
}
