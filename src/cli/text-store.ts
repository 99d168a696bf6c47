import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a text lies: the block, and bytes from its beginning. */
export interface TextPlace {
  readonly block: number;
  readonly start: number;
  readonly length: number;
}

/** In memory, or in the file from `offset` on. */
type Block = { readonly bytes: Buffer } | { readonly offset: number };

/**
 * Many texts, outside the JavaScript heap: in memory up to `memoryBytes`, the rest in a temporary file that nobody but
 * this user can open and whose name is gone as soon as it is open, so that nothing of it is left behind.
 */
export class TextStore {
  readonly #blockBytes: number;
  readonly #memoryBytes: number;
  readonly #blocks: Block[] = [];
  #current: Buffer;
  #used = 0;
  #file: number | undefined;
  #fileBytes = 0;

  constructor(blockBytes = 4 << 20, memoryBytes = 32 << 20) {
    this.#blockBytes = blockBytes;
    this.#memoryBytes = memoryBytes;
    this.#current = Buffer.allocUnsafe(blockBytes);
  }

  add(text: string): TextPlace {
    const length = Buffer.byteLength(text);
    if (this.#used > 0 && this.#used + length > this.#current.length) this.#closeBlock();
    if (length > this.#current.length) this.#current = Buffer.allocUnsafe(length);
    const start = this.#used;
    this.#current.write(text, start);
    this.#used += length;
    return { block: this.#blocks.length, start, length };
  }

  read({ block, start, length }: TextPlace): string {
    const found = this.#blocks[block] ?? { bytes: this.#current };
    if ('bytes' in found) return found.bytes.toString('utf8', start, start + length);
    const bytes = Buffer.allocUnsafe(length);
    let done = 0;
    while (done < length) {
      const count = readSync(this.#file ?? -1, bytes, done, length - done, found.offset + start + done);
      if (count === 0) throw new RangeError('The temporary file is shorter than what was written to it');
      done += count;
    }
    return bytes.toString('utf8');
  }

  /** Nothing can be read afterwards. */
  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
    this.#blocks.length = 0;
  }

  #closeBlock(): void {
    const bytes = this.#current.subarray(0, this.#used);
    if ((this.#blocks.length + 1) * this.#blockBytes <= this.#memoryBytes) {
      this.#blocks.push({ bytes });
      this.#current = Buffer.allocUnsafe(this.#blockBytes);
    } else {
      this.#blocks.push({ offset: this.#fileBytes });
      this.#append(bytes);
    }
    this.#used = 0;
  }

  #append(bytes: Buffer): void {
    this.#file ??= openNameless();
    let done = 0;
    while (done < bytes.length) {
      done += writeSync(this.#file, bytes, done, bytes.length - done, this.#fileBytes + done);
    }
    this.#fileBytes += bytes.length;
  }
}

function openNameless(): number {
  const path = join(tmpdir(), `cartograph-${randomUUID()}`);
  const file = openSync(path, 'wx+', 0o600);
  try {
    unlinkSync(path);
  } catch {
    // Where an open file keeps its name, the system's own cleaning takes it.
  }
  return file;
}
