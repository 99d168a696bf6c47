/** The row after the last one that has the same time as row `from` of an ascending column. */
export function endOfTie(time: Float64Array, from: number): number {
  const now = time[from];
  let end = from + 1;
  while (end < time.length && time[end] === now) end += 1;
  return end;
}

/** How many of the ascending `entries`, of which `known` are already known to, lie before `now`. */
export function enteredBefore(entries: Float64Array, known: number, now: number): number {
  let count = known;
  while (count < entries.length && (entries[count] as number) < now) count += 1;
  return count;
}
