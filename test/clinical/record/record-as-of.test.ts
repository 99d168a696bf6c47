import { recordAsOf } from '../../../src/clinical/record/record-as-of.ts';
import type { Observations } from '../../../src/cohort/cohort-record.generated.ts';
import {
  bCellsOn,
  blastsOn,
  courseOn,
  diedOn,
  from,
  hctOn,
  infusedOn,
  malignancyOn,
  mrdOn,
  recordOf,
  statusOn,
  therapyOn,
  vitalOn,
} from '../../support/record-builder.ts';
import {
  drug,
  lab,
  neuro,
  oxygen,
  reported,
  sign,
  temperature,
  transgene,
} from '../../support/toxicity-facts.ts';

/** One fact of each kind on either side of 2023-01-01. */
const BOTH = ['2022-12-31', '2023-01-01', '2023-01-02'] as const;
const full = recordOf({
  courses: infusedOn('2022-01-01', '2023-01-02'),
  hcts: BOTH.map((date) => hctOn(date)),
  therapies: BOTH.map((date) => therapyOn(date, 'CHEMOTHERAPY')),
  statuses: BOTH.map((date) => statusOn(date, 'CR')),
  blasts: BOTH.map((date) => blastsOn(date, 1)),
  mrd: BOTH.map((date) => mrdOn(date, 'NEGATIVE')),
  bCells: BOTH.map((date) => bCellsOn(date, 0)),
  secondMalignancies: BOTH.map(malignancyOn),
  observations: {
    assertions: [
      { question: 'FIT_FOR_HCT', answer: 'YES', sources: from('Observation/undated') },
      ...BOTH.map((date) => ({
        question: 'DONOR_AVAILABLE' as const,
        answer: 'YES',
        date,
        sources: from(`Observation/${date}`),
      })),
    ],
    laboratory: BOTH.map((date) => ({
      date,
      analyte: 'anc',
      value: 1,
      sources: from(`Observation/${date}`),
    })),
    vitalSigns: BOTH.map((date) => ({
      date,
      sign: 'weight',
      value: 9,
      sources: from(`Observation/${date}`),
    })),
    transgene: BOTH.map((date) => ({
      date,
      copiesPerMicrogram: 1,
      specimen: 'BLOOD' as const,
      sources: from(`Observation/${date}`),
    })),
  },
  lastContact: '2022-06-01',
});

describe('the record as of a day', () => {
  const seen = recordAsOf(full, '2023-01-01');

  it.each([
    ['courses', seen.courses, 1],
    ['transplantations', seen.hcts, 2],
    ['therapies', seen.laterTherapies, 2],
    ['statuses', seen.observations.diseaseStatus, 2],
    ['blasts', seen.observations.marrowBlasts, 2],
    ['MRD', seen.observations.mrd, 2],
    ['B cells', seen.observations.bCells, 2],
    ['assertions, one of them undated', seen.observations.assertions, 3],
    ['laboratory', seen.observations.laboratory, 2],
    ['vital signs', seen.observations.vitalSigns, 2],
    ['transgene', seen.observations.transgene, 2],
    ['second malignancies', seen.followUp.secondMalignancies, 2],
  ])('keeps of the %s what is dated up to it', (_, list, length) => {
    expect(list).toHaveLength(length);
  });

  it('keeps the later facts as proof of life, and lists that were absent absent', () => {
    expect(seen.followUp.lastContact?.date).toBe('2023-01-02');
    expect(seen.observations).not.toHaveProperty('infections');
  });

  it('twice is once', () => {
    expect(recordAsOf(seen, '2023-01-01')).toEqual(seen);
  });

  it.each([
    ['2023-01-02', '2023-01-02'],
    ['2023-01', '2023-01-31'],
    ['2022', '2022-12-31'],
  ])('of a partial day %s means its last day', (asOf, last) => {
    expect(recordAsOf(full, asOf)).toEqual(recordAsOf(full, last));
  });

  it('knows no end of what goes on', () => {
    const record = recordOf({
      courses: infusedOn('2022-01-01'),
      therapies: [
        therapyOn('2022-03-01', 'CHEMOTHERAPY', { endDate: '2022-04-01' }),
        therapyOn('2022-03-02', 'CHEMOTHERAPY', { endDate: '2023-04-01' }),
      ],
    });
    expect(recordAsOf(record, '2023-01-01').laterTherapies.map(({ endDate }) => endDate)).toEqual([
      '2022-04-01',
      undefined,
    ]);
  });
});

/** One list of each kind, so that a list that is new to the model has to be cut too. */
const LISTS: {
  readonly [List in keyof Required<Observations>]: (date: string) => NonNullable<Observations[List]>[number];
} = {
  diseaseStatus: (date) => statusOn(date, 'CR'),
  marrowBlasts: (date) => blastsOn(date, 1),
  mrd: (date) => mrdOn(date, 'NEGATIVE'),
  bCells: (date) => bCellsOn(date, 0),
  assertions: (date) => ({ question: 'FIT_FOR_HCT', answer: 'YES', date, sources: from('Observation/1') }),
  collections: (date) => ({ date, kind: 'LEUKAPHERESIS', sources: from('Procedure/1') }),
  laboratory: (date) => lab({ date }, 'anc', 1),
  vitalSigns: (date) => temperature({ date }, 37),
  toxicityGrades: (date) => reported({ date }, 'CRS', 'ASTCT-2019', 1),
  supportiveDrugs: (date) => drug({ date }, 'tocilizumab'),
  infections: (date) => ({ date, sources: from('Condition/1') }),
  intensiveCare: (date) => ({ date, sources: from('Encounter/1') }),
  transgene: (date) => transgene({ date }, 1),
  oxygenSupport: (date) => oxygen({ date }, 'CPAP'),
  clinicalSigns: (date) => sign({ date }, 'SPLENOMEGALY', true),
  neuroAssessments: (date) => neuro({ date }, { ice: 10 }),
};

