/** `Patient/{id}/$everything`: all that belongs to the person, in pages. */
import type { Bundle } from '@medplum/fhirtypes';
import type { Request, Response } from 'express';
import { rejection } from '../../core/cartograph-error.ts';
import { quote } from '../../core/finding.ts';
import { bundleEntries } from '../../fhir/bundle-entries.ts';
import { isResourceType } from '../../fhir/element-types.ts';
import { type DateRange, dateRange } from '../../fhir/search/date-range.ts';
import { parseStored } from '../../store/parse-stored.ts';
import { type EverythingRow, readEverything } from '../../store/person/patient-everything.ts';
import { readPersonIds } from '../../store/person/person-store.ts';
import type { ResourceKey } from '../../store/resource-store.ts';
import type { HttpDeps } from '../http-deps.ts';
import {
  invalid,
  type OperationParameters,
  readOperationParameters,
} from '../operations/operation-parameters.ts';
import { pageSize } from './history-bundle.ts';
import { decodeCursor, encodeCursor, foreignCursor } from './page-cursor.ts';
import { baseOf, idOf, queryOf } from './request-target.ts';
import { sendShaped } from './send-shaped.ts';

const STANDARD_COUNT = 500;
const MAX_COUNT = 5_000;

/** What the operation takes. */
const EVERYTHING_PARAMETERS = ['start', 'end', '_since', '_type', '_count', '_cursor'] as const;

export async function everything(req: Request, res: Response, deps: HttpDeps): Promise<void> {
  const given = readOperationParameters(req, EVERYTHING_PARAMETERS);
  const id = idOf(req);
  const patientIds = await readPersonIds(deps.ingest.database, id);
  if (patientIds.length === 0) throw rejection('resource-not-found', 'No Patient of that id is stored');
  const count = Math.max(1, pageSize(given.get('_count')?.[0] ?? null, STANDARD_COUNT, MAX_COUNT));
  const rows = await readEverything(deps.ingest.database, {
    patientIds,
    types: typesOf(given),
    since: instantOf(given, '_since')?.low,
    start: instantOf(given, 'start')?.low,
    end: instantOf(given, 'end')?.high,
    after: cursorOf(given),
    count: count + 1,
  });
  const page = rows.slice(0, count);
  sendShaped(req, res, bundleOf(req, given, page, rows.length > count ? page.at(-1) : undefined));
}

function bundleOf(
  req: Request,
  given: OperationParameters,
  page: readonly EverythingRow[],
  last: ResourceKey | undefined,
): Bundle {
  const base = baseOf(req);
  const path = `${base}${req.path}`;
  const query = linkQuery(req, given);
  const next = new URLSearchParams(query);
  if (last !== undefined) next.set('_cursor', encodeCursor({ type: last.type, id: last.id }));
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    link: [
      { relation: 'self', url: `${path}${query.size === 0 ? '' : `?${query}`}` },
      ...(last === undefined ? [] : [{ relation: 'next', url: `${path}?${next}` }]),
    ],
    ...bundleEntries(
      page.map(({ type, id, content }) => ({
        fullUrl: `${base}/${type}/${id}`,
        resource: parseStored(content),
        search: { mode: 'match' as const },
      })),
    ),
  };
}

/** Links are followed by GET, and so hold what a POST had in its body too. */
function linkQuery(req: Request, given: OperationParameters): URLSearchParams {
  const query = new URLSearchParams(
    [...given].flatMap(([name, all]) => all.map((value): [string, string] => [name, value])),
  );
  const own = new URLSearchParams(queryOf(req));
  for (const name of ['_format', '_pretty']) {
    const value = own.get(name);
    if (value !== null) query.set(name, value);
  }
  return query;
}

function typesOf(given: OperationParameters): readonly string[] {
  const types = (given.get('_type') ?? []).flatMap((text) => text.split(','));
  for (const type of types)
    if (!isResourceType(type)) throw invalid('_type', quote(type), 'resource types of FHIR R4');
  return types;
}

function instantOf(given: OperationParameters, name: string): DateRange | undefined {
  const [text] = given.get(name) ?? [];
  if (text === undefined) return undefined;
  const range = dateRange(text.replace(' ', '+'));
  if (range === undefined) throw invalid(name, quote(text), 'a date or an instant');
  return range;
}

function cursorOf(given: OperationParameters): ResourceKey | undefined {
  const [text] = given.get('_cursor') ?? [];
  if (text === undefined) return undefined;
  const { type, id } = decodeCursor<Partial<ResourceKey>>(text);
  if (typeof type === 'string' && typeof id === 'string') return { type, id };
  throw foreignCursor();
}
