/**
 * From where an import may read: regular files whose real place is below an allowed folder, and URLs of allowed
 * origins. Where a symbolic link or a redirect leads elsewhere it is refused, when the import is asked for and again
 * when a file is opened.
 */
import { constants } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { rejection } from '../../core/cartograph-error.ts';
import { quote } from '../../core/finding.ts';
import type { ImportSource } from './import-request.ts';

export interface ImportAllowance {
  readonly folders: readonly string[];
  /** Such as https://files.example.org. */
  readonly origins: readonly string[];
}

/** There is a place that it allows. */
export function mayImport({ folders, origins }: ImportAllowance): boolean {
  return folders.length + origins.length > 0;
}

/** The bytes of a source, and what tells whether it is the same when it is opened again. */
export interface OpenSource {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly fingerprint: string | undefined;
  /** That of what is there now; undefined where nothing tells. */
  readonly fingerprintNow: () => Promise<string | undefined>;
}

const NDJSON = /\.ndjson(?:\.gz)?$/i;

/**
 * The NDJSON files directly in the folder, by name. Relative folders are below an allowed one. Throws
 * `import-source-refused`, for a folder that is not there too, and `import-source-unreadable` where there is no file.
 */
export async function listFolder(
  folder: string,
  allowance: ImportAllowance,
): Promise<readonly ImportSource[]> {
  const place = await allowedPlace(folder, allowance);
  const entries = await readdir(place, { withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) throw refused(folder);
  const names = entries.flatMap((entry) =>
    NDJSON.test(entry.name) && !entry.isDirectory() ? [entry.name] : [],
  );
  const sources: ImportSource[] = [];
  for (const name of names.toSorted()) {
    sources.push({ kind: 'file', path: await allowedPlace(join(place, name), allowance), name });
  }
  if (sources.length > 0) return sources;
  throw rejection('import-source-unreadable', 'The folder holds nothing to import', {
    found: 'no file of that name',
    expected: 'files named *.ndjson or *.ndjson.gz',
  });
}

/** Throws `import-source-refused`. */
export function allowedUrl(text: string, { origins }: ImportAllowance): ImportSource {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '' || !origins.includes(url.origin)) {
    throw refused(url === null ? text : url.origin);
  }
  // What stands behind the question mark may be a signature.
  return { kind: 'url', url: url.href, name: `${url.origin}${url.pathname}` };
}

/** The signal ends a download too. Throws `import-source-refused` or `import-source-unreadable`. */
export function openSource(
  source: ImportSource,
  allowance: ImportAllowance,
  signal: AbortSignal,
): Promise<OpenSource> {
  return source.kind === 'file' ? openFile(source.path, allowance) : openUrl(source.url, allowance, signal);
}

async function openFile(path: string, allowance: ImportAllowance): Promise<OpenSource> {
  const place = await allowedPlace(path, allowance);
  const name = basename(path);
  const file = await open(place, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    (cause: unknown) => {
      throw unreadable(name, 'a file that cannot be opened', cause);
    },
  );
  const stats = await file.stat();
  if (!stats.isFile()) {
    await file.close();
    throw unreadable(name, 'no regular file');
  }
  return {
    bytes: file.createReadStream({ highWaterMark: 1 << 18 }),
    fingerprint: fingerprintOf(stats),
    // Nothing where it is gone: what was read of it is whole.
    fingerprintNow: () => stat(place).then(fingerprintOf, () => undefined),
  };
}

function fingerprintOf({ size, mtimeMs }: { readonly size: number; readonly mtimeMs: number }): string {
  return `${size} ${mtimeMs}`;
}

const MAX_REDIRECTS = 5;
/** Milliseconds until the head of an answer must have come. */
const HEAD_MS = 30_000;

async function openUrl(text: string, allowance: ImportAllowance, signal: AbortSignal): Promise<OpenSource> {
  let next = text;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const source = allowedUrl(next, allowance);
    const response = await fetchHead(next, source.name, signal);
    const location = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && location !== null) {
      await response.body?.cancel();
      next = URL.parse(location, next)?.href ?? location;
      continue;
    }
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      throw unreadable(source.name, `status ${response.status}`);
    }
    const known = ['etag', 'last-modified', 'content-length'].flatMap((name) => {
      const value = response.headers.get(name);
      return value === null ? [] : [`${name} ${value}`];
    });
    // An answer is of one instant.
    return { bytes: response.body, fingerprint: known[0], fingerprintNow: () => Promise.resolve(known[0]) };
  }
  throw unreadable(allowedUrl(text, allowance).name, `more than ${MAX_REDIRECTS} redirects`);
}

async function fetchHead(url: string, name: string, signal: AbortSignal): Promise<Response> {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), HEAD_MS);
  try {
    const headers = { accept: 'application/fhir+ndjson' };
    return await fetch(url, {
      redirect: 'manual',
      headers,
      signal: AbortSignal.any([giveUp.signal, signal]),
    });
  } catch (cause) {
    throw unreadable(name, 'no answer', cause);
  } finally {
    clearTimeout(timer);
  }
}

/** The real path, if it is below an allowed folder, or one itself. */
async function allowedPlace(path: string, { folders }: ImportAllowance): Promise<string> {
  for (const folder of folders) {
    const root = await realpath(folder).catch(() => undefined);
    if (root === undefined) continue;
    const place = await realpath(isAbsolute(path) ? path : resolve(root, path)).catch(() => undefined);
    if (place !== undefined && isBelow(place, root)) return place;
  }
  throw refused(basename(path));
}

function isBelow(place: string, root: string): boolean {
  const way = relative(root, place);
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
}

function refused(found: string): Error {
  return rejection('import-source-refused', 'An import may not read there', {
    found: quote(found),
    expected: 'a folder or a host that the settings allow',
  });
}

/** `name` without the folder, or without what may be secret in a URL. */
export function unreadable(name: string, found: string, cause?: unknown): Error {
  return rejection('import-source-unreadable', `${quote(name)} cannot be read`, {
    found,
    expected: 'NDJSON, plain or gzip',
    ...(cause === undefined ? {} : { cause }),
  });
}
