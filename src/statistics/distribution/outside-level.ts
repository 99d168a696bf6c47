import { InputFindings } from '../data/input-findings.ts';

/** What an interval of `level` leaves out; throws `statistics-input-invalid` unless 0 < level < 1. */
export function outsideLevel(level: number): number {
  const findings = new InputFindings();
  if (!(level > 0 && level < 1))
    findings.table(`The confidence level is ${level}`, 'a number between 0 and 1');
  findings.throwIfAny();
  return 1 - level;
}
