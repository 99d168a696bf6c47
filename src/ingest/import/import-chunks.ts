/** Gathers planned lines into chunks, each of which is stored in one transaction. */
import { readLines } from '../../fhir/read-lines.ts';
import { type PlannedLine, planLine } from './plan-line.ts';

export interface ImportChunk {
  readonly lines: readonly PlannedLine[];
  /** Number of the last line that is in it, or was skipped before it. */
  readonly lastLine: number;
}

export interface ChunkLimits {
  readonly maxLines: number;
  readonly maxBytes: number;
  readonly maxLineBytes: number;
}

/** Lines behind `afterLine`. No chunk names a resource twice: the later line wins, as with one that comes later. */
export async function* importChunks(
  bytes: AsyncIterable<Uint8Array>,
  afterLine: number,
  limits: ChunkLimits,
): AsyncGenerator<ImportChunk, void, undefined> {
  let chunk = new Chunk();
  for await (const line of readLines(bytes, limits.maxLineBytes)) {
    if (line.line <= afterLine) continue;
    const planned = planLine(line, limits.maxLineBytes);
    if (chunk.isFull(limits) || chunk.names(planned)) {
      yield chunk.ended();
      chunk = new Chunk();
    }
    chunk.add(planned);
  }
  if (chunk.isBegun) yield chunk.ended();
}

class Chunk {
  readonly #lines: PlannedLine[] = [];
  readonly #names = new Set<string>();
  #bytes = 0;

  get isBegun(): boolean {
    return this.#lines.length > 0;
  }

  isFull({ maxLines, maxBytes }: ChunkLimits): boolean {
    return this.#lines.length >= maxLines || this.#bytes >= maxBytes;
  }

  names(planned: PlannedLine): boolean {
    const name = nameOf(planned);
    return name !== undefined && this.#names.has(name);
  }

  add(planned: PlannedLine): void {
    const name = nameOf(planned);
    if (name !== undefined) this.#names.add(name);
    if ('write' in planned) this.#bytes += planned.bytes;
    this.#lines.push(planned);
  }

  ended(): ImportChunk {
    return { lines: this.#lines, lastLine: this.#lines.at(-1)?.line ?? 0 };
  }
}

function nameOf(planned: PlannedLine): string | undefined {
  if (!('write' in planned)) return undefined;
  const { resourceType, id } = planned.write.resource;
  return `${resourceType}/${id}`;
}
