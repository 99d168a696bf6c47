import { createRequire } from 'node:module';

/** What is used of UCUM's library; it is loaded when the first unit is looked at. */
interface UcumUtils {
  validateUnitString(unit: string): { readonly status: string };
  convertUnitTo(
    from: string,
    value: number,
    to: string,
  ): { readonly status: string; readonly toVal: number | null };
}

const requireModule = createRequire(import.meta.url);
const MAX_REMEMBERED = 10_000;
const seen = new Map<string, boolean>();
let utils: UcumUtils | undefined;

function ucum(): UcumUtils {
  if (utils === undefined) {
    const library = requireModule('@lhncbc/ucum-lhc') as {
      readonly UcumLhcUtils: { getInstance(): UcumUtils };
    };
    utils = library.UcumLhcUtils.getInstance();
  }
  return utils;
}

/** Is it a unit in the grammar of UCUM, case-sensitive, of atoms that UCUM has? */
export function isUcumUnit(unit: string): boolean {
  const known = seen.get(unit);
  if (known !== undefined) return known;
  const valid = decide(unit);
  if (seen.size < MAX_REMEMBERED) seen.set(unit, valid);
  return valid;
}

function decide(unit: string): boolean {
  if (unit === '1' || /^\{[!-z|~]+\}$/.test(unit)) return true;
  if (unit === '' || /\s/.test(unit) || unit.length > 200) return false;
  return ucum().validateUnitString(unit).status === 'valid';
}

/** The number in the other unit; undefined where one does not convert to the other. */
export function convertUcum(value: number, from: string, to: string): number | undefined {
  if (from === to) return value;
  if (!isUcumUnit(from) || !isUcumUnit(to)) return undefined;
  const { status, toVal } = ucum().convertUnitTo(from, value, to);
  return status === 'succeeded' && toVal !== null ? toVal : undefined;
}
