import { assessHctConsolidation } from '../eligibility/assess-hct-consolidation.ts';
import { explainInOneLine } from '../eligibility/explain.ts';
import { explainInFull } from '../eligibility/explain-full.ts';
import type { HctAssessment, HctStatus } from '../eligibility/hct-assessment.ts';
import { type Card, escapeMarkdown, fitSummary, OVERRIDE_REASONS } from './card.ts';
import { type CardContext, describeGaps } from './card-context.ts';

/** How urgent the answer is; no card where nobody asks the question any more. */
const INDICATORS: Readonly<Record<HctStatus, Card['indicator'] | undefined>> = {
  RECOMMENDED: 'warning',
  SPECIAL_CONSIDERATION_PRIOR_HCT: 'warning',
  MAY_BE_CONSIDERED: 'info',
  INDETERMINATE: 'info',
  NO_CRITERION_MET: 'info',
  NOT_ELIGIBLE_TO_PROCEED: 'info',
  OUT_OF_SCOPE_ACTIVE_DISEASE: 'info',
  OUT_OF_SCOPE_NO_RESPONSE: 'info',
  ALREADY_TRANSPLANTED: undefined,
  NOT_APPLICABLE: undefined,
};

/**
 * One card with the answer to "HCT as consolidation?", none where there is no such question. While orders are
 * selected, only where one of them has to do with it: a transplantation or treatment of the leukaemia.
 */
export function buildHctCards(context: CardContext): readonly Card[] {
  const { record, asOf, orders, newId, links } = context;
  const assessment = assessHctConsolidation(record, asOf);
  const indicator = INDICATORS[assessment.status];
  const isAsked = orders === undefined || orders.selected.has('HCT') || orders.selected.has('THERAPY');
  if (indicator === undefined || !isAsked) return [];
  return [
    {
      uuid: newId(),
      summary: fitSummary(`HCT after CAR-T. ${explainInOneLine(assessment)}`),
      detail: detailOf(context, assessment),
      indicator,
      source: { label: `Cartograph, rule set ${assessment.ruleset}` },
      ...(links.length === 0 ? {} : { links }),
      overrideReasons: OVERRIDE_REASONS,
    },
  ];
}

/** The full text as Markdown; what could not be looked at comes first. */
function detailOf(context: CardContext, assessment: HctAssessment): string {
  const gaps = describeGaps(context).map((line) => `> ${escapeMarkdown(line)}`);
  const sections = explainInFull(assessment).map(({ heading, lines }) =>
    [`### ${heading}`, '', ...lines.map((line) => `- ${escapeMarkdown(line)}`)].join('\n'),
  );
  return [...gaps, ...sections].join('\n\n');
}
