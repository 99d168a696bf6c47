/** What happens to a patient and on which day after the first infusion: the skeleton that the facts hang on. */
import type { Death } from '../cohort/cohort-record.generated.ts';
import { addDays, daysBetween, type PartialDate } from '../core/partial-date.ts';
import { type CohortRow, CUTOFF, type Scenario } from './belgian-cohort.ts';
import type { AccessRoute } from './patient-plan.ts';
import type { Standing } from './patient-story.ts';
import type { Random } from './random.ts';

/** Days count from the first infusion. */
export interface Outline {
  readonly infusion: PartialDate;
  /** Standing on the cut-off day. */
  readonly standing: Standing;
  /** First remission after the first infusion. */
  readonly response?: number;
  readonly noResponse?: number;
  /** First loss of aplasia, where it leads to a second infusion. */
  readonly lostAplasia?: number;
  readonly relapse?: number;
  /** Remission by other treatment after the relapse. */
  readonly salvage?: number;
  readonly hct?: number;
  readonly reinfusion?: number;
  readonly secondResponse?: number;
  readonly secondNoResponse?: number;
  readonly malignancy?: number;
  readonly death?: number | 'UNKNOWN_DAY';
  readonly deathCause?: Death['cause'];
  /** Day of death or of the last contact. */
  readonly end: number;
}

type Events = Omit<Outline, 'infusion' | 'end'> & { readonly end?: number };

/** `reach` is the number of days from the infusion to the cut-off. */
type DrawEvents = (random: Random, reach: number) => Events;

interface Telling {
  /** Days that must lie between infusion and cut-off, at least and, where it has to be recent, at most. */
  readonly reach: readonly [least: number, most?: number];
  readonly draw: DrawEvents;
}

const TELLINGS: Readonly<Record<Scenario, Telling>> = {
  SUSTAINED_REMISSION: { reach: [420], draw: (random) => ({ standing: 'REMISSION', ...responding(random) }) },
  REINFUSED_FOR_LOST_APLASIA: { reach: [600], draw: reinfusedForLostAplasia },
  REINFUSED_FOR_RELAPSE: { reach: [900], draw: reinfusedForRelapse },
  REINFUSED_IN_VAIN: { reach: [900], draw: reinfusedInVain },
  RELAPSE_THEN_HCT: {
    reach: [800],
    draw: (random) => ({ standing: 'TRANSPLANTED', ...transplantedAfterRelapse(random) }),
  },
  RELAPSE_THEN_HCT_THEN_DEATH: { reach: [1100], draw: diedAfterHct },
  RELAPSE_THEN_DEATH: { reach: [800], draw: diedOfRelapse },
  ACTIVE_RELAPSE: { reach: [220, 700], draw: activeRelapse },
  NO_RESPONSE: {
    reach: [80, 160],
    draw: (random) => ({ standing: 'NO_RESPONSE', noResponse: random.integer(26, 32) }),
  },
  NO_RESPONSE_THEN_DEATH: { reach: [200], draw: diedWithoutResponse },
  EARLY_DEATH: { reach: [60], draw: (random) => dead(random.integer(9, 20), 'INFECTION') },
  DEATH_IN_REMISSION: {
    reach: [400],
    draw: (random) => ({ ...responding(random), ...dead(random.integer(60, 300), 'INFECTION') }),
  },
  DEATH_ON_UNKNOWN_DAY: {
    reach: [900],
    draw: (random) => ({
      ...responding(random),
      standing: 'DEAD',
      death: 'UNKNOWN_DAY',
      end: random.integer(250, 700),
    }),
  },
  HCT_IN_REMISSION: {
    reach: [300],
    draw: (random) => ({ standing: 'TRANSPLANTED', ...responding(random), hct: random.integer(70, 120) }),
  },
  SECOND_MALIGNANCY: {
    reach: [1600],
    draw: (random) => ({
      standing: 'REMISSION',
      ...responding(random),
      malignancy: random.integer(500, 1400),
    }),
  },
  RELAPSE_AFTER_CUTOFF: { reach: [420, 1500], draw: relapseAfterCutoff },
  RECENTLY_INFUSED: {
    reach: [75, 140],
    draw: (random) => ({ standing: 'REMISSION', ...responding(random) }),
  },
  LOST_WITHOUT_ASSESSMENT: {
    reach: [120],
    draw: (random) => ({ standing: 'NOT_ASSESSED', end: random.integer(18, 25) }),
  },
};

