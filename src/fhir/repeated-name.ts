/**
 * Finds out whether an object of a JSON text names a member twice, of which JSON.parse keeps the last in silence.
 * The text is not parsed a second time: it has as many names as its value, unless some were lost.
 */
import { endOfJsonString } from './end-of-json-string.ts';

const QUOTE = '"';
const COLON = 58;

/** `value` is what JSON.parse made of the text. */
export function hasRepeatedName(text: string, value: unknown): boolean {
  return countNames(text) !== countMembers(value);
}

/** Strings with a colon behind them. */
function countNames(text: string): number {
  let count = 0;
  for (let start = text.indexOf(QUOTE); start !== -1; ) {
    const end = endOfJsonString(text, start);
    const next = text.indexOf(QUOTE, end + 1);
    if (isName(text, end)) count += 1;
    start = next;
  }
  return count;
}

function isName(text: string, end: number): boolean {
  let place = end + 1;
  while (text.charCodeAt(place) <= 32) place += 1;
  return text.charCodeAt(place) === COLON;
}

/** Without recursion: a body may be nested deeper than the stack. */
function countMembers(value: unknown): number {
  let count = 0;
  const open: object[] = typeof value === 'object' && value !== null ? [value] : [];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const members: readonly unknown[] = Array.isArray(one) ? one : Object.values(one);
    if (!Array.isArray(one)) count += members.length;
    for (const member of members) if (typeof member === 'object' && member !== null) open.push(member);
  }
  return count;
}

/** Offset of the first name that its object has already; undefined where there is none. The text is well-formed. */
export function repeatedNameOffset(text: string): number | undefined {
  const open: Set<unknown>[] = [];
  for (let place = 0; place < text.length; place += 1) {
    const char = text.charAt(place);
    if (char === '{' || char === '[') open.push(new Set());
    else if (char === '}' || char === ']') open.pop();
    else if (char === QUOTE) {
      const end = endOfJsonString(text, place);
      const names = open.at(-1);
      if (names !== undefined && isName(text, end)) {
        const name: unknown = JSON.parse(text.slice(place, end + 1));
        if (names.has(name)) return place;
        names.add(name);
      }
      place = end;
    }
  }
  return undefined;
}
