/**
 * Code systems and codes as exports spell them: `https` for `http`, a slash at the end, an OID without `urn:oid:`, a
 * diagnosis without its dot. No two systems differ in that alone, so it is the same system, not a guess.
 */

/** Other names of code systems, and those in whose codes neither case nor dots distinguish anything. */
export interface SystemNames {
  readonly aliases: Readonly<Record<string, readonly string[]>>;
  readonly loose: readonly string[];
}

export const NO_OTHER_NAMES: SystemNames = { aliases: {}, loose: [] };

const MAX_REMEMBERED = 10_000;
const remembered = new Map<string, string>();

/** One spelling for all spellings of a system's name. */
export function canonicalSystem(system: string): string {
  let canonical = remembered.get(system);
  if (canonical === undefined) {
    canonical = respell(system);
    if (remembered.size < MAX_REMEMBERED) remembered.set(system, canonical);
  }
  return canonical;
}

function respell(system: string): string {
  const name = system.trim().toLowerCase();
  if (/^\d+(\.\d+)+$/.test(name)) return `urn:oid:${name}`;
  return name.replace(/^https?:\/\/(www\.)?/, '//').replace(/[/#]+$/, '');
}

/** A code of a loose system without case, dots and the marks of the German edition of ICD-10 (`A18.0+`, `G05.1*`). */
export function looseCode(code: string): string {
  return code
    .trim()
    .toUpperCase()
    .replace(/[+*!†]$/, '')
    .replaceAll('.', '');
}
