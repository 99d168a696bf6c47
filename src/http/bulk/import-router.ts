/** `$import`: NDJSON from a folder or from URLs, stored in the background. */
import type { Request, Response, Router } from 'express';
import type { ImportRequest } from '../../ingest/import/import-request.ts';
import { allowedUrl, listFolder } from '../../ingest/import/import-sources.ts';
import { placeRouter } from '../edge/place-router.ts';
import { readBytes } from '../edge/read-body.ts';
import type { HttpDeps } from '../http-deps.ts';
import { invalid, readOperationParameters } from '../operations/operation-parameters.ts';
import { refuseMethods } from '../rest/method-not-allowed.ts';
import { kickOff, requireAsync } from './bulk-kick-off.ts';

const PATH = '/$import';
const PARAMETERS = ['folder', 'url'] as const;

export function importRouter(deps: HttpDeps): Router {
  const router = placeRouter();
  router.post(PATH, readBytes(deps.maxBodyBytes), (req, res) => startImport(req, res, deps));
  refuseMethods(router, { [PATH]: ['POST'] });
  return router;
}

async function startImport(req: Request, res: Response, deps: HttpDeps): Promise<void> {
  requireAsync(req);
  const given = readOperationParameters(req, PARAMETERS);
  const folders = given.get('folder') ?? [];
  const urls = given.get('url') ?? [];
  if (folders.length + urls.length === 0) throw invalid('folder', 'no folder and no url', 'a folder or URLs');
  const { importFrom } = deps.bulk;
  const files = await Promise.all(folders.map((folder) => listFolder(folder, importFrom)));
  const sources = [...files.flat(), ...urls.map((url) => allowedUrl(url, importFrom))];
  await kickOff(req, res, { kind: 'import', parameters: { sources } satisfies ImportRequest }, deps);
}
