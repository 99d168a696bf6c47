/** Draws one patient of the cohort: the same row, number and seed give the same patient. */
import { addDays, type PartialDate } from '../core/partial-date.ts';
import type { CohortRow } from './belgian-cohort.ts';
import type { CourseStory } from './course-story.ts';
import { drawCourse } from './draw-course.ts';
import { drawHistory } from './draw-history.ts';
import { drawOutline, type Outline } from './draw-outline.ts';
import { emptyPlan, type PatientPlan } from './patient-plan.ts';
import type { BCellStory, Considerations, DrawnPatient, MrdStory, PatientStory } from './patient-story.ts';
import { createRandom, type Random } from './random.ts';

/** `number` counts from 1 and becomes part of the ids. */
export function drawPatient(row: CohortRow, number: number, seed: string): DrawnPatient {
  const patientId = `synthetic-${String(number).padStart(4, '0')}`;
  const random = createRandom(`${seed}/${patientId}`);
  const outline = drawOutline(row, random);
  const considerations = considerationsOf(row, outline, random);
  const assessed = outline.response !== undefined;
  const bCells: BCellStory = row.bCells ?? (outline.end < 60 ? 'STALE' : 'KEPT');
  const mrd: MrdStory = row.mrd ?? (assessed ? 'NEGATIVE' : 'NOT_TESTED');
  const course: CourseStory = {
    row,
    outline,
    considerations,
    bCells,
    mrd,
    cellSource: random.chance(0.3),
    lots: random.chance(0.3),
  };
  const history = drawHistory(row, considerations, outline.infusion, random);
  const facts = drawCourse(course, history.birthDate, random);
  const delivery = number % 3 === 0 ? 'CONDITIONAL_CREATE' : 'PUT';
  const plan: PatientPlan = {
    ...emptyPlan(patientId),
    seed: `${seed}/${patientId}`,
    delivery,
    // A result with an identifier and its repetition without one are two results to a careful reader.
    otherHospital: delivery === 'PUT' && number % 4 === 1,
    accessRoute: row.route ?? 'COMMERCIAL',
    ...history,
    ...facts,
    therapies: [...history.therapies, ...facts.therapies],
    hcts: [...history.hcts, ...facts.hcts],
    diseaseStatus: [...history.diseaseStatus, ...facts.diseaseStatus],
    assertions: [...history.assertions, ...decisions(considerations, outline)],
    vitalStatus: contacts(row, outline),
    ...deathOf(outline),
    visits: visitsOf(outline),
  };
  return { plan, story: storyOf(course) };
}

function considerationsOf(
  row: CohortRow,
  { standing, reinfusion, relapse }: Outline,
  random: Random,
): Considerations {
  const inRemission = standing === 'REMISSION' || standing === 'NOT_ASSESSED';
  const treatedForRelapse = reinfusion !== undefined && relapse !== undefined;
  return {
    fit: true,
    priorHct: row.priorHct === true,
    donor: false,
    desire: false,
    // More blasts go with more events, as the Belgian report found; who stays in remission has few.
    highBurden: treatedForRelapse || (!inRemission && random.chance(0.6)),
    blinatumomab: 'NEVER',
    refractory: row.refractory === true,
    adverseCytogenetics: false,
    ...row.considerations,
  };
}

function decisions({ fit, donor, desire }: Considerations, outline: Outline): PatientPlan['assertions'] {
  const date = addDays(outline.infusion, Math.min(outline.end, (outline.reinfusion ?? 0) + 30));
  const decided = (question: 'FIT_FOR_HCT' | 'DONOR_AVAILABLE' | 'HCT_DESIRED', answer: boolean | null) =>
    answer === null ? [] : [{ question, answer: answer ? 'YES' : 'NO', date }];
  return [
    ...decided('FIT_FOR_HCT', fit),
    ...decided('DONOR_AVAILABLE', donor),
    ...decided('HCT_DESIRED', desire),
  ];
}

function contacts(row: CohortRow, { infusion, end, death, standing }: Outline): PatientPlan['vitalStatus'] {
  if (row.contactByVisit === true || typeof death === 'number') return [];
  const last = addDays(infusion, end);
  if (row.selfDischarged === true) return [{ date: last, status: 'SELF_DISCHARGED' }];
  if (standing === 'NOT_ASSESSED') return [{ date: last, status: 'LOST' }];
  const earlier = end > 400 ? [{ date: addDays(infusion, 365), status: 'ALIVE' as const }] : [];
  return [...earlier, { date: last, status: 'ALIVE' }];
}

function deathOf({ infusion, death, deathCause }: Outline): Pick<PatientPlan, 'death'> {
  if (death === undefined) return {};
  if (death === 'UNKNOWN_DAY') return { death: {} };
  return {
    death: { date: addDays(infusion, death), ...(deathCause === undefined ? {} : { cause: deathCause }) },
  };
}

/** Often at first, every year and a half later on, and on the day of the last contact. */
function visitsOf({ infusion, end }: Outline): readonly PartialDate[] {
  const days = [-60, -20, 0, 4, 9, 14, 28, 60, 90, 120, 180, 270, 365];
  for (let day = 730; day < end; day += 547) days.push(day);
  return [...days.filter((day) => day < end), end].map((day) => addDays(infusion, day));
}

function storyOf({ row, outline, considerations, bCells, mrd }: CourseStory): PatientStory {
  const { infusion, end, death, noResponse, relapse, malignancy, standing } = outline;
  const on = (day: number): PartialDate => addDays(infusion, day);
  return {
    scenario: row.scenario,
    standing,
    bCells,
    mrd,
    considerations,
    lastContact: on(end),
    ...(noResponse === undefined ? {} : { noResponseOn: on(noResponse) }),
    ...(relapse === undefined ? {} : { relapsedOn: on(relapse) }),
    ...(malignancy === undefined ? {} : { secondMalignancyOn: on(malignancy) }),
    ...(death === undefined ? {} : { diedOn: death === 'UNKNOWN_DAY' ? death : on(death) }),
  };
}
