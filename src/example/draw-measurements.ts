/** Marrow blasts, MRD and B cells: the series that tell the story of a course in numbers. */
import type { BCells, MarrowBlasts, Mrd } from '../cohort/cohort-record.generated.ts';
import type { PartialDate } from '../core/partial-date.ts';
import type { CourseStory } from './course-story.ts';
import type { Planned } from './patient-plan.ts';
import type { BCellStory, MrdStory } from './patient-story.ts';
import type { Random } from './random.ts';

export function drawBlasts(
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
export function drawMrd(
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

export function drawBCells(
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
