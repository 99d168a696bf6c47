import type { OperationOutcome } from '@medplum/fhirtypes';
import type { Finding } from '../../core/finding.ts';
import { outcomeOf } from '../../fhir/operation-outcome.ts';

const IMPORT_LINE = 'https://cartograph.example.org/fhir/StructureDefinition/import-line';

/** What is wrong with a line of an imported file, as a line of the error file. */
export function importErrorLine(file: string, line: number, findings: readonly Finding[]): string {
  const { issue } = outcomeOf(findings);
  const outcome: OperationOutcome = {
    resourceType: 'OperationOutcome',
    extension: [
      {
        url: IMPORT_LINE,
        extension: [
          { url: 'file', valueString: file },
          { url: 'line', valuePositiveInt: line },
        ],
      },
    ],
    issue: issue.map((one) => ({
      ...one,
      diagnostics: `${file}, line ${line}: ${one.diagnostics ?? ''}`,
    })),
  };
  return JSON.stringify(outcome);
}
