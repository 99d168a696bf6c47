import { faultOffset } from '../fhir/parse-json.ts';
import { type Line, readLines } from '../fhir/read-lines.ts';

/** One JSON value of a stream, or the place where there should have been one. */
export type JsonItem =
  | { readonly value: unknown; readonly line: number }
  | { readonly problem: string; readonly line: number };

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
  const newline = Uint8Array.of(NEWLINE);
  const whole = parseBytes(Buffer.concat(lines.flatMap(({ bytes }) => [bytes, newline])));
  if ('value' in whole) return [{ value: whole.value, line: first }];
  const items = lines.map(parseLine);
  if (lines.length === 1 || items.some(isObject)) return items;
  const before = Math.min(whole.before.split('\n').length, lines.length) - 1;
  return [{ problem: whole.problem, line: lines[before]?.line ?? first }];
}

function parseLine({ bytes, line }: Line): JsonItem {
  const parsed = parseBytes(bytes);
  if ('value' in parsed) return { value: parsed.value, line };
  return { problem: `${parsed.problem} at character ${parsed.before.length + 1}`, line };
}

type Parsed = { readonly value: unknown } | { readonly problem: string; readonly before: string };

/** The engine's own message is not passed on: it quotes the text, which may hold a name. */
function parseBytes(bytes: Uint8Array): Parsed {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { problem: 'not UTF-8, or too long to be read as one value', before: '' };
  }
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    const offset = faultOffset(text);
    const problem = text.slice(offset).trim() === '' ? 'the JSON ends too early' : 'not well-formed JSON';
    return { problem, before: text.slice(0, offset) };
  }
}

function isObject(item: JsonItem): boolean {
  return (
    'value' in item && typeof item.value === 'object' && item.value !== null && !Array.isArray(item.value)
  );
}
