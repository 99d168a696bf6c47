import type { ParameterOverrides } from '../clinical/parameters/clinical-parameters.ts';
import type { Finding } from '../core/finding.ts';
import type { PartialDate } from '../core/partial-date.ts';
import { parseJson } from '../fhir/parse-json.ts';
import type { Mappings } from '../mapping/mappings.ts';
import { answerHook } from './answer-hook.ts';
import { openFhirSource } from './fhir-source.ts';
import type { Focus } from './focus-mappings.ts';
import { hasWholePrefetch } from './gather-resources.ts';
import type { HookRequest } from './hook-request.ts';
import { parseHookRequest } from './parse-hook-request.ts';
import { CDS_SERVICES } from './services.ts';

/** One call, as bytes, with everything that its answer depends on; it can be sent to another thread. */
export interface HookTask {
  readonly serviceId: string;
  readonly body: Uint8Array;
  readonly site: string;
  readonly today: PartialDate;
  readonly baseUrl: string;
  /** Base of this service's own FHIR interface, where the caller may be answered from its store. */
  readonly ownFhirServer?: string;
  /** Bases of the FHIR servers that may be asked for the caller. */
  readonly fhirServers: readonly string[];
  /** Of everything that is fetched. */
  readonly maxBytes: number;
  /** Of the trace that the call belongs to; sent with what is fetched. */
  readonly traceHeaders: Readonly<Record<string, string>>;
}

/** `own`: the call names this service as its FHIR server; who holds the store answers it. */
export type HookOutcome =
  | { readonly kind: 'cards'; readonly json: string }
  | { readonly kind: 'own'; readonly request: HookRequest }
  | { readonly kind: 'refused'; readonly findings: readonly [Finding, ...Finding[]] };

/** Milliseconds for all that is fetched for one call. */
const FETCH_TIMEOUT_MS = 8_000;

/** What a thread knows before the first call. */
export interface HookKnowledge {
  readonly mappings: Readonly<Record<Focus, Mappings>>;
  readonly parameters: ParameterOverrides;
}

/** Answers the call from its prefetch and the FHIR server that it names, where that may be asked. Throws as they do. */
export async function runHookTask(
  task: HookTask,
  { mappings, parameters }: HookKnowledge,
  newId: () => string,
): Promise<HookOutcome> {
  const service = CDS_SERVICES.find(({ id }) => id === task.serviceId);
  if (service === undefined) throw new RangeError('A task for a service that does not exist');
  const request = parseHookRequest(parseJson(task.body), service.hook);
  const base = request.fhirServer === undefined ? undefined : withoutSlash(request.fhirServer);
  if (base !== undefined && base === task.ownFhirServer && !hasWholePrefetch(request)) {
    return { kind: 'own', request };
  }
  const isNamed = base !== undefined && task.fhirServers.some((named) => withoutSlash(named) === base);
  const fhir = isNamed
    ? openFhirSource({
        base,
        token: request.fhirAuthorization?.access_token,
        timeoutMs: FETCH_TIMEOUT_MS,
        maxBytes: task.maxBytes,
        headers: task.traceHeaders,
      })
    : undefined;
  const { site, baseUrl, today } = task;
  const sources = { site, baseUrl, ...(fhir === undefined ? {} : { fhir }) };
  const deps = { mappings: mappings[service.focus], parameters, today: () => today, newId };
  const cards = await answerHook(service, request, sources, deps);
  return { kind: 'cards', json: JSON.stringify({ cards }) };
}

function withoutSlash(base: string): string {
  return base.replace(/\/+$/, '');
}
