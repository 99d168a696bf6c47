/** What came before the first infusion: diagnosis, earlier treatment, relapse or refractoriness, transplantation. */
import { addDays, addMonthsClamped, type PartialDate } from '../core/partial-date.ts';
import type { CohortRow } from './belgian-cohort.ts';
import type { PatientPlan } from './patient-plan.ts';
import type { Considerations } from './patient-story.ts';
import type { Random } from './random.ts';

type History = Required<Pick<PatientPlan, 'birthDate' | 'sex'>> &
  Pick<PatientPlan, 'diagnoses' | 'cytogenetics' | 'therapies' | 'hcts' | 'diseaseStatus' | 'assertions'>;

/** Every date lies before `infusion` minus ten days. */
export function drawHistory(
  row: CohortRow,
  considerations: Considerations,
  infusion: PartialDate,
  random: Random,
): History {
  const before = (days: number): PartialDate => addDays(infusion, -days);
  const diagnosis = before(row.refractory === true ? random.integer(150, 240) : random.integer(1300, 2200));
  return {
    birthDate: addDays(addMonthsClamped(diagnosis, -random.integer(14, 150)), -random.integer(0, 27)),
    sex: random.pick(['FEMALE', 'MALE']),
    diagnoses: [{ kind: 'B_ALL', verification: 'CONFIRMED', date: diagnosis }],
    cytogenetics: markers(considerations, diagnosis, random),
    therapies: therapies(considerations, diagnosis, before, random),
    hcts:
      row.priorHct === true
        ? [
            {
              date: before(random.integer(300, 600)),
              kind: 'ALLOGENEIC',
              donor: random.pick(['MSD', 'MUD', 'HAPLO']),
              conditioning: random.pick(['TBI_MAC', 'CHEMO_MAC']),
            },
          ]
        : [],
    diseaseStatus: statuses(row, diagnosis, before, random),
    assertions: assertions(considerations, before(random.integer(18, 24))),
  };
}

function markers(
  { adverseCytogenetics }: Considerations,
  date: PartialDate,
  random: Random,
): PatientPlan['cytogenetics'] {
  if (adverseCytogenetics === true) return [{ marker: 'KMT2A_REARRANGEMENT', present: true, date }];
  return random.chance(0.5) ? [{ marker: 'KMT2A_REARRANGEMENT', present: false, date }] : [];
}

function therapies(
  { blinatumomab }: Considerations,
  diagnosis: PartialDate,
  before: (days: number) => PartialDate,
  random: Random,
): PatientPlan['therapies'] {
  const chemotherapy = random
    .shuffle(['vincristine', 'pegaspargase', 'cytarabine', 'mercaptopurine'])
    .slice(0, 2)
    .map((agent, index) => ({
      kind: 'CHEMOTHERAPY' as const,
      agent,
      date: addDays(diagnosis, 1 + index * 14),
    }));
  if (blinatumomab === null || blinatumomab === 'NEVER') return chemotherapy;
  const start = random.integer(230, 280);
  return [
    ...chemotherapy,
    { kind: 'BLINATUMOMAB', agent: 'blinatumomab', date: before(start), endDate: before(start - 28) },
  ];
}

/** By diagnosis code: remission and relapse and no detail, so that every dialect can say it in its own way. */
function statuses(
  row: CohortRow,
  diagnosis: PartialDate,
  before: (days: number) => PartialDate,
  random: Random,
): PatientPlan['diseaseStatus'] {
  const endOfInduction = addDays(diagnosis, random.integer(31, 36));
  if (row.refractory === true) return [{ date: endOfInduction, status: 'NR' }];
  const first = { date: endOfInduction, status: 'REMISSION' } as const;
  const relapse = { date: before(random.integer(60, 120)), status: 'RELAPSE' } as const;
  if (row.priorHct !== true) return [first, relapse];
  return [
    first,
    { date: before(random.integer(760, 800)), status: 'RELAPSE' },
    { date: before(random.integer(680, 700)), status: 'REMISSION' },
    relapse,
  ];
}

function assertions(story: Considerations, date: PartialDate): PatientPlan['assertions'] {
  const known = (question: PatientPlan['assertions'][number]['question'], answer: boolean | null) =>
    answer === null ? [] : [{ question, answer: answer ? 'YES' : 'NO', date }];
  const { blinatumomab } = story;
  return [
    ...known('PRIOR_ALLOGENEIC_HCT', story.priorHct),
    ...known('REFRACTORINESS', story.refractory),
    ...known('ADVERSE_CYTOGENETICS', story.adverseCytogenetics),
    ...known('BLINATUMOMAB_EXPOSURE', blinatumomab === null ? null : blinatumomab !== 'NEVER'),
    ...(blinatumomab === 'FAILED'
      ? [{ question: 'BLINATUMOMAB_RESPONSE' as const, answer: 'NON_RESPONSE', date }]
      : []),
    ...(blinatumomab === 'RESPONDED'
      ? [{ question: 'BLINATUMOMAB_RESPONSE' as const, answer: 'RESPONSE', date }]
      : []),
  ];
}
