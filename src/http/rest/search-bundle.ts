/** A search, from its parameters to the searchset. */
import type { Bundle, BundleEntry, BundleLink } from '@medplum/fhirtypes';
import { rejection } from '../../core/cartograph-error.ts';
import { bundleEntries } from '../../fhir/bundle-entries.ts';
import type { SearchContext } from '../../fhir/search/parse-criterion.ts';
import { parseSearch } from '../../fhir/search/parse-search.ts';
import { parseSystemSearch } from '../../fhir/search/parse-system-search.ts';
import { inPatientCompartment } from '../../fhir/search/patient-compartment.ts';
import type { SearchRequest } from '../../fhir/search/search-request.ts';
import { parseShape, type Shape, shapeResource } from '../../fhir/shape-resource.ts';
import type { Queryable } from '../../store/database.ts';
import { parseStored } from '../../store/parse-stored.ts';
import type { FoundResource, SearchCursor } from '../../store/search/found-resource.ts';
import { countResources, findIncluded, findResources } from '../../store/search/search-resources.ts';
import { decodeCursor, encodeCursor, foreignCursor, readBehind } from './page-cursor.ts';

const STANDARD_COUNT = 50;
const MAX_COUNT = 1_000;
/** Rounds in which `:iterate` may lead further; a longer way is refused, not cut off. */
const MAX_ROUNDS = 100;
/** Resources that may be included with one page. */
const MAX_INCLUDED = 10_000;

export interface SearchCall extends SearchContext {
  /** Undefined for a search of several types, which `_type` names. */
  readonly type: string | undefined;
  readonly query: URLSearchParams;
  /** Where it is a search within the compartment of this Patient. */
  readonly patientId?: string;
  /** Address of the FHIR interface. */
  readonly base: string;
  readonly isStrict: boolean;
}

/** Throws `parameter-invalid`. */
export async function searchBundle(db: Queryable, call: SearchCall): Promise<Bundle> {
  const requests = requestsOf(call);
  const [request] = requests;
  const shape = parseShape(call.query);
  const isCount = shape.kind === 'count' || request.count === 0;
  const total = await countResources(db, requests, isCount ? 'accurate' : request.total);
  if (isCount) return bundleOf(call, request, total, [], undefined);
  const count = Math.min(request.count ?? STANDARD_COUNT, MAX_COUNT);
  const cursor = cursorOf(request);
  const found = await readBehind(cursor, () => findResources(db, requests, count + 1, cursor, total));
  const page = found.slice(0, count);
  const included = await includedWith(db, request, page);
  const last = found.length > count ? page.at(-1) : undefined;
  const shown = request.total === 'none' ? undefined : total;
  const entries = [
    ...page.map((one) => entryOf(one, 'match', shape, call)),
    ...included.map((one) => entryOf(one, 'include', shape, call)),
    ...(request.ignored.length === 0 ? [] : [ignoredEntry(request)]),
  ];
  return bundleOf(call, request, shown, entries, last);
}

/** One for each type, which differ in their criteria alone. */
function requestsOf(call: SearchCall): readonly [SearchRequest, ...SearchRequest[]] {
  const { type, patientId } = call;
  if (type === undefined) return parseSystemSearch(call.query, call);
  const request = parseSearch(type, call.query, call);
  return [patientId === undefined ? request : withinCompartment(type, patientId, request)];
}

/** Throws `route-not-found` for a type of which nothing is a patient's. */
function withinCompartment(type: string, patientId: string, request: SearchRequest): SearchRequest {
  const own = inPatientCompartment(type, patientId);
  if (own === undefined) {
    throw rejection('route-not-found', `${type} has no place in the compartment of a Patient`, {
      expected: 'a type that refers to patients',
    });
  }
  return { ...request, criteria: [own, ...request.criteria] };
}

