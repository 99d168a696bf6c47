import type { OxygenSupport } from '../../cohort/cohort-record.generated.ts';
import type { ClinicalParameters } from '../parameters/clinical-parameters.ts';
import { type Graded, gradedAs, indeterminate, NOTHING_SEEN } from '../toxicity/graded.ts';

export type CrsGradeParameters = Pick<
  ClinicalParameters,
  'feverFromCelsius' | 'lowFlowUpToLitres' | 'hfncRule'
>;

/** What is known of one moment. An absent element is not known; "none" is stated. */
export interface CrsInputs {
  /** Degrees Celsius, 30 to 43. */
  readonly temperature?: number | undefined;
  /** The fever has another cause, and only that. */
  readonly feverOtherCause?: boolean;
  /** Present for age and baseline, whatever is given against it. */
  readonly hypotension?: boolean | undefined;
  /** Vasopressors running at the same time; empty: none. */
  readonly vasopressors?: readonly string[] | undefined;
  /** Another one ran on the day; whether at the same time is not known. */
  readonly furtherVasopressorPossible?: boolean;
  /** `otherCause`: given for another reason than hypoxia, so it does not count. */
  readonly oxygen?: Pick<OxygenSupport, 'device' | 'flow' | 'otherCause'> | undefined;
  /** CRS was there before, in the same episode. */
  readonly established: boolean;
  /** An antipyretic, anti-cytokine drug or corticosteroid was given since it began: fever may be masked. */
  readonly treatedSinceOnset: boolean;
}

interface Component {
  /** 0 where there is none. */
  readonly grade: number;
  readonly missing: readonly string[];
  readonly flags: readonly string[];
}

const NONE: Component = { grade: 0, missing: [], flags: [] };

/**
 * CRS grade 0 to 4 at one moment (ASTCT consensus, Lee 2019; clinical specification 2.1, steps 2 to 9). CRS cannot
 * begin without fever; once established and treated it is graded by hypotension and hypoxia. A missing input gives
 * the lowest grade that the others show. Grade 5 is death, which no moment shows: see `deriveCrs`.
 */
export function gradeCrs(inputs: CrsInputs, parameters: CrsGradeParameters): Graded {
  const { temperature, established, treatedSinceOnset } = inputs;
  const fever =
    inputs.feverOtherCause === true
      ? false
      : temperature === undefined
        ? undefined
        : temperature >= parameters.feverFromCelsius;
  if (!established && fever === false) return gradedAs(0, []);
  const pressure = gradeHypotension(inputs);
  const oxygen = gradeHypoxia(inputs.oxygen, parameters);
  const support = Math.max(pressure.grade, oxygen.grade);
  if (!established && fever === undefined) {
    return indeterminate(['temperature'], support === 0 ? [NOTHING_SEEN] : []);
  }
  const missing = [...pressure.missing, ...oxygen.missing];
  const flags = [...pressure.flags, ...oxygen.flags];
  if (fever === false && !treatedSinceOnset && support > 0) flags.push('NEEDS_ADJUDICATION');
  if (fever === undefined && support === 0) missing.unshift('temperature');
  return gradedAs(Math.max(fever === true ? 1 : 0, support), missing, flags);
}

/** Step 6: vasopressin beside another vasopressor does not count; alone it is one vasopressor. */
function gradeHypotension(inputs: CrsInputs): Component {
  const { hypotension, vasopressors, furtherVasopressorPossible } = inputs;
  if (vasopressors !== undefined && vasopressors.length > 0) {
    const counted = new Set(vasopressors.filter((agent) => agent !== 'vasopressin'));
    if (counted.size > 1) return { ...NONE, grade: 4 };
    const beside = furtherVasopressorPossible === true ? ['vasopressor-times'] : [];
    return { ...NONE, grade: 3, missing: beside };
  }
  if (hypotension === false) return NONE;
  const missing = vasopressors === undefined ? ['vasopressors'] : [];
  if (hypotension === undefined) return { ...NONE, missing: ['hypotension', ...missing] };
  return { ...NONE, grade: 2, missing };
}

/** Steps 7 and 8, by device and flow. */
function gradeHypoxia(oxygen: CrsInputs['oxygen'], parameters: CrsGradeParameters): Component {
  if (oxygen === undefined) return { ...NONE, missing: ['oxygen'] };
  if (oxygen.otherCause === true) return NONE;
  switch (oxygen.device) {
    case 'NONE':
      return NONE;
    case 'BLOW_BY':
      return { ...NONE, grade: 2 };
    case 'NASAL_CANNULA':
      return byFlow(oxygen.flow, parameters.lowFlowUpToLitres, []);
    case 'HIGH_FLOW_CANNULA':
      return parameters.hfncRule === 'DEVICE'
        ? { ...NONE, grade: 3 }
        : byFlow(oxygen.flow, parameters.lowFlowUpToLitres, ['REVIEW_INFANT_HFNC']);
    case 'FACEMASK':
    case 'NON_REBREATHER':
    case 'VENTURI':
      return { ...NONE, grade: 3 };
    case 'CPAP':
    case 'BIPAP':
    case 'MECHANICAL_VENTILATION':
      return { ...NONE, grade: 4 };
    case 'UNKNOWN':
      return byUnknownDevice(oxygen.flow, parameters.lowFlowUpToLitres);
    default:
      return oxygen.device satisfies never;
  }
}

/** The least that oxygen can be: as much as blow-by, and above low flow as much as a high-flow cannula. */
function byUnknownDevice(flow: number | undefined, lowUpTo: number): Component {
  return { grade: flow !== undefined && flow > lowUpTo ? 3 : 2, missing: ['oxygen-device'], flags: [] };
}

function byFlow(flow: number | undefined, lowUpTo: number, lowFlags: readonly string[]): Component {
  if (flow === undefined) return { grade: 2, missing: ['oxygen-flow'], flags: [] };
  return flow > lowUpTo ? { ...NONE, grade: 3 } : { ...NONE, grade: 2, flags: lowFlags };
}
