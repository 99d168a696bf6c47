import { SIX_MONTH_WINDOWS } from '../clinical/b-cells/b-cell-window.ts';
import { evaluateHct, type HctEvaluation } from './evaluate-hct.ts';
import type { BoundaryChange, HctBasis } from './hct-assessment.ts';
import type { HctContext } from './hct-context.ts';
import type { HctParameters } from './hct-parameters.ts';

type Variant = Pick<BoundaryChange, 'parameter' | 'value'> & { readonly parameters: Partial<HctParameters> };

/** One parameter at a time (clinical specification 4.7, `BOUNDARY_SENSITIVE`). */
const VARIANTS: readonly Variant[] = Object.freeze([
  ...SIX_MONTH_WINDOWS.map(
    (window): Variant => ({ parameter: 'window', value: window, parameters: { window } }),
  ),
  ...(['BCA_WH_STRICT', 'BCA_WH_LENIENT'] as const).map(
    (bcaDefinition): Variant => ({
      parameter: 'bcaDefinition',
      value: bcaDefinition,
      parameters: { bcaDefinition },
    }),
  ),
  ...(['GT5', 'GE5', 'GT25'] as const).map(
    (highBurden): Variant => ({ parameter: 'highBurden', value: highBurden, parameters: { highBurden } }),
  ),
]);

/** The other settings under which the status or the result of a criterion differs from the one given. */
export function deriveBoundaryChanges(
  context: HctContext,
  basis: HctBasis,
  parameters: HctParameters,
  given: HctEvaluation,
): readonly BoundaryChange[] {
  if (given.criteria.length === 0) return [];
  return VARIANTS.filter(({ parameter, value }) => parameters[parameter] !== value).flatMap((variant) => {
    const other = evaluateHct(context, basis, { ...parameters, ...variant.parameters });
    const criteria = other.criteria
      .filter(({ id, result }) => result !== given.criteria.find((criterion) => criterion.id === id)?.result)
      .map(({ id, result }) => ({ id, result }));
    const isSame =
      criteria.length === 0 &&
      other.decision.status === given.decision.status &&
      other.decision.statusIfEligible === given.decision.statusIfEligible;
    if (isSame) return [];
    const { parameter, value } = variant;
    return [{ parameter, value, status: other.decision.status, criteria }];
  });
}
