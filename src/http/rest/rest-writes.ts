/** Create, update, patch and delete of one resource. */
import type { Resource } from '@medplum/fhirtypes';
import type { Request, Response } from 'express';
import { CartographError } from '../../core/cartograph-error.ts';
import { checkStructure } from '../../fhir/check-structure.ts';
import { parseCondition } from '../../fhir/condition.ts';
import type { Addressed } from '../../fhir/entry-target.ts';
import { outcomeOf } from '../../fhir/operation-outcome.ts';
import type { Interaction } from '../../fhir/plan-entry.ts';
import {
  type PreconditionName,
  readPrecondition,
  refuseUnchecked,
  type StatedPreconditions,
} from '../../fhir/precondition.ts';
import { ingestResource } from '../../ingest/ingest-resource.ts';
import { runWrite } from '../../ingest/run-entries.ts';
import type { WriteResult } from '../../ingest/save-drafts.ts';
import { readVersion } from '../../store/history-store.ts';
import { parseStored } from '../../store/parse-stored.ts';
import { callerOf } from '../edge/door.ts';
import { parseBody, parsePatchBody } from '../edge/read-body.ts';
import { sendFhir } from '../edge/send-fhir.ts';
import type { HttpDeps } from '../http-deps.ts';
import { preferredReturn } from './preferred-return.ts';
import { baseOf, idOf, queryOf, typeOf } from './request-target.ts';
import { setVersion } from './set-version.ts';

export function create(req: Request, res: Response, deps: HttpDeps): Promise<void> {
  const type = typeOf(req);
  const stated = statedBy(req);
  refuseUnchecked(stated, ['ifNoneExist'], headerOf);
  const { ifNoneExist } = stated;
  const unless =
    ifNoneExist === undefined
      ? undefined
      : parseCondition(type, ifNoneExist, 'If-None-Exist', deps.ingest.searchContext());
  return write(req, res, deps, { kind: 'create', type, ...(unless === undefined ? {} : { unless }) });
}

/** By id, or by condition where the URL has none. */
export function update(req: Request, res: Response, deps: HttpDeps): Promise<void> {
  const { type, target, path: _path, ...precondition } = addressedEntry(req, deps);
  const interaction =
    'id' in target
      ? ({ kind: 'update', type, id: target.id, ...precondition } as const)
      : ({ kind: 'update-where', type, where: target.where, ...precondition } as const);
  return write(req, res, deps, interaction);
}

export async function patch(req: Request, res: Response, deps: HttpDeps): Promise<void> {
  const entry = { kind: 'patch', ...addressedEntry(req, deps), operations: parsePatchBody(req) } as const;
  const result = await runWrite(entry, callerOf(res), deps.ingest);
  if (result === undefined) throw new Error('A patch had no result');
  await answerWrite(req, res, deps, result);
}

/** What is not there is as good as deleted. */
export async function remove(req: Request, res: Response, deps: HttpDeps): Promise<void> {
  const entry = { kind: 'delete', ...addressedEntry(req, deps) } as const;
  const result = await runWrite(entry, callerOf(res), deps.ingest);
  if (result !== undefined) setVersion(res, result.version, result.lastUpdated);
  res.status(204).end();
}

async function write(req: Request, res: Response, deps: HttpDeps, interaction: Interaction): Promise<void> {
  const resource = parseBody(req);
  const [first, ...rest] = checkStructure(resource);
  if (first !== undefined) throw new CartographError([first, ...rest]);
  const result = await ingestResource(resource as Resource, interaction, callerOf(res), deps.writes);
  await answerWrite(req, res, deps, result);
}

/** `Prefer: return=` says whether the resource, a report or nothing comes back. */
async function answerWrite(req: Request, res: Response, deps: HttpDeps, result: WriteResult): Promise<void> {
  const { type, id, version, lastUpdated, outcome } = result;
  res.status(outcome === 'created' ? 201 : 200);
  res.location(`${baseOf(req)}/${type}/${id}/_history/${version}`);
  setVersion(res, version, lastUpdated);
  const preferred = preferredReturn(req);
  if (preferred === 'minimal') {
    res.end();
    return;
  }
  const content = result.content ?? (await readVersion(deps.ingest.database, { type, id }, version))?.content;
  if (preferred !== 'OperationOutcome') {
    sendFhir(res, content ?? '');
    return;
  }
  const [findings = []] = await deps.ingest.judgeStored(
    typeof content === 'string' ? [parseStored(content)] : [],
  );
  sendFhir(res, outcomeOf(findings));
}

function targetOf(req: Request, type: string, { ingest }: HttpDeps): Addressed {
  if (req.params['id'] !== undefined) return { id: idOf(req) };
  const query = new URLSearchParams(queryOf(req));
  // They say how to answer any request (FHIR R4, http, 3.1.0.1.11), and so are no criteria.
  for (const name of ['_format', '_pretty']) query.delete(name);
  return { where: parseCondition(type, String(query), `${type}?…`, ingest.searchContext()) };
}

/** The parts that every entry has which changes what is stored. */
function addressedEntry(req: Request, deps: HttpDeps) {
  const type = typeOf(req);
  return {
    path: type,
    type,
    target: targetOf(req, type, deps),
    ...readPrecondition(statedBy(req), headerOf),
  };
}

const HEADERS: Readonly<Record<PreconditionName, string>> = {
  ifMatch: 'If-Match',
  ifNoneMatch: 'If-None-Match',
  ifNoneExist: 'If-None-Exist',
  ifModifiedSince: 'If-Modified-Since',
  ifUnmodifiedSince: 'If-Unmodified-Since',
};

function headerOf(name: PreconditionName): string {
  return HEADERS[name];
}

function statedBy(req: Request): StatedPreconditions {
  return Object.fromEntries(Object.entries(HEADERS).map(([name, header]) => [name, req.get(header)]));
}
