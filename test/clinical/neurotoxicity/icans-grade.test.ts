import fc from 'fast-check';
import { gradeIcans, type IcansInputs } from '../../../src/clinical/neurotoxicity/icans-grade.ts';
import { readVectors } from '../../support/clinical-vectors.ts';

interface IcansVector {
  readonly id: string;
  readonly desc: string;
  readonly input: {
    readonly ageY: number;
    readonly developmentalDelay?: boolean;
    readonly ice?: number;
    readonly capd?: number;
    readonly capdUnable?: boolean;
    readonly unarousable?: boolean;
    readonly sedated?: boolean;
    readonly loc?: string;
    readonly seizure?: string;
    readonly icp?: string;
    readonly deepFocalWeakness?: boolean;
    readonly deathDueToIcans?: boolean;
  };
  readonly expected: number | null;
}

const { icans } = readVectors<{ readonly icans: readonly IcansVector[] }>('grading');

const CONSCIOUSNESS: Readonly<Record<string, NonNullable<IcansInputs['consciousness']>>> = {
  ALERT: 'AWAKENS_SPONTANEOUSLY',
  VOICE: 'AWAKENS_TO_VOICE',
  TACTILE: 'AWAKENS_TO_TOUCH',
  UNAROUSABLE_OR_VIGOROUS: 'UNAROUSABLE',
};
const SEIZURES: Readonly<Record<string, Pick<IcansInputs, 'seizure' | 'seizureMinutes'>>> = {
  BRIEF: { seizure: 'CONVULSIVE', seizureMinutes: 2 },
  PROLONGED_GT5: { seizure: 'CONVULSIVE', seizureMinutes: 7 },
  NON_CONVULSIVE: { seizure: 'NON_CONVULSIVE' },
  REPETITIVE: { seizure: 'REPETITIVE' },
};
const INTRACRANIAL: Readonly<Record<string, NonNullable<IcansInputs['intracranial']>>> = {
  CN6: ['CN6_PALSY'],
  FOCAL_EDEMA: ['FOCAL_OEDEMA'],
  DIFFUSE_EDEMA: ['DIFFUSE_OEDEMA'],
  PAPILLEDEMA: ['PAPILLOEDEMA'],
};

const PARAMETERS = { capdGrade1NeedsNewFinding: false, prolongedSeizureMinutes: 5 };

const ALERT: IcansInputs = {
  tool: 'ICE',
  ice: 10,
  consciousness: 'AWAKENS_SPONTANEOUSLY',
  seizure: 'NONE',
  motor: 'NONE',
  intracranial: ['NONE'],
};
const CHILD: IcansInputs = {
  tool: 'CAPD',
  capd: 0,
  consciousness: 'AWAKENS_SPONTANEOUSLY',
  seizure: 'NONE',
  motor: 'NONE',
  intracranial: ['NONE'],
};

/** The worked examples say what is there; what they do not name was not found, or in a sedated patient not examined. */
function inputsOf({ input }: IcansVector): IcansInputs {
  const { ice, capd } = input;
  if (input.sedated === true) {
    const intracranial = INTRACRANIAL[input.icp ?? ''];
    return { sedated: true, ...(intracranial === undefined ? {} : { intracranial }) };
  }
  const young = input.ageY < 12 || input.developmentalDelay === true;
  return {
    tool: young ? 'CAPD' : 'ICE',
    ...(ice === undefined ? {} : { ice }),
    ...(capd === undefined ? {} : { capd }),
    unableToPerform: input.capdUnable ?? input.unarousable ?? false,
    consciousness: CONSCIOUSNESS[input.loc ?? 'ALERT'] ?? 'AWAKENS_SPONTANEOUSLY',
    ...(SEIZURES[input.seizure ?? ''] ?? { seizure: 'NONE' }),
    motor: input.deepFocalWeakness === true ? 'DEEP_FOCAL_WEAKNESS' : 'NONE',
    intracranial: INTRACRANIAL[input.icp ?? ''] ?? ['NONE'],
  };
}

describe('worked examples', () => {
  const examinations = icans.filter(({ input }) => input.deathDueToIcans !== true);
  it.each(examinations.map((vector) => [vector.id, vector.desc, vector] as const))(
    '%s %s',
    (_, __, vector) => {
      const { status, grade = null } = gradeIcans(inputsOf(vector), PARAMETERS);
      expect({ status, grade }).toEqual({
        status: vector.expected === null ? 'INDETERMINATE' : 'EXACT',
        grade: vector.expected,
      });
    },
  );
});

