import { once } from '../../core/once.ts';
import type { Moment, Placed } from './moment.ts';

export interface LookupWindow {
  /** For so long a value describes what follows it. */
  readonly backMinutes: number;
  /** A value charted so shortly afterwards belongs to the moment too. */
  readonly aheadMinutes: number;
}

/**
 * The value that holds at a moment, from placed facts in order of time: the latest within the window before it;
 * else one known by that day alone, the worst of them; else the next within the window after it. At a moment
 * known by its day alone: the worst of the day. Of several at one time the worst. Moments must be asked for in
 * order; the whole walk is linear.
 */
export function lookup<Fact>(
  facts: readonly Placed<Fact>[],
  isWorse: (a: Fact, b: Fact) => boolean,
  window: LookupWindow,
): (moment: Moment) => Fact | undefined {
  const timed = oneATime(
    facts.filter((placed) => placed.timed),
    ({ at }) => at,
    isWorse,
  );
  const ofDay = new Map(
    oneATime(
      facts.filter((placed) => !placed.timed),
      ({ day }) => day,
      isWorse,
    ).map((placed) => [placed.day, placed.fact]),
  );
  // Most walks meet no moment that is known by its day alone.
  const worstOfDay = once(
    () =>
      new Map(
        oneATime(
          facts.toSorted((a, b) => a.day - b.day),
          ({ day }) => day,
          isWorse,
        ).map((placed) => [placed.day, placed.fact]),
      ),
  );
  let next = 0;
  return (moment) => {
    if (!moment.timed) return worstOfDay().get(moment.day);
    while (next < timed.length && (timed[next]?.at ?? 0) <= moment.at) next += 1;
    const before = timed[next - 1];
    if (before !== undefined && moment.at - before.at <= window.backMinutes) return before.fact;
    const day = ofDay.get(moment.day);
    if (day !== undefined) return day;
    const after = timed[next];
    return after !== undefined && after.at - moment.at <= window.aheadMinutes ? after.fact : undefined;
  };
}

/** Of facts that share a key, the worst; the facts are in order of the key. */
function oneATime<Fact>(
  facts: readonly Placed<Fact>[],
  key: (placed: Placed<Fact>) => number,
  isWorse: (a: Fact, b: Fact) => boolean,
): readonly Placed<Fact>[] {
  const kept: Placed<Fact>[] = [];
  for (const placed of facts) {
    const last = kept.at(-1);
    if (last === undefined || key(last) !== key(placed)) kept.push(placed);
    else if (isWorse(placed.fact, last.fact)) kept[kept.length - 1] = placed;
  }
  return kept;
}
