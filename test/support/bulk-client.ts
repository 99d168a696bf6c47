/** A client of Bulk Data, step by step as the Bulk Data Access guide has them. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestService } from './service.ts';

export const ASYNC = { accept: 'application/fhir+json', prefer: 'respond-async' } as const;

export interface Listed {
  readonly type: string;
  readonly url: string;
  readonly count: number;
}

export interface Manifest {
  readonly transactionTime: string;
  readonly request: string;
  readonly requiresAccessToken: boolean;
  readonly output: readonly Listed[];
  readonly deleted: readonly Listed[];
  readonly error: readonly Listed[];
}

type Base = Pick<TestService, 'url'>;

/** The kick-off; answers the place to ask after the job. */
export async function kickOff(
  { url }: Base,
  path: string,
  init: RequestInit = { headers: ASYNC },
): Promise<string> {
  const response = await fetch(`${url}${path}`, init);
  const place = response.headers.get('content-location');
  if (response.status !== 202 || place === null) {
    throw new Error(`${path}: ${response.status} ${await response.text()}`);
  }
  return place;
}

/** Polls until the job is finished, whatever its end; gives up after a minute. */
export async function finished(place: string): Promise<Response> {
  for (let polls = 0; polls < 600; polls += 1) {
    const response = await fetch(place, { headers: { accept: 'application/json' } }).catch(() => undefined);
    if (response !== undefined && response.status !== 202 && response.status !== 503) return response;
    await response?.arrayBuffer();
    await sleep(100);
  }
  throw new Error('The job does not come to an end');
}

export async function manifestOf(place: string): Promise<Manifest> {
  const response = await finished(place);
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${response.status} ${text}`);
  return JSON.parse(text);
}

/** Kick-off, polling, manifest. */
export async function exported(service: Base, path: string, init?: RequestInit): Promise<Manifest> {
  return manifestOf(await kickOff(service, path, init));
}

// biome-ignore lint/suspicious/noExplicitAny: what is exported is looked into freely
export type Line = any;

/** The lines of the files, each parsed. */
export async function linesOf(files: readonly Listed[]): Promise<readonly Line[]> {
  const lines: Line[] = [];
  for (const { url, type, count } of files) {
    const text = await (await fetch(url)).text();
    if (!text.endsWith('\n')) throw new Error(`${url} does not end with a newline`);
    const parsed: readonly Line[] = text
      .slice(0, -1)
      .split('\n')
      .map((line) => JSON.parse(line));
    if (parsed.length !== count) throw new Error(`${url}: ${parsed.length} lines and not ${count}`);
    if (parsed.some(({ resourceType }) => resourceType !== type)) throw new Error(`${url}: another type`);
    lines.push(...parsed);
  }
  return lines;
}

/** `Type/id` of each, in alphabetical order. */
export function namesOf(lines: readonly Line[]): readonly string[] {
  return lines.map(({ resourceType, id }) => `${resourceType}/${id}`).toSorted();
}
