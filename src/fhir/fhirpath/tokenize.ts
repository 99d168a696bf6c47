import { FhirPathError } from './fhirpath-error.ts';

type TokenKind = 'number' | 'string' | 'temporal' | 'identifier' | 'quoted' | 'symbol' | 'variable' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** The token's meaning: escapes resolved, without quotes, `@` or `%`. */
  readonly text: string;
  /** Offset in the expression. */
  readonly at: number;
}

const MAX_LENGTH = 10_000;

const SKIPPED = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const TEMPORAL =
  /@(?:T\d{2}(?::\d{2}(?::\d{2}(?:\.\d+)?)?)?|\d{4}(?:-\d{2}(?:-\d{2})?)?(?:T(?:\d{2}(?::\d{2}(?::\d{2}(?:\.\d+)?)?)?(?:Z|[+-]\d{2}:\d{2})?)?)?)/y;
const NUMBER = /\d+(?:\.\d+)?/y;
const IDENTIFIER = /[A-Za-z_][A-Za-z0-9_]*/y;
const QUOTED = /(['`"])((?:\\[\s\S]|(?!\1)[^\\])*)\1/y;
const SYMBOL = /\$this|\$index|\$total|<=|>=|!=|!~|[.,()[\]{}*/+\-&|<>=~]/y;

const ESCAPES: Readonly<Record<string, string>> = {
  "'": "'",
  '"': '"',
  '`': '`',
  '\\': '\\',
  '/': '/',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** The tokens of an expression, the last of kind `end`. Throws FhirPathError `syntax` with the offset. */
export function tokenize(source: string): readonly Token[] {
  if (source.length > MAX_LENGTH) {
    throw new FhirPathError('syntax', `Expression of ${source.length} characters; at most ${MAX_LENGTH}.`);
  }
  const tokens: Token[] = [];
  let at = skip(source, 0);
  while (at < source.length) {
    const [kind, text, end] = readToken(source, at);
    tokens.push({ kind, text, at });
    at = skip(source, end);
  }
  tokens.push({ kind: 'end', text: '', at: source.length });
  return tokens;
}

function readToken(source: string, at: number): readonly [TokenKind, string, number] {
  const plain = match(NUMBER, source, at);
  if (plain !== undefined) return ['number', plain, at + plain.length];
  const word = match(IDENTIFIER, source, at);
  if (word !== undefined) return ['identifier', word, at + word.length];
  const quoted = readQuoted(source, at);
  if (quoted !== undefined) return [source[at] === "'" ? 'string' : 'quoted', ...quoted];
  const temporal = match(TEMPORAL, source, at);
  if (temporal !== undefined) return ['temporal', temporal.slice(1), at + temporal.length];
  if (source[at] === '%') return readVariable(source, at);
  const symbol = match(SYMBOL, source, at);
  if (symbol !== undefined) return ['symbol', symbol, at + symbol.length];
  throw new FhirPathError('syntax', `Unexpected character at ${at} of "${source}".`);
}

/** `%name`, `%'name'` or %`name`. */
function readVariable(source: string, at: number): readonly [TokenKind, string, number] {
  const name = match(IDENTIFIER, source, at + 1);
  if (name !== undefined) return ['variable', name, at + 1 + name.length];
  const quoted = readQuoted(source, at + 1);
  if (quoted === undefined) throw new FhirPathError('syntax', `% without a name at ${at} of "${source}".`);
  return ['variable', ...quoted];
}

function readQuoted(source: string, at: number): readonly [string, number] | undefined {
  QUOTED.lastIndex = at;
  const found = QUOTED.exec(source);
  if (found === null) return undefined;
  return [resolveEscapes(found[2] ?? '', source), QUOTED.lastIndex];
}

function resolveEscapes(text: string, source: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|([\s\S]))/g, (whole, hex: string | undefined, char: string) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    const meant = ESCAPES[char];
    if (meant === undefined) throw new FhirPathError('syntax', `Unknown escape ${whole} in "${source}".`);
    return meant;
  });
}

function match(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
}

function skip(source: string, at: number): number {
  return at + (match(SKIPPED, source, at)?.length ?? 0);
}
