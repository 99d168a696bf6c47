/** Lines of a stream of bytes, such as NDJSON. */

export interface Line {
  /** Without the newline; none where it is longer than allowed. */
  readonly bytes: Uint8Array;
  readonly isTooLong?: true;
  /** From 1; blank lines count. */
  readonly line: number;
}

const NEWLINE = 0x0a;
const SPACES: ReadonlySet<number> = new Set([0x09, 0x0d, 0x20]);

/** Lines that are not blank. Only a newline ends a line: U+2028 may stand inside a string. */
export async function* readLines(
  bytes: AsyncIterable<Uint8Array>,
  maxBytes = Number.POSITIVE_INFINITY,
): AsyncGenerator<Line, void, undefined> {
  let parts: Uint8Array[] = [];
  let length = 0;
  let line = 1;
  for await (const chunk of bytes) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      length += end - start;
      if (length <= maxBytes) parts.push(chunk.subarray(start, end));
      yield* lineOf(parts, line, length > maxBytes);
      parts = [];
      length = 0;
      line += 1;
      start = end + 1;
    }
    length += chunk.length - start;
    // What is too long is counted and not kept.
    if (length > maxBytes) parts = [];
    else if (start < chunk.length) parts.push(chunk.subarray(start));
  }
  yield* lineOf(parts, line, length > maxBytes);
}

function lineOf(parts: readonly Uint8Array[], line: number, isTooLong: boolean): readonly Line[] {
  if (isTooLong) return [{ bytes: new Uint8Array(), line, isTooLong: true }];
  const bytes = parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
  return bytes.every((byte) => SPACES.has(byte)) ? [] : [{ bytes, line }];
}
