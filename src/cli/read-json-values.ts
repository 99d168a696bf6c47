/** One JSON value of a stream, or the place where there should have been one. */
export type JsonItem =
  | { readonly value: unknown; readonly line: number }
  | { readonly problem: string; readonly line: number };

interface Line {
  readonly text: string;
  readonly line: number;
}

const NEWLINE = 0x0a;

/**
 * The JSON values of a stream of bytes: one a line (NDJSON), or one document over many lines. Which of them it
 * is shows in the first two lines: where neither is a value by itself, the stream is one document and is read
 * whole; otherwise it is never held. A malformed line is an item with a problem, and reading goes on.
 * `byLines` settles it where a file's name already says so.
 */
export async function* readJsonValues(
  bytes: AsyncIterable<Uint8Array>,
  byLines = false,
): AsyncGenerator<JsonItem, void, undefined> {
  let settled = byLines;
  const held: Line[] = [];
  for await (const line of readLines(bytes)) {
    if (settled) {
      yield parseLine(line);
      continue;
    }
    held.push(line);
    if (held.length <= 2 && isObject(parseLine(line))) {
      settled = true;
      yield* held.splice(0).map(parseLine);
    }
  }
  if (held.length > 0) yield* parseDocument(held);
}

/** The lines as one document; as lines after all where that fails and one of them is an object by itself. */
function parseDocument(lines: readonly Line[]): readonly JsonItem[] {
  const first = lines[0]?.line ?? 1;
  const text = lines.map((line) => line.text).join('\n');
  const whole = parseText(text);
  if ('value' in whole) return [{ value: whole.value, line: first }];
  const items = lines.map(parseLine);
  if (lines.length === 1 || items.some(isObject)) return items;
  const before = whole.position === undefined ? lines.length - 1 : newlines(text.slice(0, whole.position));
  return [{ problem: whole.problem, line: lines[before]?.line ?? first }];
}

function parseLine({ text, line }: Line): JsonItem {
  const parsed = parseText(text);
  if ('value' in parsed) return { value: parsed.value, line };
  const at = parsed.position === undefined ? '' : ` at character ${parsed.position + 1}`;
  return { problem: `${parsed.problem}${at}`, line };
}

type Parsed =
  | { readonly value: unknown }
  | { readonly problem: string; readonly position: number | undefined };

/** The engine's own message quotes the text, which may hold a name; only the position is taken from it. */
function parseText(text: string): Parsed {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const position = /position (\d+)/.exec(message)?.[1];
    const problem = message.includes('end of JSON') ? 'the JSON ends too early' : 'not well-formed JSON';
    return { problem, position: position === undefined ? undefined : Number(position) };
  }
}

function isObject(item: JsonItem): boolean {
  return (
    'value' in item && typeof item.value === 'object' && item.value !== null && !Array.isArray(item.value)
  );
}

function newlines(text: string): number {
  return text.split('\n').length - 1;
}

/** Lines that are not blank, numbered from 1. Only a newline ends a line: U+2028 may stand inside a string. */
async function* readLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Line, void, undefined> {
  let parts: Uint8Array[] = [];
  let line = 0;
  for await (const chunk of bytes) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      parts.push(chunk.subarray(start, end));
      line += 1;
      const text = decode(parts, line);
      if (text !== '') yield { text, line };
      parts = [];
      start = end + 1;
    }
    if (start < chunk.length) parts.push(chunk.subarray(start));
  }
  const text = decode(parts, line + 1);
  if (text !== '') yield { text, line: line + 1 };
}

function decode(parts: readonly Uint8Array[], line: number): string {
  const text = Buffer.concat(parts).toString('utf8');
  return (line === 1 && text.startsWith('\uFEFF') ? text.slice(1) : text).trimEnd();
}
