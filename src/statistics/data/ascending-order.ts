const RADIX_BITS = 11;
const RADIX = 1 << RADIX_BITS;
const RADIX_FROM = 2048;

/**
 * The row numbers that put `values` into ascending order; equal values keep the order of their rows. No value may
 * be NaN. Large inputs are sorted by the bits of the numbers, in time linear in their count.
 */
export function ascendingOrder(values: Float64Array): Uint32Array {
  if (values.length < RADIX_FROM) {
    return Uint32Array.from(values.keys()).sort(
      (a, b) => (values[a] as number) - (values[b] as number) || a - b,
    );
  }
  return radixOrder(values);
}

/** Eleven bits a pass over the sixty-four, the sign turned so that the bits sort as the numbers do. */
function radixOrder(values: Float64Array): Uint32Array {
  const n = values.length;
  let from = sortableBits(values);
  let to: SortableBits = { low: new Uint32Array(n), high: new Uint32Array(n), row: new Uint32Array(n) };
  const counts = new Uint32Array(RADIX);
  for (let shift = 0; shift < 64; shift += RADIX_BITS) {
    counts.fill(0);
    for (let i = 0; i < n; i += 1) {
      const slot = digit(from.low[i] as number, from.high[i] as number, shift);
      counts[slot] = (counts[slot] as number) + 1;
    }
    if (counts[digit(from.low[0] as number, from.high[0] as number, shift)] === n) continue;
    scatter(from, to, startPlaces(counts), shift);
    [from, to] = [to, from];
  }
  return from.row;
}

/** The numbers as pairs of unsigned words that ascend with them, and the row of each. */
interface SortableBits {
  readonly low: Uint32Array;
  readonly high: Uint32Array;
  readonly row: Uint32Array;
}

function sortableBits(values: Float64Array): SortableBits {
  const n = values.length;
  const bits = { low: new Uint32Array(n), high: new Uint32Array(n), row: new Uint32Array(n) };
  const view = new DataView(new ArrayBuffer(8));
  for (let i = 0; i < n; i += 1) {
    view.setFloat64(0, (values[i] as number) + 0);
    const high = view.getUint32(0);
    const low = view.getUint32(4);
    const negative = high >>> 31 === 1;
    bits.high[i] = negative ? ~high : high | 0x80000000;
    bits.low[i] = negative ? ~low : low;
    bits.row[i] = i;
  }
  return bits;
}

function digit(low: number, high: number, shift: number): number {
  if (shift >= 32) return (high >>> (shift - 32)) & (RADIX - 1);
  if (shift + RADIX_BITS <= 32) return (low >>> shift) & (RADIX - 1);
  return ((low >>> shift) | (high << (32 - shift))) & (RADIX - 1);
}

function startPlaces(counts: Uint32Array): Uint32Array {
  let sum = 0;
  for (let slot = 0; slot < RADIX; slot += 1) {
    const count = counts[slot] as number;
    counts[slot] = sum;
    sum += count;
  }
  return counts;
}

function scatter(from: SortableBits, to: SortableBits, places: Uint32Array, shift: number): void {
  for (let i = 0; i < from.row.length; i += 1) {
    const low = from.low[i] as number;
    const high = from.high[i] as number;
    const slot = digit(low, high, shift);
    const place = places[slot] as number;
    places[slot] = place + 1;
    to.low[place] = low;
    to.high[place] = high;
    to.row[place] = from.row[i] as number;
  }
}
