import fc from 'fast-check';
import { type CrsInputs, gradeCrs } from '../../../src/clinical/crs/crs-grade.ts';
import type { OxygenSupport } from '../../../src/cohort/cohort-record.generated.ts';
import { readVectors } from '../../support/clinical-vectors.ts';

interface CrsVector {
  readonly id: string;
  readonly desc: string;
  readonly input: {
    readonly tempC?: number;
    readonly feverOtherCause?: boolean;
    readonly hypotension?: boolean;
    readonly pressors?: readonly string[];
    readonly o2?: { readonly device: string; readonly lpm?: number };
    readonly o2OtherCause?: boolean;
    readonly crsEstablished?: boolean;
    readonly antipyreticOrAnticytokine?: boolean;
    readonly deathDueToCrs?: boolean;
  };
  readonly expected: number | null;
}

const { crs } = readVectors<{ readonly crs: readonly CrsVector[] }>('grading');

const DEVICES: Readonly<Record<string, OxygenSupport['device']>> = {
  NONE: 'NONE',
  NC: 'NASAL_CANNULA',
  BLOW_BY: 'BLOW_BY',
  HFNC: 'HIGH_FLOW_CANNULA',
  FACEMASK: 'FACEMASK',
  NON_REBREATHER: 'NON_REBREATHER',
  VENTURI: 'VENTURI',
  CPAP: 'CPAP',
  BIPAP: 'BIPAP',
  MECH_VENT: 'MECHANICAL_VENTILATION',
};

const PARAMETERS = { feverFromCelsius: 38, lowFlowUpToLitres: 6, hfncRule: 'FLOW' } as const;

/** The worked examples say what is there; what they do not name is not there, the temperature apart. */
function inputsOf({ input }: CrsVector): CrsInputs {
  const { tempC, o2 } = input;
  return {
    ...(tempC === undefined ? {} : { temperature: tempC }),
    feverOtherCause: input.feverOtherCause ?? false,
    hypotension: input.hypotension ?? false,
    vasopressors: input.pressors ?? [],
    oxygen: {
      device: DEVICES[o2?.device ?? 'NONE'] ?? 'NONE',
      ...(o2?.lpm === undefined ? {} : { flow: o2.lpm }),
      otherCause: input.o2OtherCause ?? false,
    },
    established: input.crsEstablished ?? false,
    treatedSinceOnset: input.antipyreticOrAnticytokine ?? false,
  };
}

const FEBRILE: CrsInputs = {
  temperature: 39,
  hypotension: false,
  vasopressors: [],
  oxygen: { device: 'NONE' },
  established: false,
  treatedSinceOnset: false,
};

describe('worked examples', () => {
  // Death is no moment's grade; crs.test.ts holds C21.
  const moments = crs.filter(({ input }) => input.deathDueToCrs !== true);
  it.each(moments.map((vector) => [vector.id, vector.desc, vector] as const))('%s %s', (_, __, vector) => {
    const graded = gradeCrs(inputsOf(vector), PARAMETERS);
    expect(graded.grade ?? null).toBe(vector.expected);
    expect(graded.status).toBe(vector.expected === null ? 'INDETERMINATE' : 'EXACT');
  });
});

describe('both sides of every limit', () => {
  it.each<[string, Partial<CrsInputs>, number]>([
    ['37.9', { temperature: 37.9 }, 0],
    ['38.0', { temperature: 38 }, 1],
    ['cannula 6', { oxygen: { device: 'NASAL_CANNULA', flow: 6 } }, 2],
    ['cannula 6.1', { oxygen: { device: 'NASAL_CANNULA', flow: 6.1 } }, 3],
    ['high flow 6', { oxygen: { device: 'HIGH_FLOW_CANNULA', flow: 6 } }, 2],
    ['high flow 7', { oxygen: { device: 'HIGH_FLOW_CANNULA', flow: 7 } }, 3],
    ['mask', { oxygen: { device: 'FACEMASK', flow: 2 } }, 3],
    ['non-rebreather', { oxygen: { device: 'NON_REBREATHER' } }, 3],
    ['venturi', { oxygen: { device: 'VENTURI' } }, 3],
    ['cpap', { oxygen: { device: 'CPAP' } }, 4],
    ['ventilated', { oxygen: { device: 'MECHANICAL_VENTILATION' } }, 4],
    ['vasopressin alone', { hypotension: true, vasopressors: ['vasopressin'] }, 3],
    ['a vasopressor without a word on pressure', { vasopressors: ['dopamine'] }, 3],
    ['three', { vasopressors: ['dopamine', 'epinephrine', 'vasopressin'] }, 4],
  ])('%s', (_, changed, grade) => {
    expect(gradeCrs({ ...FEBRILE, ...changed }, PARAMETERS)).toMatchObject({ status: 'EXACT', grade });
  });

  it('a high-flow cannula at low flow is for review, or graded by the device', () => {
    const infant: CrsInputs = { ...FEBRILE, oxygen: { device: 'HIGH_FLOW_CANNULA', flow: 4 } };
    expect(gradeCrs(infant, PARAMETERS)).toMatchObject({ grade: 2, flags: ['REVIEW_INFANT_HFNC'] });
    expect(gradeCrs(infant, { ...PARAMETERS, hfncRule: 'DEVICE' })).toMatchObject({ grade: 3, flags: [] });
  });
});

