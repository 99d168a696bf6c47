/** Names of units as people write them, in one spelling: `K/cumm`, `x10(9)/L` and `Tsd/µl` among them. */

const REPLACEMENTS: readonly (readonly [RegExp, string])[] = [
  [/\s+/g, ''],
  [/[µμ]/g, 'u'],
  [/³/g, '3'],
  [/mcg/g, 'ug'],
  [/mcl/g, 'ul'],
  [/cu\.?mm|cmm|mm\^3|mm\*3/g, 'mm3'],
  [/[×·]/g, 'x'],
  // The power of ten: 10^9, 10*9, 10E9, 10e+09, 10(9), 10⁹, with or without a sign of multiplication before it.
  [/x?10[(^*e]?\+?0?([3-9])\)?(?=\/|c|$)/g, '10*$1'],
  [/x?10([⁰¹²⁴-⁹]+)/g, '10*$1'],
  [/⁶/g, '6'],
  [/⁹/g, '9'],
  [/(10\*\d)[.x]?\{?cells?\}?/g, '$1'],
  [/^(?:k|thousands?|thou|thsd|th|tsd\.?)\//, '10*3/'],
  [/^x?1000\//, '10*3/'],
  [/^(?:million|mill|mio\.?)\//, '10*6/'],
  [/^(?:gpt|giga)\//, '10*9/'],
  [/^units?\//, 'u/'],
  [/^cells?\//, '/'],
  [/^\{cells?\}\//, '/'],
  [/\/(?:litre|liter)$/, '/l'],
];

const MAX_REMEMBERED = 10_000;
const remembered = new Map<string, string>();

/** In lower case, without spaces, with `10*n` for powers of ten and `u` for micro. */
export function spellUnit(text: string): string {
  let spelt = remembered.get(text);
  if (spelt === undefined) {
    spelt = text.toLowerCase();
    for (const [pattern, replacement] of REPLACEMENTS) spelt = spelt.replace(pattern, replacement);
    if (remembered.size < MAX_REMEMBERED) remembered.set(text, spelt);
  }
  return spelt;
}
