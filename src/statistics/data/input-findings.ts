import { CartographError } from '../../core/cartograph-error.ts';
import type { Finding } from '../../core/finding.ts';
import { quote } from '../../core/finding.ts';

const MOST = 20;

/** Collects what is wrong with the rows of a table, so that a caller learns of every bad row at once. */
export class InputFindings {
  #findings: Finding[] = [];
  #count = 0;

  /** `row` counts from 0; the message names it from 1, as a spreadsheet does. */
  row(row: number, column: string, found: unknown, expected: string): void {
    const value = typeof found === 'number' ? String(found) : quote(found);
    this.#add({ message: `Row ${row + 1}: ${column} is ${value}`, found: value, expected });
  }

  table(message: string, expected: string): void {
    this.#add({ message, expected });
  }

  /** Throws `statistics-input-invalid` when anything was found. */
  throwIfAny(): void {
    const [first, ...rest] = this.#findings;
    if (first === undefined) return;
    const unsaid = this.#count - this.#findings.length;
    const message = unsaid > 0 ? `${first.message} (and ${unsaid} more than are listed)` : first.message;
    throw new CartographError([{ ...first, message }, ...rest]);
  }

  #add(finding: Pick<Finding, 'message' | 'expected' | 'found'>): void {
    this.#count += 1;
    if (this.#findings.length >= MOST) return;
    this.#findings.push({ code: 'statistics-input-invalid', severity: 'error', ...finding });
  }
}