function cursorOf({ cursor, sort }: SearchRequest): SearchCursor | undefined {
  if (cursor === undefined) return undefined;
  const decoded = decodeCursor<Partial<SearchCursor>>(cursor);
  const { values, seq } = decoded;
  const isWhole =
    Array.isArray(values) &&
    values.length === sort.length &&
    values.every((value) => typeof value === 'string');
  if (isWhole && typeof seq === 'string' && /^\d{1,18}$/.test(seq)) return { values, seq };
  throw foreignCursor();
}

async function includedWith(
  db: Queryable,
  { includes }: SearchRequest,
  page: readonly FoundResource[],
): Promise<readonly FoundResource[]> {
  const known = new Set(page.map(nameOf));
  const all: FoundResource[] = [];
  let from = page;
  for (let round = 0; from.length > 0; round += 1) {
    if (round === MAX_ROUNDS) throw tooFar();
    const fresh: FoundResource[] = [];
    for (const include of includes) {
      if (round > 0 && !include.iterates) continue;
      const found = await findIncluded(db, include, from, MAX_INCLUDED + 1);
      if (all.length + fresh.length + found.length > MAX_INCLUDED) throw tooManyIncluded();
      for (const one of found) {
        if (known.has(nameOf(one))) continue;
        known.add(nameOf(one));
        fresh.push(one);
      }
    }
    all.push(...fresh);
    from = fresh;
  }
  return all;
}

function tooFar(): Error {
  return rejection('parameter-invalid', 'Includes with :iterate lead too far from the page', {
    found: `more than ${MAX_ROUNDS} references one behind the other`,
    expected: 'a smaller _count, or includes without :iterate',
  });
}

function tooManyIncluded(): Error {
  return rejection(
    'parameter-invalid',
    `More than ${MAX_INCLUDED} resources would be included with the page`,
    {
      found: 'more',
      expected: 'a smaller _count, or fewer includes',
    },
  );
}

function nameOf({ type, id }: FoundResource): string {
  return `${type}/${id}`;
}

function entryOf(
  { type, id, content }: FoundResource,
  mode: 'match' | 'include',
  shape: Shape,
  { base }: SearchCall,
): BundleEntry {
  const resource = shapeResource(parseStored(content), shape);
  return { fullUrl: `${base}/${type}/${id}`, resource, search: { mode } };
}

/** What was left out, told to the caller within the searchset, as lenient handling asks. */
function ignoredEntry({ ignored }: SearchRequest): BundleEntry {
  const issue = ignored.map(({ name, reason }) => ({
    severity: 'warning' as const,
    code: 'not-supported' as const,
    diagnostics: `Parameter ${name.slice(0, 40)} was left out: ${reason}`,
  }));
  return { resource: { resourceType: 'OperationOutcome', issue }, search: { mode: 'outcome' } };
}

function bundleOf(
  call: SearchCall,
  request: SearchRequest,
  total: number | undefined,
  entries: readonly BundleEntry[],
  last: FoundResource | undefined,
): Bundle {
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    ...(total === undefined ? {} : { total }),
    link: linksOf(call, request, last),
    ...bundleEntries(entries),
  };
}

/** The self link tells which parameters counted. */
function linksOf(
  { base, type, patientId }: SearchCall,
  request: SearchRequest,
  last: FoundResource | undefined,
): BundleLink[] {
  const used = new URLSearchParams(request.used);
  const place = [
    base,
    ...(patientId === undefined ? [] : ['Patient', patientId]),
    ...(type === undefined ? [] : [type]),
  ].join('/');
  const url = (query: URLSearchParams): string => `${place}${query.size === 0 ? '' : `?${query}`}`;
  const self = new URLSearchParams(used);
  if (request.cursor !== undefined) self.set('_cursor', request.cursor);
  const links = [{ relation: 'self', url: url(self) }];
  if (request.cursor !== undefined) links.push({ relation: 'first', url: url(used) });
  if (last === undefined) return links;
  const next = new URLSearchParams(used);
  next.set('_cursor', encodeCursor({ values: last.sortValues, seq: last.seq }));
  return [...links, { relation: 'next', url: url(next) }];
}
