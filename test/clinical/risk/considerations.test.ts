import { prepareBCellAplasia } from '../../../src/clinical/b-cells/b-cell-aplasia.ts';
import { frameCourse } from '../../../src/clinical/course/course-frame.ts';
import { deriveCrs } from '../../../src/clinical/crs/crs.ts';
import { deriveIcans } from '../../../src/clinical/neurotoxicity/icans.ts';
import type { ParameterOverrides } from '../../../src/clinical/parameters/clinical-parameters.ts';
import { deriveConsiderations } from '../../../src/clinical/risk/considerations.ts';
import type { CohortRecord, Observations } from '../../../src/cohort/cohort-record.generated.ts';
import {
  answered,
  blastsOn,
  from,
  hctOn,
  infusedOn,
  mrdOn,
  type RecordParts,
  recordOf,
  statusOn,
} from '../../support/record-builder.ts';
import { INFUSION, neuro, oxygen, reported, sign, temperature, when } from '../../support/toxicity-facts.ts';

function record(parts: RecordParts = {}, more: Partial<CohortRecord> = {}): CohortRecord {
  return { ...recordOf({ courses: infusedOn(INFUSION), lastContact: '2026-01-01', ...parts }), ...more };
}

describe('considerations', () => {
  const considered = (
    id: string,
    of: CohortRecord,
    overrides: ParameterOverrides = {},
    asOf: string | undefined = undefined,
  ) => {
    const frame = frameCourse(of, 1, asOf);
    if (frame === undefined) throw new Error('the infusion is dated');
    const basis = {
      crs: deriveCrs(frame),
      icans: deriveIcans(frame),
      aplasia: prepareBCellAplasia(of, 1)('BCA_WH_STRICT'),
    };
    return deriveConsiderations(frame, basis, overrides).find(({ definition }) => definition === id);
  };
  /** Charted whole on day 4: no hypotension, room air. */
  const febrile = (celsius: number, percent?: number, more: Partial<Observations> = {}) =>
    record({
      blasts: percent === undefined ? [] : [blastsOn('2024-02-20', percent)],
      observations: {
        vitalSigns: [temperature(when(4), celsius)],
        clinicalSigns: [sign(when(4), 'HYPOTENSION', false)],
        oxygenSupport: [oxygen(when(4), 'NONE')],
        ...more,
      },
    });
  const onlyWarm = { clinicalSigns: [], oxygenSupport: [] };
  const mrdBefore = { mrd: [mrdOn('2024-02-20', 'POSITIVE', { value: 0.07 })] };

  it.each<[string, CohortRecord, ParameterOverrides, string]>([
    ['grade 1 and high burden', febrile(38.5, 6), {}, 'MET'],
    ['grade 1 and burden at 5 %', febrile(38.5, 5), {}, 'UNKNOWN'],
    ['grade 0', febrile(37, 60), {}, 'NOT_MET'],
    ['fever, pressure and oxygen not charted', febrile(38.5, 6, onlyWarm), {}, 'UNKNOWN'],
    [
      'grade 1 as reported',
      febrile(38.5, 6, { ...onlyWarm, toxicityGrades: [reported(when(4), 'CRS', 'ASTCT-2019', 1)] }),
      {},
      'MET',
    ],
    [
      'grade 2 as reported',
      febrile(38.5, 6, { ...onlyWarm, toxicityGrades: [reported(when(4), 'CRS', 'ASTCT-2019', 2)] }),
      {},
      'NOT_MET',
    ],
    [
      'a later report',
      febrile(38.5, 6, { toxicityGrades: [reported(when(5), 'CRS', 'ASTCT-2019', 2)] }),
      {},
      'NOT_MET',
    ],
    ['MRD of 7 % where no blasts were counted', febrile(38.5, undefined, mrdBefore), {}, 'MET'],
    ['burden by the other limit', febrile(38.5, 20), { earlyTocilizumabBurden: 'GT25' }, 'UNKNOWN'],
    ['nothing known', record(), {}, 'UNKNOWN'],
  ])('early tocilizumab: %s', (_, of, overrides, expected) => {
    expect(considered('PROPH_EARLY_TOCI', of, overrides)?.status).toBe(expected);
  });

  it.each<[number, ParameterOverrides, string, string]>([
    [4, {}, 'MET', 'grade 1 on day 4'],
    [5, {}, 'MET', 'grade 1 on day 4'],
    [6, {}, 'UNKNOWN', 'grade 1 on day 4, not graded since'],
    [5, { crsGradeDescribesDays: 0 }, 'UNKNOWN', 'grade 1 on day 4, not graded since'],
  ])('early tocilizumab on day %i after a grade of day 4, %j', (day, overrides, expected, observed) => {
    const found = considered('PROPH_EARLY_TOCI', febrile(38.5, 6), overrides, when(day).date);
    expect(found?.status).toBe(expected);
    expect(found?.factors[0]?.observed).toBe(observed);
  });

  it('early tocilizumab lists what is not known', () => {
    expect(considered('PROPH_EARLY_TOCI', febrile(38.5, 6))?.missing).toEqual([
      'cardiac-comorbidity',
      'pulmonary-comorbidity',
    ]);
  });

  it('seizure prophylaxis', () => {
    const stated = (answer: string) =>
      record({ observations: { assertions: [answered('PRES_HISTORY', answer)] } });
    expect(considered('PROPH_SEIZURE', stated('YES'))?.status).toBe('MET');
    expect(considered('PROPH_SEIZURE', stated('NO'))?.status).toBe('UNKNOWN');
  });

  it.each<[string, Partial<RecordParts>, ParameterOverrides, string]>([
    [
      'early relapse',
      { hcts: [hctOn('2023-07-01')], statuses: [statusOn('2023-10-01', 'RELAPSE')] },
      {},
      'MET',
    ],
    ['too few T cells', { observations: { assertions: [answered('T_CELLS_TOO_FEW', 'YES')] } }, {}, 'MET'],
    [
      'a low count without a limit',
      {
        observations: {
          collections: [
            { date: '2024-01-10', kind: 'LEUKAPHERESIS', cd3PerMicrolitre: 90, sources: from('Procedure/a') },
          ],
        },
      },
      {},
      'UNKNOWN',
    ],
    [
      'a low count with a limit',
      {
        observations: {
          collections: [
            { date: '2024-01-10', kind: 'LEUKAPHERESIS', cd3PerMicrolitre: 90, sources: from('Procedure/a') },
          ],
        },
      },
      { cd3Minimum: 150 },
      'MET',
    ],
  ])('donor-derived product: %s', (_, parts, overrides, expected) => {
    expect(considered('CONSIDER_DONOR_DERIVED', record(parts), overrides)?.status).toBe(expected);
  });

  it('severe ICANS is noted', () => {
    const of = record({ observations: { neuroAssessments: [neuro(when(6), { ice: 1 })] } });
    expect(considered('ICANS_GRADE_3_NOTE', of)?.status).toBe('MET');
    expect(considered('ICANS_GRADE_3_NOTE', record())?.status).toBe('UNKNOWN');
  });

  const factor = (definition: string, id: string, of: CohortRecord, overrides: ParameterOverrides = {}) =>
    considered(definition, of, overrides)?.factors.find((each) => each.id === id);

  it('the peak of ICANS stands beside its severity', () => {
    const of = record({ observations: { neuroAssessments: [neuro(when(6), { ice: 1 })] } });
    expect(factor('ICANS_GRADE_3_NOTE', 'icans-severe', of)?.observed).toBe('peak grade 3');
    expect(factor('ICANS_GRADE_3_NOTE', 'icans-severe', record())?.observed).toBeUndefined();
  });

  describe('too few T cells', () => {
    const collection = (date: string, cd3PerMicrolitre?: number) => ({
      date,
      kind: 'LEUKAPHERESIS' as const,
      ...(cd3PerMicrolitre === undefined ? {} : { cd3PerMicrolitre }),
      sources: from(`Procedure/collection-${date}`),
    });
    const LIMIT = { cd3Minimum: 150 };

    it.each<[string, Partial<Observations>, string, string | undefined]>([
      ['below the limit', { collections: [collection('2024-01-10', 149)] }, 'MET', '149 CD3+/uL'],
      ['at the limit', { collections: [collection('2024-01-10', 150)] }, 'NOT_MET', '150 CD3+/uL'],
      [
        'the latest count',
        {
          collections: [
            collection('2023-12-01', 90),
            collection('2024-01-10', 200),
            collection('2024-02-10'),
          ],
        },
        'NOT_MET',
        '200 CD3+/uL',
      ],
      ['on the day of the infusion', { collections: [collection(INFUSION, 90)] }, 'MET', '90 CD3+/uL'],
      ['after the infusion', { collections: [collection('2024-03-05', 90)] }, 'UNKNOWN', undefined],
      ['never counted', { collections: [collection('2024-01-10')] }, 'UNKNOWN', undefined],
      [
        "the clinician's word decides",
        { collections: [collection('2024-01-10', 90)], assertions: [answered('T_CELLS_TOO_FEW', 'NO')] },
        'NOT_MET',
        '90 CD3+/uL',
      ],
    ])('%s', (_, observations, status, observed) => {
      const found = factor('CONSIDER_DONOR_DERIVED', 't-cells-too-few', record({ observations }), LIMIT);
      expect(found?.status).toBe(status);
      expect(found?.observed).toBe(observed);
    });
  });

  it('the donor of the HCT is told where it is recorded', () => {
    const of = record({ hcts: [hctOn('2022-01-01'), hctOn('2023-07-01', { donor: 'MSD' })] });
    expect(factor('CONSIDER_DONOR_DERIVED', 'donor-type', of)).toMatchObject({
      status: 'MET',
      observed: 'MSD',
    });
    const unknown = record({ hcts: [hctOn('2022-01-01')] });
    expect(factor('CONSIDER_DONOR_DERIVED', 'donor-type', unknown)?.status).toBe('UNKNOWN');
  });
});
