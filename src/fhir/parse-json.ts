/**
 * JSON from bytes, with the place of the first fault. The engine's own message is not passed on, for it quotes the
 * text around the fault, which may be a patient's.
 */
import { type CartographError, rejection } from '../core/cartograph-error.ts';
import { hasRepeatedName, repeatedNameOffset } from './repeated-name.ts';
import { parseWritten } from './written-decimals.ts';

/** Keeps decimals as they are written. Throws `json-malformed` with line and column, both from 1; also where an object has a name twice. */
export function parseJson(bytes: Uint8Array): unknown {
  const text = decode(bytes);
  const value = parse(text);
  if (hasRepeatedName(text, value)) {
    throw malformed(text, repeatedNameOffset(text) ?? 0, 'a name that its object has already');
  }
  return value;
}

function parse(text: string): unknown {
  try {
    return parseWritten(text);
  } catch {
    const offset = faultOffset(text);
    throw malformed(text, offset, offset >= text.length ? 'the end of the body' : 'an unexpected character');
  }
}

function malformed(text: string, offset: number, found: string): CartographError {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  const column = offset - before.lastIndexOf('\n');
  const expected = 'well-formed JSON';
  return rejection('json-malformed', `Not JSON at line ${line}, column ${column}: found ${found}`, {
    found,
    expected,
  });
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw rejection('json-malformed', 'The body is not UTF-8', {
      found: 'bytes that are not UTF-8',
      expected: 'UTF-8',
      cause,
    });
  }
}

const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SPACE = /[ \t\n\r]*/y;

type Expecting = 'value' | 'value-or-close' | 'name' | 'name-or-close' | 'after';

/** Offset of the first character that no JSON text could have there; the length where the text ends too early. */
export function faultOffset(text: string): number {
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
    return this.#string() || this.#take(SCALAR);
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
    if (!this.#string()) return false;
    this.#take(SPACE);
    if (this.#text.charAt(this.at) !== ':') return false;
    this.at += 1;
    this.#expecting = 'value';
    return true;
  }

  /** By hand, for a pattern over a long string would exhaust the stack. */
  #string(): boolean {
    if (this.#text.charAt(this.at) !== '"') return false;
    this.at += 1;
    while (this.at < this.#text.length) {
      const char = this.#text.charAt(this.at);
      if (char < ' ') return false;
      if (char === '\\') {
        if (!this.#take(ESCAPE)) return false;
      } else {
        this.at += 1;
        if (char === '"') return true;
      }
    }
    return false;
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
