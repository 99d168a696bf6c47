/** docs/cohort.openapi.generated.json: what /cohort/openapi.json answers. */
import { buildOpenApi } from '../src/http/openapi/build-openapi.ts';
import { readVersion } from '../src/setup/read-version.ts';

export const OPENAPI_FILE = 'docs/cohort.openapi.generated.json';

export async function openApiDocument(): Promise<string> {
  return `${JSON.stringify(buildOpenApi(await readVersion()), undefined, 2)}\n`;
}
