import { InputFindings } from '../data/input-findings.ts';
import type { SurvivalData } from '../data/survival-data.ts';

/** Throws `statistics-input-invalid` for rows with delayed entry, for methods whose weights start at the origin. */
export function rejectEntry({ entry }: SurvivalData, method: string): void {
  if (entry === null) return;
  const findings = new InputFindings();
  findings.table(`${method} does not know delayed entry`, 'rows without entry');
  findings.throwIfAny();
}
