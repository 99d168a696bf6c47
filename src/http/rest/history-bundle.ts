/** `_history` of one resource, of a type and of all, paged by cursor. */
import type { Bundle, BundleEntry } from '@medplum/fhirtypes';
import type { Request, Response } from 'express';
import { rejection } from '../../core/cartograph-error.ts';
import { quote } from '../../core/finding.ts';
import { bundleEntries } from '../../fhir/bundle-entries.ts';
import { dateRange } from '../../fhir/search/date-range.ts';
import { parseShape, type Shape, shapeResource } from '../../fhir/shape-resource.ts';
import { stringifyWritten } from '../../fhir/written-decimals.ts';
import type { Queryable } from '../../store/database.ts';
import {
  countHistory,
  type HistoryCursor,
  type HistoryRequest,
  type HistoryVersion,
  readHistory,
} from '../../store/history-store.ts';
import { parseStored } from '../../store/parse-stored.ts';
import { sendFhir } from '../edge/send-fhir.ts';
import type { HttpDeps } from '../http-deps.ts';
import { decodeCursor, encodeCursor, foreignCursor, readBehind } from './page-cursor.ts';
import { baseOf, idOf, queryOf, typeOf } from './request-target.ts';
import { answerFormOf } from './send-shaped.ts';

const STANDARD_COUNT = 50;
const MAX_COUNT = 1_000;
const KNOWN = ['_count', '_since', '_cursor', '_format', '_pretty', '_summary', '_elements'];

export async function history(req: Request, res: Response, deps: HttpDeps): Promise<void> {
  const query = new URLSearchParams(queryOf(req));
  const call = { ...scopeOf(req), path: req.path, query, base: baseOf(req) };
  const bundle = await historyBundle(deps.ingest.database, call);
  sendFhir(res, answerFormOf(req).isPretty ? stringifyWritten(bundle, 2) : bundle);
}

type Scope = Pick<HistoryRequest, 'type' | 'id' | 'since'>;

/** Of one resource, of a type, or of all; `path` begins with a slash and stands behind `base`. */
export interface HistoryCall extends Pick<Scope, 'type' | 'id'> {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly base: string;
}

/** Throws `parameter-invalid` and `resource-not-found`. */
export async function historyBundle(
  db: Queryable,
  { path, query, base, ...scope }: HistoryCall,
): Promise<Bundle> {
  for (const name of query.keys())
    if (!KNOWN.includes(name)) throw invalid(name, 'another name', KNOWN.join(', '));
  const count = pageSize(query.get('_count'), STANDARD_COUNT, MAX_COUNT);
  const request = { ...scope, ...sinceOf(query.get('_since')) };
  const after = query.get('_cursor');
  const cursor = after === null ? undefined : cursorOf(after);
  const behind = cursor === undefined ? {} : { after: cursor };
  const found = await readBehind(cursor, () => readHistory(db, { ...request, ...behind, count: count + 1 }));
  const total = await totalOf(db, request);
  const shape = parseShape(query);
  const page = shape.kind === 'count' ? [] : found.slice(0, count);
  const last = found.length > count ? page.at(-1) : undefined;
  const url = (of: URLSearchParams): string => `${base}${path}${of.size === 0 ? '' : `?${of}`}`;
  return {
    resourceType: 'Bundle',
    type: 'history',
    ...(total === undefined ? {} : { total }),
    link: [
      { relation: 'self', url: url(query) },
      ...(last === undefined ? [] : [{ relation: 'next', url: url(nextOf(query, last)) }]),
    ],
    ...bundleEntries(page.map((version) => entryOf(version, shape, base))),
  };
}

function scopeOf(req: Request): Scope {
  if (req.params['type'] === undefined) return {};
  const type = typeOf(req);
  return req.params['id'] === undefined ? { type } : { type, id: idOf(req) };
}

/** Of all types it would be counted for long, and nobody pages to its end. Throws `resource-not-found`. */
async function totalOf(db: Queryable, { type, id, since }: Scope): Promise<number | undefined> {
  if (type === undefined) return undefined;
  const total = await countHistory(db, {
    type,
    ...(id === undefined ? {} : { id }),
    ...(since === undefined ? {} : { since }),
  });
  if (total === 0 && id !== undefined && since === undefined) {
    throw rejection('resource-not-found', `No ${type} of that id is stored`);
  }
  return total;
}

/** How many entries a page may have. Throws `parameter-invalid`. */
export function pageSize(text: string | null, standard: number, max: number): number {
  if (text === null || text === '') return standard;
  if (!/^\d+$/.test(text)) throw invalid('_count', quote(text), 'a whole number');
  return Math.min(Number(text), max);
}

function sinceOf(text: string | null): { readonly since?: string } {
  if (text === null) return {};
  // A plus sign that was not escaped arrives as a space.
  const low = dateRange(text.replace(' ', '+'))?.low;
  if (low === undefined) throw invalid('_since', quote(text), 'an instant');
  return { since: low };
}

function cursorOf(text: string): HistoryCursor {
  const { lastUpdated, type, id, version } = decodeCursor<Partial<HistoryCursor>>(text);
  const isWhole = [lastUpdated, type, id].every((part) => typeof part === 'string');
  if (isWhole && typeof version === 'number') return { lastUpdated, type, id, version } as HistoryCursor;
  throw foreignCursor();
}

function nextOf(query: URLSearchParams, last: HistoryVersion): URLSearchParams {
  const next = new URLSearchParams(query);
  const { cursor: lastUpdated, type, id, version } = last;
  next.set('_cursor', encodeCursor({ lastUpdated, type, id, version }));
  return next;
}

function entryOf(
  { type, id, version, content, lastUpdated }: HistoryVersion,
  shape: Shape,
  base: string,
): BundleEntry {
  const method = content === null ? 'DELETE' : version === 1 ? 'POST' : 'PUT';
  const status = content === null ? '204' : version === 1 ? '201' : '200';
  return {
    fullUrl: `${base}/${type}/${id}`,
    ...(content === null ? {} : { resource: shapeResource(parseStored(content), shape) }),
    request: { method, url: method === 'POST' ? type : `${type}/${id}` },
    response: { status, etag: `W/"${version}"`, lastModified: lastUpdated.toISOString() },
  };
}

function invalid(name: string, found: string, expected: string): Error {
  return rejection('parameter-invalid', `Parameter ${quote(name)}: found ${found}, expected ${expected}`, {
    found,
    expected,
  });
}
