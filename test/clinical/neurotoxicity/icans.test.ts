import { frameCourse } from '../../../src/clinical/course/course-frame.ts';
import { deriveCres } from '../../../src/clinical/neurotoxicity/cres.ts';
import { deriveIcans, type Icans } from '../../../src/clinical/neurotoxicity/icans.ts';
import type {
  CohortRecord,
  NeuroAssessment,
  Observations,
} from '../../../src/cohort/cohort-record.generated.ts';
import { diedOn, from, infusedOn, recordOf } from '../../support/record-builder.ts';
import { INFUSION, neuro, reported, when } from '../../support/toxicity-facts.ts';

const WELL: Partial<NeuroAssessment> = {
  consciousness: 'AWAKENS_SPONTANEOUSLY',
  seizure: 'NONE',
  motor: 'NONE',
  intracranial: ['NONE'],
};

function recorded(birthDate: string, observations: Partial<Observations>): CohortRecord {
  return {
    ...recordOf({ courses: infusedOn(INFUSION), observations }),
    patient: { birthDate: { value: birthDate, sources: from('Patient/example') } },
  };
}

function icansOf(record: CohortRecord): Icans {
  const frame = frameCourse(record, 1);
  if (frame === undefined) throw new Error('the infusion is dated');
  return deriveIcans(frame);
}

it('a six-year-old: CAPD through an episode', () => {
  const icans = icansOf(
    recorded('2018-01-01', {
      neuroAssessments: [
        neuro(when(-1, '08:00'), { ...WELL, capd: 2 }),
        neuro(when(5, '08:00'), { ...WELL, capd: 5 }),
        neuro(when(6, '08:00'), { ...WELL, capd: 12 }),
        neuro(when(7, '08:00'), { ...WELL, capd: 3, consciousness: 'AWAKENS_TO_VOICE' }),
        neuro(when(8, '08:00'), { ...WELL, capd: 0 }),
      ],
    }),
  );
  expect(icans).toMatchObject({
    occurred: 'MET',
    peak: 3,
    peakStatus: 'EXACT',
    peakDay: 6,
    onsetDay: 5,
    endDay: 7,
    durationDays: 3,
    severe: 'MET',
    tools: ['CAPD'],
    baselineCapd: 2,
  });
});

describe('the score by age', () => {
  it.each([
    ['the day before the twelfth birthday', '2012-03-10', 'CAPD', 3],
    ['on the twelfth birthday', '2012-03-09', 'ICE', 1],
    ['born in a year that leaves it open', '2012', undefined, 0],
  ])('%s', (_, born, tool, grade) => {
    const icans = icansOf(
      recorded(born, { neuroAssessments: [neuro(when(5, '08:00'), { ...WELL, ice: 8, capd: 10 })] }),
    );
    expect(icans.tools).toEqual(tool === undefined ? [] : [tool]);
    expect(icans.days[0]?.grade).toBe(grade);
  });

  it('a developmental delay asks for CAPD at any age', () => {
    const icans = icansOf(
      recorded('2008-01-01', {
        neuroAssessments: [neuro(when(5), { ...WELL, ice: 0, capd: 0 })],
        assertions: [{ question: 'DEVELOPMENTAL_DELAY', answer: 'YES', sources: from('Observation/delay') }],
      }),
    );
    expect(icans).toMatchObject({ tools: ['CAPD'], peak: 0, occurred: 'NOT_MET' });
  });

  it('the wrong score leaves the grade open', () => {
    const icans = icansOf(
      recorded('2018-01-01', { neuroAssessments: [neuro(when(5), { ...WELL, ice: 2 })] }),
    );
    expect(icans).toMatchObject({ peak: 0, peakStatus: 'AT_LEAST', missing: ['capd'] });
  });
});

it('findings charted together are one examination', () => {
  const icans = icansOf(
    recorded('2008-01-01', {
      neuroAssessments: [
        neuro(when(5, '08:00'), { ice: 8 }),
        neuro(when(5, '08:20'), { consciousness: 'AWAKENS_SPONTANEOUSLY' }),
        neuro(when(5, '08:30'), { seizure: 'NONE', motor: 'NONE', intracranial: ['NONE'] }),
      ],
    }),
  );
  expect(icans).toMatchObject({ peak: 1, peakStatus: 'EXACT' });
});

it.each([
  [28, 'MET', 'ATTRIBUTED'],
  [29, 'UNKNOWN', 'LATE_ADJUDICATE'],
  [60, 'UNKNOWN', 'LATE_ADJUDICATE'],
  [61, 'UNKNOWN', 'NOT_ATTRIBUTED'],
])('onset on day %d', (day, occurred, attribution) => {
  const icans = icansOf(
    recorded('2008-01-01', { neuroAssessments: [neuro(when(day), { ...WELL, ice: 5 })] }),
  );
  expect(icans.occurred).toBe(occurred);
  expect(icans.episodes[0]?.attribution).toBe(attribution);
});

it('N24: death by ICANS', () => {
  const record = recordOf({ courses: infusedOn(INFUSION), death: diedOn('2024-03-12', 'ICANS') });
  expect(icansOf(record)).toMatchObject({ peak: 5, basis: 'DEATH', peakDay: 8 });
});

it('CRES stays CRES', () => {
  const record = recorded('2008-01-01', { toxicityGrades: [reported(when(5), 'CRES', 'CARTOX', 3)] });
  expect(icansOf(record)).toMatchObject({ occurred: 'UNKNOWN', reported: [] });
  const frame = frameCourse(record, 1);
  expect(frame && deriveCres(frame)).toMatchObject({ reported: [{ system: 'CARTOX', peak: 3, peakDay: 5 }] });
});
