/** Tests of quantities as conditions on rows `x` of the table search_quantity. */
import type { QuantityTest } from '../../fhir/search/criterion.ts';
import { quantityLimits } from '../../fhir/search/quantity-limits.ts';
import { comparable } from '../../fhir/search/quantity-row.ts';
import { indexed } from '../identifier-index.ts';
import { compareSql } from './compare-sql.ts';
import type { SqlParameters } from './sql-parameters.ts';

/** With a unit, in the base units of its dimension where UCUM has it, else in the very unit. */
export function quantitySql(test: QuantityTest, parameters: SqlParameters): string {
  const { prefix, unit } = test;
  const { isOpen, ...limits } = quantityLimits(test);
  const compared = (column: string, { low, high }: { readonly low: number; readonly high: number }): string =>
    compareSql(
      prefix,
      { low: `x.${column}low`, high: `x.${column}high` },
      { from: parameters.whenUsed(low, 'float8'), to: parameters.whenUsed(high, 'float8') },
      isOpen,
    );
  if (unit === undefined) return compared('', limits);
  if (unit.system === '') {
    const code = parameters.add(indexed(unit.code), 'text');
    return `((x.code = ${code} or x.unit = ${code}) and ${compared('', limits)})`;
  }
  const { dimension, canonicalLow, canonicalHigh } = comparable(unit, limits);
  const sameDimension = `x.dimension = ${parameters.add(indexed(dimension), 'text')}`;
  return `(${sameDimension} and ${compared('canonical_', { low: canonicalLow, high: canonicalHigh })})`;
}
