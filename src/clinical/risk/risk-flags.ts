import { type BCellAplasia, namedBCellParameters } from '../b-cells/b-cell-aplasia.ts';
import type { CourseFrame } from '../course/course-frame.ts';
import type { DerivedResult } from '../course/derived-result.ts';
import { chooseParameters, type ParameterOverrides } from '../parameters/clinical-parameters.ts';
import { deriveBurdenBeforeCells } from '../response/burden-before-infusion.ts';
import { RISK_FLAGS, type RiskFlagDefinition } from './risk-flag-definitions.ts';
import type { RiskFlagReading } from './risk-flag-reading.ts';
import { APLASIA_FLAGS, judgeRiskFlags } from './risk-flag-rules.ts';

export interface RiskFlag
  extends RiskFlagReading,
    Omit<DerivedResult, 'evidence'>,
    Pick<RiskFlagDefinition, 'rule' | 'effects' | 'citation'> {
  readonly contested: boolean;
}

/**
 * The failure-risk flags of one course (WH L108-190 and its Table 1; clinical specification 6.1), each by itself: no
 * source combines them. `aplasia` is B-cell aplasia of the same course by the default definition. Throws RangeError
 * on an override that the parameter does not allow.
 */
export function deriveRiskFlags(
  frame: CourseFrame,
  aplasia: BCellAplasia,
  overrides: ParameterOverrides = {},
): readonly RiskFlag[] {
  const parameters = chooseParameters(
    ['burdenLookbackDays', 'lowDoseBelow', 'earlyRelapseAfterHctMonths'],
    overrides,
  );
  const burden = deriveBurdenBeforeCells(
    { ...frame, infusionDate: frame.infusion.date },
    parameters.burdenLookbackDays,
  );
  const ofAplasia = namedBCellParameters(aplasia.parameters);
  const readings = judgeRiskFlags({ frame, burden, aplasia, parameters });
  return RISK_FLAGS.map((definition) => {
    const reading = readings[definition.id];
    return {
      ...reading,
      definition: definition.id,
      version: definition.version,
      course: frame.course.number,
      parameters: APLASIA_FLAGS.has(definition.id) ? ofAplasia : parameters,
      rule: definition.rule,
      effects: definition.effects,
      citation: definition.citation,
      contested: 'contested' in definition,
      flags: [],
      missing: reading.status === 'UNKNOWN' ? [definition.rule] : [],
    };
  });
}
