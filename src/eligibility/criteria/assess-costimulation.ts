import { findProduct, type ProductFacts } from '../../clinical/record/product-table.ts';
import type { Course } from '../../cohort/cohort-record.generated.ts';
import { buildData } from '../datum.ts';
import type { CriterionDetails } from '../hct-assessment.ts';
import { MISSING } from '../hct-ruleset.ts';
import type { CriterionFinding } from './criterion.ts';

/**
 * R.a: the product signals through CD28. Domains recorded with the product decide, the product table answers
 * where there are none; where the two differ, a caution says so (clinical specification 5.2, 5.3).
 */
export function assessCostimulation({ product, infusion }: Course): CriterionFinding {
  const known = findProduct(product.code);
  const recorded = product.costimulation?.length === 0 ? undefined : product.costimulation;
  const domains = recorded ?? known?.costimulation;
  const data = buildData(infusion.sources, { date: infusion.date, value: product.code });
  const cite = known?.citation ?? [];
  if (domains === undefined) {
    return {
      result: 'UNKNOWN',
      reason: 'costimulatory domain not known',
      data,
      missing: [MISSING.product],
      cite,
    };
  }
  const conflict = recorded !== undefined && !isSameSet(recorded, known?.costimulation ?? recorded);
  const isCd28 = domains.includes('CD28');
  return {
    result: isCd28 ? 'MET' : 'NOT_MET',
    reason: `${product.code}: ${domains.join(' and ')}, ${recorded === undefined ? 'by the product table' : 'as recorded'}`,
    details: { domains, ...(recorded === undefined && known !== undefined ? tableDetails(known) : {}) },
    data,
    cautions: conflict ? ['PRODUCT_COSTIMULATION_CONFLICT'] : [],
    cite,
  };
}

function tableDetails({ confidence }: ProductFacts): CriterionDetails {
  return { confidence, ...(confidence === 'MEDIUM' ? { review: true } : {}) };
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.every((item) => b.includes(item)) && b.every((item) => a.includes(item));
}