describe('missing inputs', () => {
  const without = (name: keyof CrsInputs, from = FEBRILE): CrsInputs =>
    Object.fromEntries(Object.entries(from).filter(([key]) => key !== name)) as unknown as CrsInputs;

  it.each<[string, CrsInputs, object]>([
    ['temperature', without('temperature'), { status: 'INDETERMINATE', missing: ['temperature'] }],
    ['oxygen', without('oxygen'), { status: 'AT_LEAST', grade: 1, missing: ['oxygen'] }],
    ['hypotension', without('hypotension'), { status: 'AT_LEAST', grade: 1, missing: ['hypotension'] }],
    ['vasopressors, no hypotension', without('vasopressors'), { status: 'EXACT', grade: 1 }],
    [
      'vasopressors, hypotension',
      without('vasopressors', { ...FEBRILE, hypotension: true }),
      { status: 'AT_LEAST', grade: 2, missing: ['vasopressors'] },
    ],
    [
      'device, low flow',
      { ...FEBRILE, oxygen: { device: 'UNKNOWN', flow: 6 } },
      { status: 'AT_LEAST', grade: 2, missing: ['oxygen-device'] },
    ],
    [
      'device, high flow',
      { ...FEBRILE, oxygen: { device: 'UNKNOWN', flow: 6.1 } },
      { status: 'AT_LEAST', grade: 3, missing: ['oxygen-device'] },
    ],
    [
      'device and flow',
      { ...FEBRILE, oxygen: { device: 'UNKNOWN' } },
      { status: 'AT_LEAST', grade: 2, missing: ['oxygen-device'] },
    ],
    [
      'flow',
      { ...FEBRILE, oxygen: { device: 'NASAL_CANNULA' } },
      { status: 'AT_LEAST', grade: 2, missing: ['oxygen-flow'] },
    ],
    [
      'anything, at grade 4',
      without('hypotension', { ...FEBRILE, oxygen: { device: 'CPAP' } }),
      { status: 'EXACT', grade: 4, missing: [] },
    ],
    [
      'anything, without fever',
      { temperature: 37, established: false, treatedSinceOnset: false },
      { grade: 0 },
    ],
    [
      'temperature, established and treated',
      {
        ...without('temperature'),
        established: true,
        treatedSinceOnset: true,
        oxygen: { device: 'BLOW_BY' },
      },
      { status: 'EXACT', grade: 2 },
    ],
    [
      'temperature, established, no support',
      { ...without('temperature'), established: true },
      { status: 'AT_LEAST', grade: 0, missing: ['temperature'] },
    ],
  ])('%s', (_, inputs, expected) => {
    expect(gradeCrs(inputs, PARAMETERS)).toMatchObject(expected);
  });

  it('established, untreated and without fever, but hypoxic: graded and put to adjudication', () => {
    const inputs: CrsInputs = {
      ...FEBRILE,
      temperature: 37,
      established: true,
      oxygen: { device: 'NASAL_CANNULA', flow: 2 },
    };
    expect(gradeCrs(inputs, PARAMETERS)).toMatchObject({ grade: 2, flags: ['NEEDS_ADJUDICATION'] });
  });
});

describe('properties', () => {
  const inputs = fc.record({
    temperature: fc.double({ min: 35, max: 42, noNaN: true }),
    hypotension: fc.boolean(),
    vasopressors: fc.subarray(['norepinephrine', 'epinephrine', 'vasopressin']),
    flow: fc.double({ min: 0, max: 20, noNaN: true }),
    established: fc.boolean(),
    treatedSinceOnset: fc.boolean(),
  });
  const read = ({ flow, ...rest }: { readonly flow: number } & Omit<CrsInputs, 'oxygen'>): number =>
    gradeCrs({ ...rest, oxygen: { device: 'NASAL_CANNULA', flow } }, PARAMETERS).grade ?? -1;

  it('less of anything never raises the grade', () => {
    fc.assert(
      fc.property(inputs, fc.double({ min: 0, max: 5, noNaN: true }), (facts, less) => {
        const grade = read(facts);
        expect(read({ ...facts, temperature: facts.temperature - less })).toBeLessThanOrEqual(grade);
        expect(read({ ...facts, flow: Math.max(0, facts.flow - less) })).toBeLessThanOrEqual(grade);
        expect(read({ ...facts, hypotension: false })).toBeLessThanOrEqual(grade);
        expect(read({ ...facts, vasopressors: facts.vasopressors.slice(1) })).toBeLessThanOrEqual(grade);
      }),
    );
  });
});
