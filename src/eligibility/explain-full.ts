import { explainBoundaries, explainInParagraph } from './explain-paragraph.ts';
import { describeCriterion, describeMissing } from './explain-parts.ts';
import { fillMessage } from './fill-message.ts';
import type { Datum, HctAssessment, SpecialConsideration } from './hct-assessment.ts';
import { HCT_MESSAGES_EN, type HctMessages } from './hct-messages.ts';

/** A part of the full text. */
export interface ExplainedSection {
  readonly heading: string;
  readonly lines: readonly string[];
}

/** Everything that the answer rests on, in sections for a page or a card; empty sections are left out. */
export function explainInFull(
  assessment: HctAssessment,
  messages: HctMessages = HCT_MESSAGES_EN,
): readonly ExplainedSection[] {
  const { criteria, missing, cautions, notes, ruleset, disclaimer } = assessment;
  const sections: readonly ExplainedSection[] = [
    { heading: messages['full.answer'], lines: [explainInParagraph(assessment, messages)] },
    {
      heading: messages['full.criteria'],
      lines: criteria.map((criterion) =>
        fillMessage(messages['full.criterion'], {
          id: criterion.id,
          title: messages[`title.${criterion.id}`],
          result: messages[`result.${criterion.result}`],
          detail: describeCriterion(criterion, messages),
          cite: criterion.cite.join(', '),
        }),
      ),
    },
    {
      heading: messages['full.missing'],
      lines: missing.map((wording) => describeMissing([wording], messages)),
    },
    {
      heading: messages['full.cautions'],
      lines: [...cautions.map((caution) => messages[`caution.${caution}`]), ...notes],
    },
    { heading: messages['full.considerations'], lines: considerations(assessment, messages) },
    { heading: messages['full.boundaries'], lines: explainBoundaries(assessment, messages) },
    { heading: messages['full.evidence'], lines: evidence(assessment, messages) },
    {
      heading: messages['full.source'],
      lines: [fillMessage(messages['full.ruleset'], { ruleset }), disclaimer],
    },
  ];
  return sections.filter(({ lines }) => lines.length > 0);
}

function considerations(assessment: HctAssessment, messages: HctMessages): readonly string[] {
  const known = Object.entries(assessment.specialConsiderations ?? {}).map(([name, value]) =>
    fillMessage(messages['full.consideration'], {
      name: messages[`name.${name as SpecialConsideration}`],
      value,
    }),
  );
  const missing = (assessment.specialConsiderationsMissing ?? []).map((name) =>
    fillMessage(messages['full.considerationMissing'], { name: messages[`name.${name}`] }),
  );
  return [...known, ...missing];
}

function evidence(assessment: HctAssessment, messages: HctMessages): readonly string[] {
  const lines = collectData(assessment).map(({ ref, date, value }) =>
    fillMessage(messages['full.evidenceItem'], {
      ref,
      date: date === undefined ? '' : `, ${date}`,
      value: value === undefined ? '' : `: ${value}`,
    }),
  );
  return [...new Set(lines)];
}

/** Everything that a gate or a criterion used. */
export function collectData({ scopeData = [], basis, criteria }: HctAssessment): readonly Datum[] {
  const answers =
    basis === undefined
      ? []
      : [basis.diseaseStatus, basis.transplantedAfterInfusion, basis.fitForHct, basis.priorHct];
  return [...scopeData, ...[...answers, ...criteria].flatMap(({ data }) => data)];
}
