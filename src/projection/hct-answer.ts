import type { Parameters, ParametersParameter } from '@medplum/fhirtypes';
import { explainInOneLine } from '../eligibility/explain.ts';
import { explainInParagraph } from '../eligibility/explain-paragraph.ts';
import { dateOfDay } from '../eligibility/explain-parts.ts';
import type { Datum, HctAssessment, HctCriterion } from '../eligibility/hct-assessment.ts';
import { buildEvidence, type EvidenceItem } from './evidence-extension.ts';
import { structureUrl } from './guide-urls.ts';

/** Id of the answer within the GuidanceResponse that contains it. */
export const ANSWER_ID = 'answer';

/** The answer in full, as parameters; those that the profile does not name are open additions to it. */
export function buildHctAnswer(assessment: HctAssessment): Parameters {
  return {
    resourceType: 'Parameters',
    id: ANSWER_ID,
    meta: { profile: [structureUrl('cartograph-hct-answer')] },
    parameter: [
      code('status', assessment.status),
      ...optional(assessment.statusIfEligible, (value) => code('statusIfEligible', value)),
      ...(assessment.possible ?? []).map((status) => code('possibleStatus', status)),
      ...(assessment.possibleIfEligible ?? []).map((status) => code('possibleStatusIfEligible', status)),
      ...optional(assessment.branch ?? undefined, (value) => code('branch', value)),
      ...optional(assessment.gate, (value) => code('gate', value)),
      text('reason', assessment.reason),
      ...optional(assessment.course, (value) => integer('course', value)),
      ...optional(assessment.day, (value) => integer('day', value)),
      ...reevaluateBy(assessment, assessment.reevaluateByDay),
      ...optional(dateOfDay(assessment, assessment.nextBCellTestDueDay), (valueDate) => ({
        name: 'nextBCellTestBy',
        valueDate,
      })),
      text('summary', explainInOneLine(assessment)),
      text('explanation', explainInParagraph(assessment)),
      ...assessment.criteria.map((criterion) => criterionOf(criterion, assessment)),
      ...assessment.missing.map((wording) => text('missing', wording)),
      ...assessment.cautions.map((caution) => code('caution', caution)),
      ...assessment.notes.map((note) => text('note', note)),
      { name: 'evidenceConflict', valueBoolean: assessment.evidenceConflict },
      ...optional(assessment.timing, (value) => code('timing', value)),
      ...boundaries(assessment),
      ...considerations(assessment),
      text('disclaimer', assessment.disclaimer),
    ],
  };
}

/** The elements that data were read from. */
export function evidenceOf(data: readonly Datum[]): readonly EvidenceItem[] {
  return data.map(({ ref, versionId, path }) => ({
    reference: ref,
    path,
    ...(versionId === undefined ? {} : { versionId }),
  }));
}

function criterionOf(criterion: HctCriterion, assessment: HctAssessment): ParametersParameter {
  const evidence = buildEvidence(evidenceOf(criterion.data));
  return {
    name: 'criterion',
    ...(evidence.length === 0 ? {} : { extension: [...evidence] }),
    part: [
      code('id', criterion.id),
      code('result', criterion.result),
      ...(criterion.provisional === true ? [{ name: 'provisional', valueBoolean: true }] : []),
      ...reevaluateBy(assessment, criterion.reevaluateByDay),
      text('reason', criterion.reason),
      ...Object.entries(criterion.parameters).map(([name, value]) => text('parameter', `${name}=${value}`)),
      ...criterion.cite.map((cite) => text('citation', cite)),
      ...criterion.missing.map((wording) => text('missing', wording)),
    ],
  };
}

/** Days count from the infusion; a date is what a reader can put in a calendar. */
function reevaluateBy(assessment: HctAssessment, byDay: number | undefined): readonly ParametersParameter[] {
  return optional(dateOfDay(assessment, byDay), (valueDate) => ({ name: 'reevaluateBy', valueDate }));
}

function boundaries({ boundarySensitive, boundaryChanges }: HctAssessment): readonly ParametersParameter[] {
  return [
    { name: 'boundarySensitive', valueBoolean: boundarySensitive },
    ...boundaryChanges.map((change) => ({
      name: 'boundaryChange',
      part: [code('parameter', change.parameter), text('value', change.value), code('status', change.status)],
    })),
  ];
}

function considerations(assessment: HctAssessment): readonly ParametersParameter[] {
  const known = Object.entries(assessment.specialConsiderations ?? {});
  const missing = assessment.specialConsiderationsMissing ?? [];
  return [
    ...known.map(([name, value]) => ({
      name: 'specialConsideration',
      part: [code('id', name), text('value', String(value))],
    })),
    ...missing.map((name) => code('specialConsiderationMissing', name)),
  ];
}

function optional<T>(
  value: T | undefined,
  build: (value: T) => ParametersParameter,
): readonly ParametersParameter[] {
  return value === undefined ? [] : [build(value)];
}

function code(name: string, valueCode: string): ParametersParameter {
  return { name, valueCode };
}

function text(name: string, valueString: string): ParametersParameter {
  return { name, valueString };
}

function integer(name: string, valueInteger: number): ParametersParameter {
  return { name, valueInteger };
}