describe('both sides of every limit', () => {
  it.each([
    [10, 0],
    [9, 1],
    [7, 1],
    [6, 2],
    [3, 2],
    [2, 3],
    [0, 3],
  ])('ICE %d', (ice, grade) => {
    expect(gradeIcans({ ...ALERT, ice }, PARAMETERS)).toMatchObject({ status: 'EXACT', grade });
  });

  it.each<[number, IcansInputs['consciousness'], number]>([
    [0, 'AWAKENS_SPONTANEOUSLY', 0],
    [1, 'AWAKENS_SPONTANEOUSLY', 1],
    [8, 'AWAKENS_SPONTANEOUSLY', 1],
    [8, 'AWAKENS_TO_VOICE', 2],
    [8, 'AWAKENS_TO_TOUCH', 3],
    [9, 'AWAKENS_SPONTANEOUSLY', 3],
    [9, 'UNAROUSABLE', 4],
  ])('CAPD %d, %s', (capd, consciousness, grade) => {
    const inputs = { ...CHILD, capd, ...(consciousness === undefined ? {} : { consciousness }) };
    expect(gradeIcans(inputs, PARAMETERS)).toMatchObject({ status: 'EXACT', grade });
  });

  it.each<[Partial<IcansInputs>, number]>([
    [{ seizure: 'CONVULSIVE', seizureMinutes: 5 }, 3],
    [{ seizure: 'CONVULSIVE', seizureMinutes: 5.1 }, 4],
    [{ seizure: 'NON_CONVULSIVE' }, 3],
    [{ seizure: 'REPETITIVE' }, 4],
    [{ motor: 'TREMOR_OR_MYOCLONUS' }, 0],
    [{ intracranial: ['HAEMORRHAGE'] }, 0],
    [{ intracranial: ['HAEMORRHAGE', 'FOCAL_OEDEMA'] }, 3],
    [{ intracranial: ['DIFFUSE_OEDEMA'] }, 4],
    [{ intracranial: ['POSTURING'] }, 4],
    [{ intracranial: ['PAPILLOEDEMA'] }, 4],
    [{ intracranial: ['CUSHING_TRIAD'] }, 4],
    [{ ice: 2, otherCause: true }, 0],
  ])('%j', (changed, grade) => {
    expect(gradeIcans({ ...ALERT, ...changed }, PARAMETERS)).toMatchObject({ status: 'EXACT', grade });
  });
});

describe('missing inputs', () => {
  const without = (name: keyof IcansInputs): IcansInputs =>
    Object.fromEntries(Object.entries(ALERT).filter(([key]) => key !== name)) as unknown as IcansInputs;

  it.each<[keyof IcansInputs, readonly string[]]>([
    ['ice', ['ice']],
    ['tool', ['age', 'score']],
    ['consciousness', ['consciousness']],
    ['seizure', ['seizure']],
    ['motor', ['motor']],
    ['intracranial', ['intracranial']],
  ])('%s', (name, missing) => {
    expect(gradeIcans(without(name), PARAMETERS)).toMatchObject({ status: 'AT_LEAST', grade: 0, missing });
  });

  it('duration of a seizure', () => {
    expect(gradeIcans({ ...ALERT, seizure: 'CONVULSIVE' }, PARAMETERS)).toMatchObject({
      status: 'AT_LEAST',
      grade: 3,
      missing: ['seizure-duration'],
    });
  });

  it('nothing at all', () => {
    expect(gradeIcans({ tool: 'ICE' }, PARAMETERS).status).toBe('INDETERMINATE');
  });

  it('sedated: by what remains, as a lower bound, or not at all', () => {
    const sedated: IcansInputs = { ...ALERT, ice: 0, consciousness: 'UNAROUSABLE', sedated: true };
    expect(gradeIcans(sedated, PARAMETERS)).toMatchObject({
      status: 'AT_LEAST',
      grade: 0,
      flags: ['SEDATED'],
    });
    expect(gradeIcans({ ...sedated, motor: 'DEEP_FOCAL_WEAKNESS' }, PARAMETERS)).toMatchObject({ grade: 4 });
    expect(gradeIcans({ tool: 'ICE', ice: 0, sedated: true }, PARAMETERS).status).toBe('INDETERMINATE');
  });

  it('CAPD of a child that was high before', () => {
    const strict = { ...PARAMETERS, capdGrade1NeedsNewFinding: true };
    const child: IcansInputs = { ...CHILD, capd: 4 };
    expect(gradeIcans({ ...child, baselineCapd: 4 }, strict)).toMatchObject({ status: 'EXACT', grade: 0 });
    expect(gradeIcans({ ...child, baselineCapd: 3 }, strict)).toMatchObject({ status: 'EXACT', grade: 1 });
    expect(gradeIcans(child, strict)).toMatchObject({
      status: 'AT_LEAST',
      grade: 0,
      missing: ['baseline-capd'],
    });
  });
});

it('a better score never raises the grade', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 32 }), (ice, capd) => {
      const grade = (inputs: IcansInputs): number => gradeIcans(inputs, PARAMETERS).grade ?? -1;
      expect(grade({ ...ALERT, ice: ice + 1 })).toBeLessThanOrEqual(grade({ ...ALERT, ice }));
      expect(grade({ ...CHILD, capd: capd - 1 })).toBeLessThanOrEqual(grade({ ...CHILD, capd }));
    }),
  );
});
