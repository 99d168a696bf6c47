/** The facts from the first lymphodepletion on, hung on the days of the outline. */
import type { BCells, DiseaseStatus, MarrowBlasts, Mrd } from '../cohort/cohort-record.generated.ts';
import { addDays, type PartialDate } from '../core/partial-date.ts';
import type { CohortRow } from './belgian-cohort.ts';
import type { Outline } from './draw-outline.ts';
import type { PatientPlan, Planned, PlannedInfusion } from './patient-plan.ts';
import type { BCellStory, Considerations, MrdStory } from './patient-story.ts';
import type { Random } from './random.ts';

export interface CourseStory {
  readonly row: CohortRow;
  readonly outline: Outline;
  readonly considerations: Considerations;
  readonly bCells: BCellStory;
  readonly mrd: MrdStory;
  /** Product, drawn once a patient. */
  readonly cellSource: boolean;
  readonly lots: boolean;
}

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

function drawBlasts(
  { outline, considerations }: CourseStory,
  on: (day: number) => PartialDate,
  random: Random,
): Planned<MarrowBlasts>[] {
  const at = (day: number, least: number, most: number): Planned<MarrowBlasts> => ({
    date: on(day),
    percent: random.integer(least * 2, most * 2) / 2,
  });
  const burden = (day: number, high: boolean): Planned<MarrowBlasts> =>
    high ? at(day, 8, 85) : at(day, 0, 3);
  const high = considerations.highBurden === true;
  const { response, noResponse, relapse, reinfusion, secondResponse, secondNoResponse } = outline;
  const clear = [response, secondResponse].filter((day) => day !== undefined);
  const full = [noResponse, relapse, secondNoResponse].filter((day) => day !== undefined);
  return [
    burden(-9, reinfusion === undefined ? high : random.chance(0.5)),
    ...clear.map((day) => at(day, 0, 2)),
    ...full.map((day) => at(day, 12, 90)),
    ...(reinfusion === undefined ? [] : [burden(reinfusion - 9, high)]),
  ];
}

/** The MRD story is that of the latest course; an earlier one is negative. */
function drawMrd(
  { outline, mrd }: CourseStory,
  on: (day: number) => PartialDate,
  random: Random,
): Planned<Mrd>[] {
  const negative = (day: number, method: 'FCM' | 'NGS'): Planned<Mrd> => ({
    date: on(day),
    method,
    specimen: 'MARROW',
    call: 'NEGATIVE',
    sensitivity: method === 'FCM' ? 0.0001 : 0.000001,
  });
  const tested = (first: number, until: number, story: MrdStory): Planned<Mrd>[] => {
    if (story === 'NOT_TESTED') return [];
    const start: Planned<Mrd> =
      story === 'NEGATIVE'
        ? negative(first, 'FCM')
        : {
            date: on(first),
            method: 'FCM',
            specimen: 'MARROW',
            value: 0.0004,
            call: 'POSITIVE',
            sensitivity: 0.0001,
          };
    const later = [first + 62, first + 152].filter((day) => day < until).map((day) => negative(day, 'NGS'));
    return [start, ...later];
  };
  const { response, reinfusion, relapse, secondResponse, end } = outline;
  const until = Math.min(relapse ?? Infinity, reinfusion ?? Infinity, end);
  return [
    { date: on(-9), method: 'FCM', specimen: 'MARROW', value: random.pick([0.002, 0.03, 0.0005]) },
    ...(response === undefined ? [] : tested(response, until, reinfusion === undefined ? mrd : 'NEGATIVE')),
    ...(secondResponse === undefined ? [] : tested(secondResponse, end, mrd)),
  ];
}

/** Days after an infusion on which B cells are counted, and whether there are any. */
function bCellDays(
  story: BCellStory,
  lostAplasia: number | undefined,
  random: Random,
): readonly [number, boolean][] {
  const absent = (...days: number[]): [number, boolean][] => days.map((day) => [day, false]);
  const present = (...days: number[]): [number, boolean][] => days.map((day) => [day, true]);
  const lost = lostAplasia ?? random.integer(75, 165);
  switch (story) {
    case 'KEPT':
      return absent(14, 28, 60, 90, 120, 150, 178, 270, 365, 545, 730);
    case 'KEPT_SO_FAR':
      return absent(14, 28, 45, 60, 75, 90, 105, 120, 135);
    case 'LOST_EARLY':
      return [...absent(14, 28, lost - 21), ...present(lost, lost + 30)];
    case 'NEVER_APLASTIC':
      return present(14, 28, 60, 90);
    case 'STRADDLING':
      return [...absent(14, 28, 90, 150), ...present(215, 250)];
    case 'STALE':
      return absent(14, 28, 60);
    case 'NOT_TESTED':
      return [];
  }
}

function drawBCells(
  { outline, bCells }: CourseStory,
  on: (day: number) => PartialDate,
  random: Random,
): Planned<BCells>[] {
  const { reinfusion, lostAplasia, relapse, hct, end } = outline;
  const first: BCellStory = lostAplasia === undefined ? 'KEPT' : 'LOST_EARLY';
  const until = Math.min(relapse ?? Infinity, hct ?? Infinity, end);
  if (reinfusion === undefined) {
    return samples(bCellDays(bCells, undefined, random), 0, until, on, random);
  }
  return [
    ...samples(bCellDays(first, lostAplasia, random), 0, Math.min(until, reinfusion - 6), on, random),
    ...samples(bCellDays(bCells, undefined, random), reinfusion, end, on, random),
  ];
}

function samples(
  days: readonly (readonly [number, boolean])[],
  origin: number,
  until: number,
  on: (day: number) => PartialDate,
  random: Random,
): Planned<BCells>[] {
  return days
    .filter(([day]) => origin + day < until)
    .flatMap(([day, present]) => {
      const date = on(origin + day);
      const specimen = 'BLOOD' as const;
      const percent: Planned<BCells> = present
        ? { date, specimen, measure: 'PERCENT_OF_LYMPHOCYTES', value: random.integer(10, 36) / 2 }
        : random.chance(0.2)
          ? { date, specimen, measure: 'PERCENT_OF_LYMPHOCYTES', value: 0.1, comparator: '<' }
          : { date, specimen, measure: 'PERCENT_OF_LYMPHOCYTES', value: random.integer(0, 7) / 10 };
      const count: Planned<BCells> = {
        date,
        specimen,
        measure: 'PER_MICROLITRE',
        value: present ? random.integer(60, 320) : random.integer(0, 7),
      };
      return random.pick([[percent, count], [percent, count], [percent], [count]]);
    });
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
