import type { Laboratory } from '../../cohort/cohort-record.generated.ts';
import { anyOf, type Tristate } from '../../core/tristate.ts';
import { type CourseFrame, isInCourse } from '../course/course-frame.ts';
import type { DerivedResult } from '../course/derived-result.ts';
import { chooseParameters, type ParameterOverrides } from '../parameters/clinical-parameters.ts';
import { joinEvidence } from '../record/fact-date.ts';
import { laboratorySeries } from '../record/laboratory-series.ts';
import type { Placed } from '../record/moment.ts';
import { isBelowThreshold } from '../record/threshold.ts';

/** A low count by CTCAE version 5: at any time, whatever its duration. */
export interface CytopeniaDefinition {
  readonly id: 'NEUTROPENIA_G4' | 'THROMBOCYTOPENIA_G3' | 'THROMBOCYTOPENIA_G4' | 'ANAEMIA_G3';
  readonly analyte: 'anc' | 'platelets' | 'haemoglobin';
  /** Strictly below: cells per microlitre, 10*9/L, g/dL. */
  readonly below: number;
}

/** Clinical specification 1.7, elements 125 and 126; ICAHT counts "at or below", these do not. */
const CYTOPENIAS: readonly CytopeniaDefinition[] = Object.freeze([
  { id: 'NEUTROPENIA_G4', analyte: 'anc', below: 500 },
  { id: 'THROMBOCYTOPENIA_G3', analyte: 'platelets', below: 50 },
  { id: 'THROMBOCYTOPENIA_G4', analyte: 'platelets', below: 25 },
  { id: 'ANAEMIA_G3', analyte: 'haemoglobin', below: 8 },
]);

export interface Cytopenia extends DerivedResult {
  /** UNKNOWN without a count, or where a comparator leaves it open. */
  readonly status: Tristate;
  /** The lowest value in the window and the first day of it. */
  readonly nadir?: number;
  readonly nadirDay?: number;
}

/** Each of the low counts from the infusion to `neutropeniaToDay` (PKU L234: within four weeks). */
export function deriveCytopenias(
  frame: CourseFrame,
  overrides: ParameterOverrides = {},
): readonly Cytopenia[] {
  const parameters = chooseParameters(['neutropeniaToDay'], overrides);
  return CYTOPENIAS.map(({ id, analyte, below }) => {
    const series = laboratorySeries(frame, analyte).filter(
      (placed) => isInCourse(frame, placed) && placed.day <= parameters.neutropeniaToDay,
    );
    const states = series.map(({ fact }) => isBelowThreshold(fact, 'LT', below));
    const status = states.length === 0 ? 'UNKNOWN' : anyOf(states);
    const lowest = nadirOf(series);
    return {
      definition: `CTCAE5_${id}`,
      version: '1',
      course: frame.course.number,
      parameters,
      status,
      ...(lowest === undefined ? {} : { nadir: lowest.fact.value, nadirDay: lowest.day }),
      flags: [],
      missing: status === 'UNKNOWN' ? [analyte] : [],
      evidence: joinEvidence(
        series.filter((_, index) => states[index] === status).map(({ fact }) => fact.sources),
      ),
    };
  });
}

function nadirOf(series: readonly Placed<Laboratory>[]): Placed<Laboratory> | undefined {
  return series.reduce<Placed<Laboratory> | undefined>(
    (lowest, each) => (lowest === undefined || each.fact.value < lowest.fact.value ? each : lowest),
    undefined,
  );
}
