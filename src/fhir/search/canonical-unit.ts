import { createRequire } from 'node:module';

/** What is used of the units of UCUM's library. */
interface Unit {
  readonly magnitude_: number;
  readonly cnv_: unknown;
  readonly isArbitrary_: boolean;
  readonly dim_: { readonly dimVec_: readonly number[] | null } | null;
}

interface Library {
  readonly UcumLhcUtils: {
    getInstance(): { getSpecifiedUnit(code: string, mode: string): { readonly unit: Unit | null } };
  };
}

export interface CanonicalUnit {
  /** The dimension; quantities of one dimension are comparable. */
  readonly dimension: string;
  /** Factor to the base units of the dimension. */
  readonly factor: number;
}

const requireModule = createRequire(import.meta.url);
const MAX_REMEMBERED = 10_000;
const seen = new Map<string, CanonicalUnit | undefined>();

/** Undefined for what is no unit of UCUM, or does not convert by a factor alone (degrees Celsius, arbitrary units). */
export function canonicalUnit(code: string): CanonicalUnit | undefined {
  if (seen.has(code)) return seen.get(code);
  const found = code === '' || code.length > 100 ? undefined : read(code);
  if (seen.size < MAX_REMEMBERED) seen.set(code, found);
  return found;
}

function read(code: string): CanonicalUnit | undefined {
  const { UcumLhcUtils } = requireModule('@lhncbc/ucum-lhc') as Library;
  const { unit } = UcumLhcUtils.getInstance().getSpecifiedUnit(code, 'validate');
  if (unit === null || unit.cnv_ !== null || unit.isArbitrary_ || !(unit.magnitude_ > 0)) return undefined;
  return { dimension: `ucum:${(unit.dim_?.dimVec_ ?? []).join()}`, factor: unit.magnitude_ };
}
