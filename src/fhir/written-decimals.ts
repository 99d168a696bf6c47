/**
 * Decimals as they were written. The digits of a decimal tell its precision, which is to be kept (R4, datatypes,
 * decimal: 1.00 is not 1), and a JavaScript number has lost them. An object or array with such numbers carries their
 * texts under a symbol: it goes with every spread, and nothing that walks over elements meets it.
 */
import { endOfJsonString } from './end-of-json-string.ts';

const WRITTEN = Symbol('decimals as written');

/** Texts of numbers by their names in the object, or by their places in the array. */
type Texts = Readonly<Record<string, string>>;

interface Marked {
  [WRITTEN]?: Texts;
}

/** Numbers that may be written otherwise than JavaScript would; what looks like one within a string does no harm. */
const SUSPECT =
  /[:,[\s](?:-0(?=[,}\]\s])|-?(?:[\d.]{16}|\d{1,15}\.\d{0,14}0(?=[,}\]\s])|0\.0{6}|\d[\d.]{0,15}[eE]))/;

/** The value of a JSON text, as JSON.parse gives it, with the texts of its decimals kept. Throws what JSON.parse throws. */
export function parseWritten(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (SUSPECT.test(text)) keepTexts(value, numbersIn(text));
  return value;
}

/** JSON text, decimals as they were written. */
export function stringifyWritten(value: unknown, space?: number): string {
  return JSON.stringify(spelled(value), null, space);
}

/** The copy, with the texts of the original: those of numbers that it has no longer do no harm. */
export function withDecimalsOf<T extends object>(original: object, copy: T): T {
  const texts = (original as Marked)[WRITTEN];
  if (texts !== undefined) (copy as Marked)[WRITTEN] = texts;
  return copy;
}

/** A copy in which `replace` answers for every decimal that JavaScript would write otherwise; the value itself where it has none. */
export function replaceDecimals(value: unknown, replace: (text: string) => unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const owner = value as Readonly<Record<string, unknown>>;
  const texts = (value as Marked)[WRITTEN];
  let copy: Record<string, unknown> | undefined;
  for (const name of Object.keys(owner)) {
    const child = owner[name];
    const text = typeof child === 'number' ? texts?.[name] : undefined;
    const replaced =
      text !== undefined && Number(text) === child ? replace(text) : replaceDecimals(child, replace);
    if (replaced === child) continue;
    copy ??= (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
    copy[name] = replaced;
  }
  return copy ?? value;
}

/** Of ECMAScript 2026, and in Node since 21. */
const { rawJSON } = JSON as unknown as { readonly rawJSON: (text: string) => object };

function spelled(value: unknown): unknown {
  return replaceDecimals(value, rawJSON);
}

/** Texts of all numbers, in the order of the text. */
function numbersIn(text: string): readonly string[] {
  const numbers: string[] = [];
  for (let place = 0; place < text.length; ) {
    const quote = text.indexOf('"', place);
    const end = quote === -1 ? text.length : quote;
    for (const [number] of text.slice(place, end).matchAll(/-?\d[\d.eE+-]*/g)) numbers.push(number);
    place = quote === -1 ? text.length : endOfJsonString(text, quote) + 1;
  }
  return numbers;
}

interface Level {
  readonly owner: Readonly<Record<string, unknown>>;
  readonly names: readonly string[];
  next: number;
}

/** Without recursion, for a body may be nested deeper than the stack. */
function keepTexts(value: unknown, numbers: readonly string[]): void {
  const open: Level[] = [];
  const enter = (one: unknown): void => {
    if (typeof one !== 'object' || one === null) return;
    open.push({ owner: one as Level['owner'], names: Object.keys(one), next: 0 });
  };
  let met = 0;
  enter(value);
  for (let level = open.at(-1); level !== undefined; level = open.at(-1)) {
    const name = level.names[level.next];
    level.next += 1;
    if (name === undefined) open.pop();
    else if (typeof level.owner[name] === 'number') keepText(level.owner, name, numbers[met++] ?? '');
    else enter(level.owner[name]);
  }
}

function keepText(owner: Level['owner'], name: string, text: string): void {
  // Names that are numbers, which no element has, come in another order than they were written in.
  if (String(owner[name]) === text || Number(text) !== owner[name]) return;
  const marked: Marked = owner;
  marked[WRITTEN] = { ...marked[WRITTEN], [name]: text };
}
