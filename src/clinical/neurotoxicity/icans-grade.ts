import type { NeuroAssessment } from '../../cohort/cohort-record.generated.ts';
import type { ClinicalParameters } from '../parameters/clinical-parameters.ts';
import { type Graded, gradedAs, indeterminate } from '../toxicity/graded.ts';

export type IcansGradeParameters = Pick<
  ClinicalParameters,
  'capdGrade1NeedsNewFinding' | 'prolongedSeizureMinutes'
>;

/** Which score the patient is examined by. */
export type IcansTool = 'ICE' | 'CAPD';

/** What was found at one examination; an absent element was not examined. */
export interface IcansInputs
  extends Partial<
    Pick<
      NeuroAssessment,
      | 'ice'
      | 'capd'
      | 'unableToPerform'
      | 'consciousness'
      | 'sedated'
      | 'seizure'
      | 'seizureMinutes'
      | 'motor'
      | 'intracranial'
      | 'otherCause'
    >
  > {
  /** Undefined where the age is not known and both or neither score were taken. */
  readonly tool?: IcansTool;
  /** CAPD before the infusion. */
  readonly baselineCapd?: number;
}

interface Domain {
  readonly grade: number;
  readonly missing: readonly string[];
}

const CLEAR: Domain = { grade: 0, missing: [] };

const CONSCIOUSNESS = {
  AWAKENS_SPONTANEOUSLY: 0,
  AWAKENS_TO_VOICE: 2,
  AWAKENS_TO_TOUCH: 3,
  UNAROUSABLE: 4,
} as const satisfies Record<NonNullable<NeuroAssessment['consciousness']>, number>;

const INTRACRANIAL = {
  NONE: 0,
  HAEMORRHAGE: 0,
  FOCAL_OEDEMA: 3,
  DIFFUSE_OEDEMA: 4,
  POSTURING: 4,
  CN6_PALSY: 4,
  PAPILLOEDEMA: 4,
  CUSHING_TRIAD: 4,
} as const satisfies Record<NonNullable<NeuroAssessment['intracranial']>[number], number>;

/**
 * ICANS grade 0 to 4 of one examination: that of the worst domain (ASTCT consensus, Lee 2019; clinical specification
 * 2.2). Tremor, myoclonus and haemorrhage do not count. In a sedated patient scores and consciousness say nothing.
 * What was not examined leaves the lowest grade that the rest shows. Grade 5 is death: see `deriveIcans`.
 */
export function gradeIcans(inputs: IcansInputs, parameters: IcansGradeParameters): Graded {
  if (inputs.otherCause === true) return gradedAs(0, [], ['OTHER_CAUSE']);
  const focal = [gradeSeizure(inputs, parameters), gradeMotor(inputs), gradeIntracranial(inputs)];
  const { sedated, seizure, motor, intracranial } = inputs;
  if (sedated === true) {
    if (seizure === undefined && motor === undefined && intracranial === undefined) {
      return indeterminate(['consciousness', 'score'], ['SEDATED']);
    }
    return worst([...focal, { grade: 0, missing: ['consciousness', 'score'] }], ['SEDATED']);
  }
  const domains = [gradeScore(inputs, parameters), gradeConsciousness(inputs), ...focal];
  const examined =
    inputs.ice ??
    inputs.capd ??
    inputs.unableToPerform ??
    inputs.consciousness ??
    seizure ??
    motor ??
    intracranial;
  if (examined === undefined) return indeterminate(['score', 'consciousness']);
  return worst(domains, []);
}

function worst(domains: readonly Domain[], flags: readonly string[]): Graded {
  const grade = Math.max(...domains.map((domain) => domain.grade));
  const missing = [...new Set(domains.flatMap((domain) => domain.missing))];
  return gradedAs(grade, missing, flags);
}

function gradeScore(inputs: IcansInputs, parameters: IcansGradeParameters): Domain {
  if (inputs.unableToPerform === true) return { grade: 4, missing: [] };
  if (inputs.tool === undefined) return { grade: 0, missing: ['age', 'score'] };
  return inputs.tool === 'ICE' ? gradeIce(inputs) : gradeCapd(inputs, parameters);
}

/** 0 in a patient who is awake, as with global aphasia, is grade 3; consciousness itself makes it 4. */
function gradeIce({ ice }: IcansInputs): Domain {
  if (ice === undefined) return { grade: 0, missing: ['ice'] };
  if (ice >= 10) return CLEAR;
  if (ice >= 7) return { grade: 1, missing: [] };
  return { grade: ice >= 3 ? 2 : 3, missing: [] };
}

/** 1 to 8 is grade 1 in a child who wakes spontaneously, 2 to voice: what is worse, consciousness says itself. */
function gradeCapd(inputs: IcansInputs, parameters: IcansGradeParameters): Domain {
  const { capd, baselineCapd } = inputs;
  if (capd === undefined) return { grade: 0, missing: ['capd'] };
  if (capd >= 9) return { grade: 3, missing: [] };
  if (capd === 0) return CLEAR;
  if (!parameters.capdGrade1NeedsNewFinding) return { grade: 1, missing: [] };
  if (baselineCapd === undefined) return { grade: 0, missing: ['baseline-capd'] };
  return { grade: capd > baselineCapd ? 1 : 0, missing: [] };
}

function gradeConsciousness({ consciousness, unableToPerform }: IcansInputs): Domain {
  if (consciousness !== undefined) return { grade: CONSCIOUSNESS[consciousness], missing: [] };
  return unableToPerform === true ? CLEAR : { grade: 0, missing: ['consciousness'] };
}

function gradeSeizure(inputs: IcansInputs, { prolongedSeizureMinutes }: IcansGradeParameters): Domain {
  const { seizure, seizureMinutes } = inputs;
  if (seizure === undefined) return { grade: 0, missing: ['seizure'] };
  if (seizure === 'NONE') return CLEAR;
  if (seizure === 'REPETITIVE') return { grade: 4, missing: [] };
  if (seizure === 'NON_CONVULSIVE') return { grade: 3, missing: [] };
  if (seizureMinutes === undefined) return { grade: 3, missing: ['seizure-duration'] };
  return { grade: seizureMinutes > prolongedSeizureMinutes ? 4 : 3, missing: [] };
}

function gradeMotor({ motor }: IcansInputs): Domain {
  if (motor === undefined) return { grade: 0, missing: ['motor'] };
  return { grade: motor === 'DEEP_FOCAL_WEAKNESS' ? 4 : 0, missing: [] };
}

function gradeIntracranial({ intracranial }: IcansInputs): Domain {
  if (intracranial === undefined) return { grade: 0, missing: ['intracranial'] };
  return { grade: Math.max(0, ...intracranial.map((finding) => INTRACRANIAL[finding])), missing: [] };
}
