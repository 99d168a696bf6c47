/** Data from the FHIR server of a call: reads only, bounded in time, pages and bytes, and no redirect is followed. */
import type { Bundle, Resource } from '@medplum/fhirtypes';
import { matchesOf, nextPageOf, type Prefetched } from './read-prefetch.ts';

export interface FhirSource {
  /** What a query relative to the base finds; undefined where it cannot be had whole. */
  find(query: string): Promise<Prefetched>;
}

export interface FhirSourceOptions {
  /** Base of the server, without a slash at the end. */
  readonly base: string;
  readonly token: string | undefined;
  /** Milliseconds for all of a call together. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
}

const MAX_PAGES = 20;

export function openFhirSource({
  base,
  token,
  timeoutMs,
  maxBytes,
  headers = {},
}: FhirSourceOptions): FhirSource {
  const signal = AbortSignal.timeout(timeoutMs);
  let left = maxBytes;
  const get = async (url: string): Promise<Resource | undefined> => {
    const response = await fetch(url, {
      redirect: 'error',
      signal,
      headers: {
        ...headers,
        accept: 'application/fhir+json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
    });
    if (response.status !== 200 || response.body === null) {
      await response.body?.cancel();
      return undefined;
    }
    const chunks: Uint8Array[] = [];
    for await (const chunk of response.body) {
      left -= chunk.byteLength;
      if (left < 0) return undefined;
      chunks.push(chunk);
    }
    const content: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    return isResource(content) ? content : undefined;
  };
  return {
    find: async (query) => {
      try {
        return await findAll(`${base}/${query}`, base, get);
      } catch {
        return undefined;
      }
    },
  };
}

async function findAll(
  first: string,
  base: string,
  get: (url: string) => Promise<Resource | undefined>,
): Promise<Prefetched> {
  const found: Resource[] = [];
  let url = first;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const resource = await get(url);
    if (resource === undefined || resource.resourceType === 'OperationOutcome') return undefined;
    if (resource.resourceType !== 'Bundle') return [resource];
    const matches = matchesOf(resource);
    if (matches === undefined) return undefined;
    found.push(...matches);
    const next = nextUrl(resource, url);
    if (next === undefined) return found;
    // The token goes to the registered server only.
    if (next !== base && !next.startsWith(`${base}/`) && !next.startsWith(`${base}?`)) return undefined;
    url = next;
  }
  return undefined;
}

function nextUrl(bundle: Bundle, current: string): string | undefined {
  const next = nextPageOf(bundle);
  return next === undefined ? undefined : new URL(next, current).href;
}

function isResource(content: unknown): content is Resource {
  return typeof content === 'object' && content !== null && 'resourceType' in content;
}
