/** The facts from the first lymphodepletion on, hung on the days of the outline. */
import type { DiseaseStatus } from '../cohort/cohort-record.generated.ts';
import { addDays, type PartialDate } from '../core/partial-date.ts';
import type { CohortRow } from './belgian-cohort.ts';
import type { CourseStory } from './course-story.ts';
import { drawBCells, drawBlasts, drawMrd } from './draw-measurements.ts';
import type { Outline } from './draw-outline.ts';
import type { PatientPlan, Planned, PlannedInfusion } from './patient-plan.ts';
import type { Random } from './random.ts';

type CourseFacts = Pick<
  PatientPlan,
  | 'infusions'
  | 'diseaseStatus'
  | 'marrowBlasts'
  | 'mrd'
  | 'bCells'
  | 'therapies'
  | 'hcts'
  | 'secondMalignancies'
>;

export function drawCourse(story: CourseStory, birthDate: PartialDate, random: Random): CourseFacts {
  const { outline, row } = story;
  const on = (day: number): PartialDate => addDays(outline.infusion, day);
  const starts = outline.reinfusion === undefined ? [0] : [0, outline.reinfusion];
  return {
    infusions: starts.map((day) => drawInfusion(story, on(day), birthDate, random)),
    diseaseStatus: drawStatuses(story, on, random),
    marrowBlasts: drawBlasts(story, on, random),
    mrd: drawMrd(story, on, random),
    bCells: drawBCells(story, on, random),
    therapies: drawTherapies(story, on, random),
    hcts:
      outline.hct === undefined
        ? []
        : [
            {
              date: on(outline.hct),
              kind: 'ALLOGENEIC',
              ...(row.coded === true ? {} : { donor: random.pick(['MUD', 'MMUD', 'HAPLO']) }),
            },
          ],
    secondMalignancies:
      outline.malignancy === undefined
        ? []
        : [{ date: on(outline.malignancy), kind: random.pick(['T_CELL', 'SOLID']) }],
  };
}

function drawInfusion(
  story: CourseStory,
  date: PartialDate,
  birthDate: PartialDate,
  random: Random,
): PlannedInfusion {
  const adolescent = Number(date.slice(0, 4)) - Number(birthDate.slice(0, 4)) >= 14;
  const cyclophosphamide = random.integer(4, 5);
  return {
    date,
    ...(adolescent ? { doseAbsolute: random.integer(100, 250) } : { dosePerKg: random.integer(10, 49) / 10 }),
    product: {
      code: 'tisagenlecleucel',
      ...(story.cellSource ? { cellSource: 'AUTOLOGOUS' } : {}),
      ...(story.lots ? { lot: `LOT-${random.integer(10_000, 99_999)}` } : {}),
    },
    lymphodepletion: [
      { agent: 'fludarabine', date: addDays(date, -5), endDate: addDays(date, -2) },
      {
        agent: 'cyclophosphamide',
        date: addDays(date, -cyclophosphamide),
        endDate: addDays(date, 1 - cyclophosphamide),
      },
    ],
  };
}

function drawStatuses(
  { outline, row }: CourseStory,
  on: (day: number) => PartialDate,
  random: Random,
): Planned<DiseaseStatus>[] {
  const remission = (day: number): Planned<DiseaseStatus> => ({
    date: on(day),
    status: row.coded === true ? 'REMISSION' : random.pick(['CR', 'CR', 'CRI']),
  });
  const checked = (from: number | undefined, until: number): Planned<DiseaseStatus>[] =>
    from === undefined
      ? []
      : [from, ...(row.coded === true ? [] : [from + 62, from + 152, from + 337])]
          .filter((day) => day === from || day < until)
          .map(remission);
  const failed = [outline.noResponse, outline.secondNoResponse]
    .filter((day) => day !== undefined)
    .map((day): Planned<DiseaseStatus> => ({ date: on(day), status: 'NR' }));
  return [
    ...checked(
      outline.response,
      Math.min(outline.relapse ?? Infinity, outline.reinfusion ?? Infinity, outline.end),
    ),
    ...failed,
    ...(outline.relapse === undefined ? [] : [drawRelapse(on(outline.relapse), outline, row, random)]),
    ...checked(outline.salvage, outline.end),
    ...checked(outline.secondResponse, outline.end),
  ];
}

const CD19_CLASSES = ['POSITIVE', 'NEGATIVE', 'DIM', 'MIXED', 'UNKNOWN'] as const;

function drawRelapse(
  date: PartialDate,
  outline: Outline,
  row: CohortRow,
  random: Random,
): Planned<DiseaseStatus> {
  if (row.coded === true) return { date, status: 'RELAPSE' };
  // A second infusion of the same product is given for CD19-positive relapse only.
  const cd19 = outline.reinfusion === undefined ? random.pick(CD19_CLASSES) : 'POSITIVE';
  const sites = random.pick<DiseaseStatus['sites'] & {}>([['MARROW'], ['MARROW'], ['MARROW', 'CNS']]);
  return { date, status: 'RELAPSE', level: 'MORPHOLOGIC', sites, cd19 };
}

function drawTherapies(
  { outline, row, bCells }: CourseStory,
  on: (day: number) => PartialDate,
  random: Random,
): PatientPlan['therapies'] {
  const { noResponse, relapse, reinfusion, salvage, end } = outline;
  const treated = noResponse ?? (reinfusion === undefined ? relapse : undefined);
  if (treated !== undefined && (salvage !== undefined || treated + 8 < end)) {
    const agent = random.pick(['blinatumomab', 'inotuzumab-ozogamicin']);
    const reason = noResponse === undefined ? 'RELAPSE' : 'LACK_OF_EFFICACY';
    return [
      {
        kind: agent === 'blinatumomab' ? 'BLINATUMOMAB' : 'INOTUZUMAB',
        agent,
        date: on(treated + 5),
        intent: 'NEW_THERAPY',
        ...(row.coded === true || random.chance(0.5) ? {} : { reason }),
      },
    ];
  }
  const maintained = row.scenario === 'SUSTAINED_REMISSION' && bCells === 'KEPT' && random.chance(0.3);
  return maintained
    ? [{ kind: 'TYROSINE_KINASE_INHIBITOR', agent: 'dasatinib', date: on(60), intent: 'MAINTENANCE' }]
    : [];
}
