/** What is told of the validity of what was stored to a caller who asks for a report (`Prefer: return=OperationOutcome`). */
import type { Resource } from '@medplum/fhirtypes';
import type { Finding } from '../core/finding.ts';
import type { Validator } from '../profiles/validator.ts';
import type { IngestObserver } from './ingest-observer.ts';
import { isWorthTelling } from './is-worth-telling.ts';
import type { ValidationMode } from './refuse-invalid.ts';
import { validateInTurns } from './validate-in-turns.ts';

/** Findings on each of the resources. */
export type JudgeStored = (resources: readonly Resource[]) => Promise<readonly (readonly Finding[])[]>;

/** Nothing where the settings say that nobody looks. */
export function judgeStored(
  mode: ValidationMode,
  validator: () => Promise<Validator>,
  observer: IngestObserver,
): JudgeStored {
  if (mode === 'off') return (resources) => Promise.resolve(resources.map(() => []));
  return async (resources) => {
    if (resources.length === 0) return [];
    const found = await validateInTurns(await validator(), resources, observer);
    return found.map((issues) => issues.filter(isWorthTelling).map(asWarning));
  };
}

/** It was stored: in the report of a request that was carried out nothing is an error. */
function asWarning(finding: Finding): Finding {
  return finding.severity === 'error' ? { ...finding, severity: 'warning' } : finding;
}
