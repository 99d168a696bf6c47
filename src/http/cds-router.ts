/** CDS Hooks 2.0 at /cds-services: discovery, the services, feedback. */
import type { Request, RequestHandler, Response, Router } from 'express';
import { answerHook } from '../cds/answer-hook.ts';
import { OVERRIDE_REASONS } from '../cds/card.ts';
import type { CdsClient, CdsRegistrations } from '../cds/client-registration.ts';
import type { HookPool } from '../cds/hook-pool.ts';
import type { HookTask } from '../cds/hook-task.ts';
import { parseFeedback } from '../cds/parse-hook-request.ts';
import { buildDiscovery, CDS_SERVICES, type CdsService } from '../cds/services.ts';
import { buildClientVerifier } from '../cds/verify-client.ts';
import { CartographError, rejection } from '../core/cartograph-error.ts';
import { quote } from '../core/finding.ts';
import type { Mappings } from '../mapping/mappings.ts';
import { spendToken } from '../store/spent-tokens.ts';
import { enter } from './edge/door.ts';
import { originOf } from './edge/known-host.ts';
import { placeRouter } from './edge/place-router.ts';
import { parseBody, readBytes } from './edge/read-body.ts';
import { MOUNTS } from './edge/request-log.ts';
import type { HttpDeps } from './http-deps.ts';
import { personRecord } from './operations/person-record.ts';
import { refuseMethods } from './rest/method-not-allowed.ts';

/** Who may call: registered clients with a token, or on loopback everybody, or nobody. */
export type CdsAccess =
  | { readonly kind: 'registered'; readonly registrations: CdsRegistrations }
  | { readonly kind: 'open' }
  | { readonly kind: 'closed' };

export interface CdsDeps {
  readonly access: CdsAccess;
  readonly mappings: Mappings;
  /** Answers calls on the data that come with them. */
  readonly hooks: HookPool;
}

interface Caller {
  readonly baseUrl: string;
  readonly client?: CdsClient;
}

export function cdsRouter(deps: HttpDeps, cds: CdsDeps): Router {
  const router = placeRouter();
  const body = readBytes(deps.maxBodyBytes);
  const callerOf = callerReader(cds.access, deps);
  router.get('/', (_req, res) => {
    res.json(buildDiscovery());
  });
  /** Before the body is read, so that strangers cost nothing. */
  const authenticate: RequestHandler = async (req, res, next) => {
    serviceOf(req);
    res.set('WWW-Authenticate', 'Bearer');
    res.locals['caller'] = await callerOf(req, res);
    res.removeHeader('WWW-Authenticate');
    next();
  };
  router.post('/:id', authenticate, body, async (req, res) => {
    const service = serviceOf(req);
    const caller = res.locals['caller'] as Caller;
    requireJson(req);
    const outcome = await cds.hooks.run(taskOf(req, service, caller, deps));
    if (outcome.kind === 'cards') {
      res.type('application/json').send(outcome.json);
      return;
    }
    const { request } = outcome;
    const own = () => ownRecord(request.context.patientId, deps);
    const sources = { site: deps.context.site, baseUrl: caller.baseUrl, own };
    const { parameters, today, newId } = deps;
    res.json({
      cards: await answerHook(service, request, sources, {
        mappings: cds.mappings,
        parameters,
        today,
        newId,
      }),
    });
  });
  router.post('/:id/feedback', authenticate, body, async (req, res) => {
    const service = serviceOf(req);
    for (const { outcome, overrideReason } of parseFeedback(parseBody(req))) {
      // Any other code is the caller's text, which may be anything.
      const reason = OVERRIDE_REASONS.find(({ code }) => code === overrideReason?.reason?.code)?.code;
      deps.log.info(
        { service: service.id, outcome, ...(reason === undefined ? {} : { reason }) },
        'feedback',
      );
    }
    res.status(200).json({});
  });
  refuseMethods(router, { '/': ['GET'], '/:id': ['POST'], '/:id/feedback': ['POST'] });
  return router;
}

function serviceOf(req: Request): CdsService {
  const service = CDS_SERVICES.find(({ id }) => id === req.params['id']);
  if (service !== undefined) return service;
  throw rejection('route-not-found', 'There is no CDS service of that id', {
    expected: CDS_SERVICES.map(({ id }) => id).join(', '),
  });
}

type ReadCaller = (req: Request, res: Response) => Promise<Caller>;

/** Clients without a registration pass the door, as for any other question about a patient. */
function callerReader(
  access: CdsAccess,
  { identify, now, ingest }: Pick<HttpDeps, 'identify' | 'now' | 'ingest'>,
): ReadCaller {
  if (access.kind === 'open') {
    return async (req, res) => {
      await enter(req, res, { action: 'read', type: undefined }, identify);
      return { baseUrl: originOf(req) };
    };
  }
  if (access.kind === 'closed') {
    return () =>
      Promise.reject(rejection('client-unauthenticated', 'No CDS client is registered with this service'));
  }
  const { registrations } = access;
  const { baseUrl } = registrations;
  const verifier = buildClientVerifier(registrations, now, (token) =>
    spendToken(ingest.database, token, now()),
  );
  return async (req) => {
    const audience = `${baseUrl}${MOUNTS.cds}${req.path}`;
    return { baseUrl, client: await verifier.verify(req.get('authorization'), audience) };
  };
}

/** A FHIR server, this service's own too, is asked only where the registration of the client names it. */
function taskOf(req: Request, { id }: CdsService, { baseUrl, client }: Caller, deps: HttpDeps): HookTask {
  const own = `${baseUrl}${MOUNTS.fhir}`;
  const isOwnOpen = client === undefined || client.fhirServers.includes(own);
  return {
    serviceId: id,
    body: Buffer.isBuffer(req.body) ? req.body : new Uint8Array(),
    site: client?.site ?? deps.context.site,
    today: deps.today(),
    baseUrl,
    ...(isOwnOpen ? { ownFhirServer: own } : {}),
    fhirServers: client?.fhirServers ?? [],
    maxBytes: deps.maxBodyBytes,
    traceHeaders: deps.tracing?.outgoing() ?? {},
  };
}

function requireJson(req: Request): void {
  const given = req.get('content-type') ?? 'no content type';
  if (/^application\/json *(?:; *charset="?utf-?8"?)?$/i.test(given)) return;
  throw rejection('media-type-unsupported', 'Content-Type: expected application/json in UTF-8', {
    found: quote(given),
    expected: 'application/json, in UTF-8',
  });
}

async function ownRecord(patientId: string, deps: HttpDeps) {
  try {
    return await personRecord(patientId, deps.records);
  } catch (error) {
    if (!(error instanceof CartographError) || error.code !== 'resource-not-found') throw error;
    throw rejection('hook-data-unavailable', 'The patient of the call is not stored here', { cause: error });
  }
}
