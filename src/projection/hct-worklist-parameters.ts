import type { Group, Parameters, ParametersParameter } from '@medplum/fhirtypes';
import type { Finding } from '../core/finding.ts';
import type { HctDue, HctWorkItem, HctWorklist } from '../reports/hct-worklist.ts';
import { derivedMeta } from './derived-meta.ts';
import { buildGuidanceResponse } from './hct-consolidation-parameters.ts';
import { buildResultParameters } from './result-parameters.ts';

/** Id of the Group that the service keeps itself: everyone with a CAR-T course. */
export const CAR_T_GROUP = 'car-t';

export function buildCarTGroup(personIds: readonly string[]): Group {
  const { tag } = derivedMeta('');
  return {
    resourceType: 'Group',
    id: CAR_T_GROUP,
    meta: tag === undefined ? {} : { tag },
    active: true,
    type: 'person',
    actual: true,
    name: 'Everyone with a CAR-T course',
    quantity: personIds.length,
    ...(personIds.length === 0
      ? {}
      : { member: personIds.map((id) => ({ entity: { reference: `Patient/${id}` } })) }),
  };
}

/** The answer of `Group/$hct-consolidation`: each assessment, what there is to do for each patient, and the attrition. */
export function hctWorklistParameters(worklist: HctWorklist, findings: readonly Finding[]): Parameters {
  const { items, attrition, asOf, ruleset } = worklist;
  const results = buildResultParameters(
    items.map(({ assessment }) => buildGuidanceResponse(assessment)),
    findings,
  );
  return {
    resourceType: 'Parameters',
    parameter: [
      { name: 'asOf', valueDate: asOf },
      { name: 'ruleset', valueString: ruleset },
      ...items.map(workOf),
      ...attrition.map(({ step, label, excluded, remaining }) => ({
        name: 'attrition',
        part: [
          { name: 'step', valueCode: step },
          { name: 'label', valueString: label },
          { name: 'excluded', valueInteger: excluded },
          { name: 'remaining', valueInteger: remaining },
        ],
      })),
      ...(results.parameter ?? []),
    ],
  };
}

function workOf({ patient, status, since, eligibleSince, summary, due }: HctWorkItem): ParametersParameter {
  return {
    name: 'work',
    part: [
      { name: 'patient', valueReference: { reference: `Patient/${patient}` } },
      { name: 'status', valueCode: status },
      ...(since === undefined ? [] : [{ name: 'since', valueDate: since }]),
      ...(eligibleSince === undefined ? [] : [{ name: 'eligibleSince', valueDate: eligibleSince }]),
      { name: 'summary', valueString: summary },
      ...due.map(dueOf),
    ],
  };
}

function dueOf({ what, by, overdue, detail }: HctDue): ParametersParameter {
  return {
    name: 'due',
    part: [
      { name: 'what', valueCode: what },
      ...(by === undefined ? [] : [{ name: 'by', valueDate: by }]),
      { name: 'overdue', valueBoolean: overdue },
      ...(detail === undefined ? [] : [{ name: 'detail', valueString: detail }]),
    ],
  };
}
