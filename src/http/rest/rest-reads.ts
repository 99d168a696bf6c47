/** Read and vread of one resource. */
import type { Request, Response } from 'express';
import { rejection } from '../../core/cartograph-error.ts';
import { isFresh } from '../../fhir/is-fresh.ts';
import { missingResource } from '../../ingest/missing-resource.ts';
import type { Queryable } from '../../store/database.ts';
import { type ReadVersion, readVersion } from '../../store/history-store.ts';
import { type ReadResource, type ResourceKey, readResource } from '../../store/resource-store.ts';
import type { HttpDeps } from '../http-deps.ts';
import { idOf, typeOf } from './request-target.ts';
import { sendShaped } from './send-shaped.ts';
import { setVersion } from './set-version.ts';

/** The current version, or 304 where the caller has it already. */
export async function read(req: Request, res: Response, deps: HttpDeps): Promise<void> {
  const key = { type: typeOf(req), id: idOf(req) };
  const found = await readResource(deps.ingest.database, key);
  if (found === undefined) throw await missingResource(deps.ingest.database, key);
  answer(req, res, found);
}

export async function vread(req: Request, res: Response, deps: HttpDeps): Promise<void> {
  const key = { type: typeOf(req), id: idOf(req) };
  const found = await readNumbered(deps.ingest.database, key, String(req.params['version']));
  if (found === undefined)
    throw rejection('resource-not-found', `No such version of that ${key.type} is stored`);
  const { content, version, lastUpdated } = found;
  if (content === null) throw deleted(key.type);
  answer(req, res, { version, lastUpdated, content });
}

function readNumbered(db: Queryable, key: ResourceKey, text: string): Promise<ReadVersion | undefined> {
  return /^[1-9]\d{0,8}$/.test(text) ? readVersion(db, key, Number(text)) : Promise.resolve(undefined);
}

function answer(req: Request, res: Response, { version, lastUpdated, content }: ReadResource): void {
  setVersion(res, version, lastUpdated);
  // HTTP dates have no fractions of seconds.
  const since = Date.parse(req.get('if-modified-since') ?? '') + 999;
  if (isFresh({ tags: req.get('if-none-match'), since }, version, lastUpdated)) res.status(304).end();
  else sendShaped(req, res, content);
}

function deleted(type: string): Error {
  return rejection('resource-deleted', `The ${type} of that id was deleted`);
}
