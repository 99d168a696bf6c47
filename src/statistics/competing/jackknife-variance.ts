/**
 * The sum over patients of their squared influence on an incidence F. The influence of one who has left at u is linear
 * in F(t), alpha + beta (F(t) - F(end)), and all who are still there have the same, but for what had already happened
 * when they came under observation; so running sums of alpha^2, alpha beta and beta^2 give every time in one pass.
 * Counting F from its last value keeps the digits.
 */
import type { SurvivalData } from '../data/survival-data.ts';
import { sumOfTerms } from './sum-of-terms.ts';

/** What the sums are taken over, a number for each distinct time. */
export interface IncidencePoints {
  readonly atRisk: Uint32Array;
  /** For each status, 0 (censored) first: how many at each time. */
  readonly counts: readonly Uint32Array[];
  readonly survival: Float64Array;
}

/**
 * Patients by what the running sums were when they came under observation: drawn d, slope s. Without delayed entry
 * both are 0.
 */
interface Moments {
  n: number;
  d: number;
  s: number;
  dd: number;
  ds: number;
  ss: number;
}

interface InfluenceSums {
  alphaAlpha: number;
  alphaBeta: number;
  betaBeta: number;
}

export function jackknifeVariance(
  data: SurvivalData,
  points: IncidencePoints,
  cause: number,
  incidence: Float64Array,
): Float64Array {
  const variance = new Float64Array(incidence.length);
  const final = incidence[incidence.length - 1] ?? 0;
  const sums: InfluenceSums = { alphaAlpha: 0, alphaBeta: 0, betaBeta: 0 };
  const people = followPeople(data, points, cause);
  let drawn = 0;
  let slope = 0;
  for (let i = 0; i < incidence.length; i += 1) {
    const { censored, others, ofCause, staying } = people.at(i, drawn, slope);
    const atRisk = points.atRisk[i] as number;
    const events = others.n + ofCause.n;
    const before = i === 0 ? 1 : (points.survival[i - 1] as number);
    const depth = (incidence[i] as number) - final;
    const leverage = events < atRisk ? 1 / (atRisk - events) : 0;
    slope += (events / atRisk) * leverage;
    drawn += (before * ofCause.n) / (atRisk * atRisk) + (events / atRisk) * leverage * depth;
    addInfluence(sums, censored, -drawn, slope);
    addInfluence(sums, others, leverage * depth - drawn, slope - leverage);
    addInfluence(sums, ofCause, before / atRisk + leverage * depth - drawn, slope - leverage);
    variance[i] = sumOfTerms(
      sums.alphaAlpha,
      2 * depth * sums.alphaBeta,
      depth * depth * sums.betaBeta + squaresOf(staying, slope * depth - drawn, depth),
    );
  }
  return variance;
}

/** The influence of each is alpha + d + (beta - s) (F(t) - F(end)). */
function addInfluence(
  sums: InfluenceSums,
  { n, d, s, dd, ds, ss }: Moments,
  alpha: number,
  beta: number,
): void {
  sums.alphaAlpha += n * alpha * alpha + 2 * alpha * d + dd;
  sums.alphaBeta += n * alpha * beta - alpha * s + beta * d - ds;
  sums.betaBeta += n * beta * beta - 2 * beta * s + ss;
}

/** The sum of (influence + d - s depth)^2 over those still there. */
function squaresOf({ n, d, s, dd, ds, ss }: Moments, influence: number, depth: number): number {
  const offset = d - depth * s;
  return n * influence * influence + 2 * influence * offset + dd - 2 * depth * ds + depth * depth * ss;
}

/** Who leaves at a time, by what ended it, and who stays. The moments are written anew for each time. */
interface PeopleAt {
  readonly censored: Moments;
  readonly others: Moments;
  readonly ofCause: Moments;
  readonly staying: Moments;
}

function followPeople(
  data: SurvivalData,
  { atRisk, counts }: IncidencePoints,
  cause: number,
): { readonly at: (i: number, drawn: number, slope: number) => PeopleAt } {
  const people = { censored: none(), others: none(), ofCause: none(), staying: none() };
  if (data.entry !== null) return followEntries(data, data.entry, people, cause);
  return {
    at: (i) => {
      const { censored, others, ofCause, staying } = people;
      censored.n = (counts[0] as Uint32Array)[i] as number;
      ofCause.n = (counts[cause] as Uint32Array)[i] as number;
      let events = 0;
      for (let status = 1; status < counts.length; status += 1)
        events += (counts[status] as Uint32Array)[i] as number;
      others.n = events - ofCause.n;
      staying.n = (atRisk[i] as number) - events - censored.n;
      return people;
    },
  };
}

function followEntries(
  { time, status }: SurvivalData,
  entry: Float64Array,
  people: PeopleAt,
  cause: number,
): { readonly at: (i: number, drawn: number, slope: number) => PeopleAt } {
  const { censored, others, ofCause, staying } = people;
  const byEntry = Uint32Array.from(entry.keys()).sort((a, b) => (entry[a] as number) - (entry[b] as number));
  const drawnAt = new Float64Array(entry.length);
  const slopeAt = new Float64Array(entry.length);
  let entered = 0;
  let row = 0;
  return {
    at: (_, drawn, slope) => {
      const now = time[row] as number;
      for (; entered < byEntry.length; entered += 1) {
        const next = byEntry[entered] as number;
        if ((entry[next] as number) >= now) break;
        drawnAt[next] = drawn;
        slopeAt[next] = slope;
        add(staying, drawn, slope, 1);
      }
      for (const moments of [censored, others, ofCause]) Object.assign(moments, none());
      for (; time[row] === now; row += 1) {
        const leaving = status[row] === 0 ? censored : status[row] === cause ? ofCause : others;
        add(leaving, drawnAt[row] as number, slopeAt[row] as number, 1);
        add(staying, drawnAt[row] as number, slopeAt[row] as number, -1);
      }
      return people;
    },
  };
}

function none(): Moments {
  return { n: 0, d: 0, s: 0, dd: 0, ds: 0, ss: 0 };
}

function add(moments: Moments, d: number, s: number, sign: 1 | -1): void {
  moments.n += sign;
  moments.d += sign * d;
  moments.s += sign * s;
  moments.dd += sign * d * d;
  moments.ds += sign * d * s;
  moments.ss += sign * s * s;
}
