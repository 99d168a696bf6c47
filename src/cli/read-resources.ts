import type { Code } from '../core/catalogue.ts';
import type { Finding } from '../core/finding.ts';
import {
  type Held,
  isJsonObject,
  type JsonObject,
  listHeldResources,
  type Rank,
} from './bundle-resources.ts';
import { listInputFiles, systemReason } from './input-files.ts';
import { openBytes } from './open-bytes.ts';
import { readJsonValues } from './read-json-values.ts';

/** Where in the input something stands. */
export interface Origin {
  readonly file: string;
  /** From 1; absent where the file as a whole is meant. */
  readonly line?: number;
}

/** A finding about the input, which also says where it stands. */
export type InputFinding = Finding & Origin;

/** A JSON object with a resourceType and an id. */
export interface InputResource {
  readonly resource: JsonObject & { readonly resourceType: string; readonly id: string };
  readonly rank: Rank;
  readonly origin: Origin;
}

export type InputItem =
  | ({ readonly kind: 'resource' } & InputResource)
  | { readonly kind: 'removal'; readonly reference: string; readonly lastUpdated: string | undefined }
  | { readonly kind: 'finding'; readonly finding: InputFinding };

const BY_LINES = /\.(ndjson|jsonl)(\.gz)?$/i;

/**
 * Every resource of the inputs (files, folders, `-`), in the order in which they stand there. Whatever cannot be read is
 * a finding with its file and line, and reading goes on behind it. No more than one line, or one document, is held.
 */
export async function* readResources(inputs: readonly string[]): AsyncGenerator<InputItem, void, undefined> {
  for (const { path, problem } of await listInputFiles(inputs)) {
    const file = path === '-' ? 'stdin' : path;
    if (problem !== undefined) yield unreadable(file, problem);
    else yield* readFile(path, file);
  }
}

async function* readFile(path: string, file: string): AsyncGenerator<InputItem, void, undefined> {
  try {
    for await (const item of readJsonValues(await openBytes(path), BY_LINES.test(path))) {
      const origin = { file, line: item.line };
      if ('problem' in item) yield problemItem('json-malformed', item.problem, origin);
      else if (isJsonObject(item.value))
        yield* listHeldResources(item.value).map((held) => toItem(held, origin));
      else yield problemItem('not-fhir', 'a JSON value that is no object', origin);
    }
  } catch (error) {
    yield unreadable(file, systemReason(error));
  }
}

function toItem(held: Held, origin: Origin): InputItem {
  if (held.kind === 'removal') return held;
  if (held.kind === 'problem') return problemItem('element-invalid', held.problem, origin, held.place);
  const { resourceType, id } = held.resource;
  if (typeof resourceType !== 'string' || resourceType === '') {
    return problemItem('not-fhir', 'an object without resourceType', origin, held.place);
  }
  if (typeof id !== 'string' || !/^[A-Za-z0-9\-.]{1,64}$/.test(id)) {
    return problemItem('id-invalid', 'an id that FHIR does not allow', origin, held.place);
  }
  return { kind: 'resource', resource: { ...held.resource, resourceType, id }, rank: held.rank, origin };
}

function unreadable(file: string, problem: string): InputItem {
  return {
    kind: 'finding',
    finding: { code: 'file-unreadable', severity: 'error', message: `${file}: ${problem}`, file },
  };
}

function problemItem(code: Code, problem: string, origin: Origin, expression = ''): InputItem {
  const place = `${origin.file}, line ${origin.line}${expression === '' ? '' : `, ${expression}`}`;
  const finding = { code, severity: 'error' as const, message: `${place}: ${problem}; skipped`, ...origin };
  return { kind: 'finding', finding: expression === '' ? finding : { ...finding, expression } };
}
