/** Finds where a text stops being JSON (RFC 8259). Runs only on text that JSON.parse has refused. */

const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SPACE = /[ \t\n\r]*/y;

type Expecting = 'value' | 'value-or-close' | 'name' | 'name-or-close' | 'after';

/** Offset of the first character that no JSON text could have there; the length where the text ends too early. */
export function jsonFaultOffset(text: string): number {
  const scan = new Scan(text);
  while (scan.hasMore()) {
    if (!scan.step()) return scan.at;
  }
  return text.length;
}

class Scan {
  readonly #text: string;
  /** What would close the objects and arrays that are open, the innermost last. */
  readonly #closers: ('}' | ']')[] = [];
  #expecting: Expecting = 'value';
  at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  hasMore(): boolean {
    this.#take(SPACE);
    return this.at < this.#text.length;
  }

  /** Takes one token; false where it cannot stand here. */
  step(): boolean {
    const char = this.#text.charAt(this.at);
    if (this.#expecting === 'after') return this.#separator(char);
    if (char === this.#closers.at(-1) && this.#expecting.endsWith('-or-close')) return this.#close();
    if (this.#expecting.startsWith('name')) return this.#name();
    if (char === '{' || char === '[') return this.#open(char);
    this.#expecting = 'after';
    return this.#take(STRING) || this.#take(SCALAR);
  }

  #separator(char: string): boolean {
    const closer = this.#closers.at(-1);
    if (closer !== undefined && char === closer) return this.#close();
    if (closer === undefined || char !== ',') return false;
    this.#expecting = closer === '}' ? 'name' : 'value';
    this.at += 1;
    return true;
  }

  #close(): boolean {
    this.#closers.pop();
    this.#expecting = 'after';
    this.at += 1;
    return true;
  }

  #open(char: '{' | '['): boolean {
    this.#closers.push(char === '{' ? '}' : ']');
    this.#expecting = char === '{' ? 'name-or-close' : 'value-or-close';
    this.at += 1;
    return true;
  }

  #name(): boolean {
    if (!this.#take(STRING)) return false;
    this.#take(SPACE);
    if (this.#text.charAt(this.at) !== ':') return false;
    this.at += 1;
    this.#expecting = 'value';
    return true;
  }

  /** Takes what the pattern matches here; false where that is nothing. */
  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    if (!pattern.test(this.#text)) return false;
    const taken = pattern.lastIndex > this.at;
    this.at = pattern.lastIndex;
    return taken;
  }
}
