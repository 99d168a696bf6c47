import type { Resource } from '@medplum/fhirtypes';
import type { Code } from '../core/catalogue.ts';
import type { Finding } from '../core/finding.ts';
import { checkStructure } from '../fhir/check-structure.ts';
import { type Held, isJsonObject, listHeldResources, type Rank } from './bundle-resources.ts';
import { type InputFile, listInputFiles, systemReason } from './input-files.ts';
import { noResource } from './no-resource.ts';
import { openBytes } from './open-bytes.ts';
import { readJsonValues } from './read-json-values.ts';

/** Where in the input something stands. */
interface Origin {
  readonly file: string;
  /** From 1; absent where the file as a whole is meant. */
  readonly line?: number;
}

/** A finding about the input, which also says where it stands. */
type InputFinding = Finding & Origin;

/** A resource of R4's structure, with an id. */
type CheckedResource = Resource & { readonly id: string };

export interface InputResource {
  readonly resource: CheckedResource;
  readonly rank: Rank;
  readonly origin: Origin;
}

export type InputItem =
  | ({ readonly kind: 'resource' } & InputResource)
  | { readonly kind: 'removal'; readonly reference: string; readonly lastUpdated: string | undefined }
  | { readonly kind: 'finding'; readonly finding: Finding & Partial<Origin> };

const BY_LINES = /\.(ndjson|jsonl)(\.gz)?$/i;

/**
 * Every resource of the inputs (files, folders, `-`), in the order in which they stand there. Whatever cannot be read is
 * a finding with its file and line, and reading goes on behind it; so is an input in which there is no resource at all. No more than one line, or one document, is held.
 */
export async function* readResources(inputs: readonly string[]): AsyncGenerator<InputItem, void, undefined> {
  let isAccountedFor = false;
  for (const input of await listInputFiles(inputs)) {
    for await (const item of readInput(input)) {
      isAccountedFor ||= item.kind !== 'finding' || item.finding.severity === 'error';
      yield item;
    }
  }
  if (!isAccountedFor) yield { kind: 'finding', finding: noResource(inputs) };
}

async function* readInput(input: InputFile): AsyncGenerator<InputItem, void, undefined> {
  if (input.problem === undefined) yield* readFile(input);
  else yield unreadable(input.path, input.problem);
}

async function* readFile({ path, found }: InputFile): AsyncGenerator<InputItem, void, undefined> {
  const file = path === '-' ? 'stdin' : path;
  const byLines = BY_LINES.test(path);
  let isEmpty = true;
  try {
    for await (const item of readJsonValues(await openBytes(path), byLines)) {
      isEmpty = false;
      const origin = { file, line: item.line };
      if ('problem' in item) yield problemItem('json-malformed', item.problem, origin);
      else if (found === true && !byLines && isForeign(item.value)) yield foreign(file);
      else if (!isJsonObject(item.value))
        yield problemItem('not-fhir', 'a JSON value that is no object', origin);
      else yield* listHeldResources(item.value).flatMap((held) => toItems(held, origin));
    }
    // A transfer that broke off before its first byte must not look like a patient without data.
    if (isEmpty) yield empty(file);
  } catch (error) {
    yield unreadable(file, systemReason(error));
  }
}

/** Manifests, settings and the like lie beside exported files; in a folder they are not taken for broken FHIR. */
function isForeign(value: unknown): boolean {
  return !isJsonObject(value) || value['resourceType'] === undefined;
}

function foreign(file: string): InputItem {
  const message = `${file}: no FHIR resource; skipped`;
  return { kind: 'finding', finding: { code: 'not-fhir', severity: 'information', message, file } };
}

function empty(file: string): InputItem {
  const message = `${file}: the file is empty`;
  return { kind: 'finding', finding: { code: 'not-fhir', severity: 'warning', message, file } };
}

/** What the service would refuse is left out here, with everything that is wrong with it. */
function toItems(held: Held, origin: Origin): readonly InputItem[] {
  if (held.kind === 'removal') return [held];
  if (held.kind === 'problem') return [problemItem('element-invalid', held.problem, origin, held.place)];
  const { resource, rank, place } = held;
  const faults = checkStructure(resource, place === '' ? undefined : place);
  if (faults.length === 0)
    return [{ kind: 'resource', resource: resource as unknown as CheckedResource, rank, origin }];
  return faults.map((fault) => ({ kind: 'finding', finding: located(fault, origin) }));
}

function located(finding: Finding, origin: Origin): InputFinding {
  return { ...finding, message: `${origin.file}, line ${origin.line}: ${finding.message}`, ...origin };
}

function unreadable(file: string, problem: string): InputItem {
  return {
    kind: 'finding',
    finding: { code: 'file-unreadable', severity: 'error', message: `${file}: ${problem}`, file },
  };
}

function problemItem(code: Code, problem: string, origin: Origin, expression = ''): InputItem {
  const at = expression === '' ? {} : { expression };
  const message = expression === '' ? problem : `${expression}: ${problem}`;
  return { kind: 'finding', finding: located({ code, severity: 'error', message, ...at }, origin) };
}