it.each<[string, (date: string) => unknown]>(Object.entries(LISTS))(
  'observations, %s: later facts do not exist',
  (name, factOn) => {
    const facts = ['2023-01-02', '2022-12-31', '2023-01-01', '2023-02'].map((date) => factOn(date));
    const seen = recordAsOf(
      recordOf({ courses: infusedOn('2022-01-01'), observations: { [name]: facts } }),
      '2023-01-01',
    );
    const kept: unknown = seen.observations[name as keyof Observations];
    expect(kept).toMatchObject([{ date: '2022-12-31' }, { date: '2023-01-01' }]);
  },
);

it('what lasts, in every list that knows an end: an end of later days is not known yet', () => {
  const lasting = {
    date: '2022-12-01',
    endDate: '2023-01-02',
    endTime: '08:00:00Z',
    endEpochMinute: 1,
    sources: from('Condition/1'),
  };
  const ended = { ...lasting, endDate: '2023-01-01' };
  const observations = {
    infections: [lasting, ended],
    intensiveCare: [lasting, ended],
    supportiveDrugs: [
      { ...lasting, agent: 'tocilizumab' },
      { ...ended, agent: 'tocilizumab' },
    ],
  } as Partial<Observations>;
  const seen = recordAsOf(
    recordOf({ courses: infusedOn('2022-01-01'), observations }),
    '2023-01-01',
  ).observations;
  for (const list of [seen.infections, seen.intensiveCare, seen.supportiveDrugs]) {
    expect(list?.map((fact) => Object.keys(fact).filter((name) => name.startsWith('end')))).toEqual([
      [],
      ['endDate', 'endTime', 'endEpochMinute'],
    ]);
  }
});

it('diagnoses and cytogenetics of later days do not exist, undated ones do', () => {
  const sources = from('Observation/1');
  const dates = ['2023-01-01', '2023-01-02', undefined];
  const dated = (date: string | undefined) => (date === undefined ? {} : { date });
  const record = {
    ...recordOf({ courses: infusedOn('2022-01-01') }),
    disease: {
      diagnoses: dates.map((date) => ({
        kind: 'B_ALL' as const,
        verification: 'CONFIRMED' as const,
        ...dated(date),
        sources,
      })),
      cytogenetics: dates.map((date) => ({
        marker: 'TP53_MUTATION' as const,
        present: true,
        ...dated(date),
        sources,
      })),
    },
    priorTherapies: [therapyOn('2022-12-31', 'CHEMOTHERAPY'), therapyOn('2023-01-02', 'CHEMOTHERAPY')],
  };
  const seen = recordAsOf(record, '2023-01-01');
  expect(seen.disease.diagnoses.map(({ date }) => date)).toEqual(['2023-01-01', undefined]);
  expect(seen.disease.cytogenetics.map(({ date }) => date)).toEqual(['2023-01-01', undefined]);
  expect(seen.priorTherapies).toHaveLength(1);
});

describe('death and vital status as of 2023-01-01', () => {
  const followUp = (parts: Parameters<typeof recordOf>[0]) =>
    recordAsOf(
      recordOf({ courses: infusedOn('2022-01-01'), lastContact: '2022-06-01', ...parts }),
      '2023-01-01',
    ).followUp;

  it.each([
    ['on the day', '2023-01-01', true, '2022-06-01'],
    ['later, which shows survival until then', '2023-01-02', false, '2023-01-02'],
    ['in that month, imputed to the 15th', '2023-01', false, '2023-01-15'],
    ['in the year before', '2022', true, '2022-06-01'],
    ['in that year', '2023', true, '2022-06-01'],
    ['in the year after', '2024', false, '2024-01-01'],
    ['without a date', undefined, true, '2022-06-01'],
  ])('death %s', (_, date, kept, lastContact) => {
    const result = followUp({ death: diedOn(date) });
    expect(result.death !== undefined).toBe(kept);
    expect(result.lastContact?.date).toBe(lastContact);
  });

  it('an undated death of a patient who lived past the day has not happened', () => {
    expect(followUp({ death: diedOn(), lastContact: '2023-01-02' })).not.toHaveProperty('death');
    expect(followUp({ death: diedOn(), lastContact: '2023-01-01' })).toHaveProperty('death');
  });

  it('a later "alive" stays, a later "dead" does not', () => {
    const vitalStatus = [vitalOn('2023-02-01', 'ALIVE'), vitalOn('2023-02-01', 'DEAD')];
    expect(followUp({ vitalStatus }).vitalStatus.map(({ status }) => status)).toEqual(['ALIVE']);
  });

  it.each([
    ['2022', true],
    ['2023', true],
    ['2024', false],
    ['2022-12', true],
    ['2023-01', false],
  ])('an infusion known as %s', (date, kept) => {
    const record = recordOf({ courses: [courseOn(1, date, 'tisagenlecleucel')] });
    expect(recordAsOf(record, '2023-01-01').courses).toHaveLength(kept ? 1 : 0);
  });
});
