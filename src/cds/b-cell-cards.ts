import type { ServiceRequest } from '@medplum/fhirtypes';
import { addDays, type PartialDate } from '../core/partial-date.ts';
import { assessHctConsolidation } from '../eligibility/assess-hct-consolidation.ts';
import { dateOfDay, describeCriterion } from '../eligibility/explain-parts.ts';
import type { HctAssessment } from '../eligibility/hct-assessment.ts';
import { HCT_MESSAGES_EN } from '../eligibility/hct-messages.ts';
import { MISSING } from '../eligibility/hct-ruleset.ts';
import { type Card, escapeMarkdown, fitSummary, OVERRIDE_REASONS, type Suggestion } from './card.ts';
import { type CardContext, describeGaps } from './card-context.ts';

/** So many days before it is due, a test is announced. */
const NOTICE_DAYS = 14;

interface DueTest {
  readonly summary: string;
  readonly indicator: Card['indicator'];
}

/**
 * One card where B cells should be tested: none since the infusion, none recent enough, or due within two weeks
 * while they may still be lost within six months. None where the test is already among the draft orders.
 */
export function buildBCellCards(context: CardContext): readonly Card[] {
  const { record, asOf, orders, newId, links } = context;
  const assessment = assessHctConsolidation(record, asOf);
  const due = dueTest(assessment);
  if (due === undefined || orders?.drafted.has('B_CELLS') === true) return [];
  return [
    {
      uuid: newId(),
      summary: fitSummary(due.summary),
      detail: detailOf(context, assessment),
      indicator: due.indicator,
      source: { label: `Cartograph, rule set ${assessment.ruleset}` },
      ...(links.length === 0 ? {} : { links }),
      suggestions: [orderTest(context)],
      selectionBehavior: 'any',
      overrideReasons: OVERRIDE_REASONS,
    },
  ];
}

function dueTest(assessment: HctAssessment): DueTest | undefined {
  const loss = assessment.criteria.find(({ id }) => id === 'R.b');
  if (loss === undefined || loss.result === 'MET') return undefined;
  const by = dateOfDay(assessment, assessment.nextBCellTestDueDay);
  if (loss.result === 'UNKNOWN') {
    if (loss.missing.includes(MISSING.bCellsNever)) {
      return { summary: 'B cells: no result since the CAR-T infusion is on record.', indicator: 'warning' };
    }
    if (!loss.missing.includes(MISSING.bCellsNow)) return undefined;
    const since = by === undefined ? '' : ` A new test was due by ${by}.`;
    return {
      summary: `B cells: no result is recent enough to tell aplasia from recovery.${since}`,
      indicator: 'warning',
    };
  }
  if (by === undefined || by > addDays(assessment.evaluatedAt, NOTICE_DAYS)) return undefined;
  return { summary: `B cells: the next test after CAR-T is due by ${by}.`, indicator: 'info' };
}

function detailOf(context: CardContext, assessment: HctAssessment): string {
  const loss = assessment.criteria.find(({ id }) => id === 'R.b');
  const until: PartialDate | undefined = dateOfDay(assessment, loss?.reevaluateByDay);
  const lines = [
    ...(loss === undefined
      ? []
      : [`Loss of B-cell aplasia within six months: ${describeCriterion(loss, HCT_MESSAGES_EN)}.`]),
    ...(until === undefined
      ? []
      : [`Loss until ${until} would speak for transplantation in remission (WH L422).`]),
    `A result counts for ${assessment.parameters.staleDays} days.`,
    assessment.disclaimer,
  ];
  return [
    ...describeGaps(context).map((line) => `> ${escapeMarkdown(line)}`),
    lines.map((line) => `- ${escapeMarkdown(line)}`).join('\n'),
  ].join('\n\n');
}

/** An order that the clinician may take over; it is nobody's order until then. */
function orderTest({ patientId, newId }: CardContext): Suggestion {
  const description = 'Draft an order of CD19 cells as a share of lymphocytes in blood';
  const resource: ServiceRequest = {
    resourceType: 'ServiceRequest',
    status: 'draft',
    intent: 'proposal',
    code: {
      coding: [{ system: 'http://loinc.org', code: '8117-4', display: 'CD19 cells/100 cells in Blood' }],
      text: 'CD19 B cells in blood',
    },
    subject: { reference: `Patient/${patientId}` },
  };
  return {
    label: 'Order B cells (CD19) in blood',
    uuid: newId(),
    actions: [{ type: 'create', description, resource }],
  };
}