/** When each way to the product was open; the commercial one still is. */
const ROUTE_YEARS: Readonly<Record<AccessRoute, readonly [from: PartialDate, to: PartialDate]>> = {
  ELIANA: ['2015-09-01', '2017-05-31'],
  CCTL019B2001X: ['2017-06-01', '2018-10-31'],
  CASSIOPEIA: ['2020-01-01', '2021-12-31'],
  COMMERCIAL: ['2018-11-01', CUTOFF],
};

export function drawOutline(row: CohortRow, random: Random): Outline {
  const { reach: wanted, draw } = TELLINGS[row.scenario];
  const [least, most = Number.POSITIVE_INFINITY] = wanted;
  const [from, to] = ROUTE_YEARS[row.route ?? 'COMMERCIAL'];
  const longest = Math.min(daysBetween(from, CUTOFF), most);
  const shortest = Math.max(daysBetween(to, CUTOFF), least);
  const reach = random.integer(shortest, longest);
  const events = draw(random, reach);
  const drawn: Outline = { infusion: addDays(CUTOFF, -reach), ...events, end: events.end ?? 0 };
  return events.end === undefined ? { ...drawn, end: lastSeen(row, random, reach) } : drawn;
}

/** Day of the last contact of somebody who did not die. */
function lastSeen(row: CohortRow, random: Random, reach: number): number {
  if (row.selfDischarged === true) return random.integer(360, 410);
  return row.seenAfterCutoff === true ? reach + random.integer(10, 60) : reach - random.integer(1, 10);
}

function responding(random: Random): { readonly response: number } {
  return { response: random.integer(26, 33) };
}

function dead(day: number, deathCause: NonNullable<Death['cause']>) {
  return { standing: 'DEAD', death: day, deathCause, end: day } as const;
}

function reinfusedForLostAplasia(random: Random): Events {
  const lostAplasia = random.integer(80, 140);
  const reinfusion = lostAplasia + random.integer(35, 50);
  const secondResponse = reinfusion + random.integer(26, 32);
  return { standing: 'REMISSION', ...responding(random), lostAplasia, reinfusion, secondResponse };
}

function reinfusedForRelapse(random: Random): Events {
  const relapse = random.integer(150, 400);
  const reinfusion = relapse + random.integer(35, 50);
  const secondResponse = reinfusion + random.integer(26, 32);
  return { standing: 'REMISSION', ...responding(random), relapse, reinfusion, secondResponse };
}

function reinfusedInVain(random: Random): Events {
  const relapse = random.integer(150, 400);
  const reinfusion = relapse + random.integer(35, 50);
  const secondNoResponse = reinfusion + random.integer(26, 32);
  const end = dead(secondNoResponse + random.integer(30, 120), 'LEUKEMIA');
  return { ...responding(random), relapse, reinfusion, secondNoResponse, ...end };
}

function transplantedAfterRelapse(random: Random) {
  const relapse = random.integer(90, 480);
  const salvage = relapse + random.integer(38, 55);
  return { ...responding(random), relapse, salvage, hct: salvage + random.integer(25, 60) };
}

function diedAfterHct(random: Random): Events {
  const transplanted = transplantedAfterRelapse(random);
  const end = dead(transplanted.hct + random.integer(40, 300), random.pick(['HCT', 'INFECTION']));
  return { ...transplanted, ...end };
}

function diedOfRelapse(random: Random): Events {
  const relapse = random.integer(90, 500);
  return { ...responding(random), relapse, ...dead(relapse + random.integer(40, 200), 'LEUKEMIA') };
}

function activeRelapse(random: Random, reach: number): Events {
  return { standing: 'ACTIVE_DISEASE', ...responding(random), relapse: reach - random.integer(15, 30) };
}

function diedWithoutResponse(random: Random): Events {
  const noResponse = random.integer(26, 32);
  return { noResponse, ...dead(noResponse + random.integer(30, 110), 'LEUKEMIA') };
}

function relapseAfterCutoff(random: Random, reach: number): Events {
  const relapse = reach + random.integer(8, 25);
  return { standing: 'REMISSION', ...responding(random), relapse, end: relapse + random.integer(5, 25) };
}
