/** Check digits of identifiers in public code systems: they prove form, never meaning. */

/** The dihedral group of order 10, by its two operations. */
function dihedral(a: number, b: number): number {
  if (a < 5) return b < 5 ? (a + b) % 5 : 5 + ((a + b) % 5);
  return b < 5 ? 5 + ((a - b) % 5) : (a - b + 5) % 5;
}

const PERMUTATION = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

function permute(digit: number, times: number): number {
  let result = digit;
  for (let i = 0; i < times; i += 1) result = PERMUTATION[result] ?? result;
  return result;
}

/** SNOMED CT identifiers end in a Verhoeff digit. */
export function isSnomedIdentifier(code: string): boolean {
  if (!/^[1-9]\d{5,17}$/.test(code)) return false;
  const digits = [...code].reverse().map(Number);
  return digits.reduce((sum, digit, i) => dihedral(sum, permute(digit, i % 8)), 0) === 0;
}

/** LOINC codes end in a hyphen and a mod-10 digit (Luhn). */
export function isLoincCode(code: string): boolean {
  const match = /^(\d{1,7})-(\d)$/.exec(code);
  if (match === null) return false;
  const [, body = '', check] = match;
  const sum = [...body].reverse().reduce((total, digit, i) => {
    const weighted = i % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (weighted > 9 ? weighted - 9 : weighted);
  }, 0);
  return (10 - (sum % 10)) % 10 === Number(check);
}
