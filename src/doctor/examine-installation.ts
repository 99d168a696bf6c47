/** What a service needs to start, without starting one. */
import { access, constants, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { loadClientRegistrations } from '../cds/client-registration.ts';
import { loadEndpoints } from '../cli/load-endpoints.ts';
import { loadParameters } from '../cli/load-parameters.ts';
import type { Config } from '../config.ts';
import { loadMappings } from '../mapping/load-mappings.ts';
import { loadProfiles, OWN_GUIDE } from '../profiles/load-profiles.ts';
import { localDate } from '../setup/local-date.ts';
import { mappingsFolderOf } from '../setup/mappings-folder.ts';
import { openStoreBeside } from '../setup/open-store.ts';
import { type Examined, examine } from './examination.ts';
import { examineDatabase } from './examine-database.ts';

const GIGABYTE = 1024 ** 3;
const LITTLE_DISK = GIGABYTE;
const NO_DISK = GIGABYTE / 10;
/** A profile of ours without which the guide is not the one that this version came with. */
const OWN_PROFILE = 'https://cartograph.example.org/fhir/StructureDefinition/cartograph-car-t-infusion';

export async function* examineInstallation(
  config: Config,
  nodeVersion: string,
  now: () => Date,
): AsyncGenerator<Examined, void, undefined> {
  yield examine('node', () => examineNode(nodeVersion));
  yield examine('time zone', () => {
    const zone = config.timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
    return [
      'ok',
      `${zone}${config.timeZone === undefined ? ', that of the machine' : ''}: today is ${localDate(now(), zone)}`,
    ];
  });
  yield examine('mappings', async () => {
    const folder = mappingsFolderOf(config);
    const { version, views, conceptMaps, sites } = await loadMappings(folder);
    const { definitions } = await loadEndpoints(folder);
    const parts = [`${views.length} views`, `${conceptMaps.size} concept maps`, `${sites.length} sites`];
    return ['ok', `${version}: ${parts.join(', ')}, ${definitions.length} endpoints`];
  });
  yield* examineFiles(config);
  yield examine('guide', async () => {
    const validator = await loadProfiles();
    return validator.hasProfile(OWN_PROFILE)
      ? ['ok', 'loads']
      : ['fail', `${OWN_GUIDE} lacks its own profiles`];
  });
  if (config.databaseUrl === undefined) yield examine('disk', () => examineDisk(config.dataFolder));
  if (config.databaseUrl === undefined && !(await isMade(config.dataFolder))) {
    yield { check: 'database', verdict: 'warn', detail: 'none yet: the service makes it when it starts' };
    return;
  }
  let store: Awaited<ReturnType<typeof openStoreBeside>> | undefined;
  const opened = await examine('database', async () => {
    store = await openStoreBeside(config);
    return ['ok', ''];
  });
  if (store === undefined) {
    yield opened;
    return;
  }
  try {
    yield* await examineDatabase(store.database, config.poolSize, now);
  } finally {
    await store.close();
  }
}

/** Those that the settings name, where they name any. */
async function* examineFiles({
  parametersFile,
  cdsClientsFile,
  importFolders,
}: Config): AsyncGenerator<Examined, void, undefined> {
  if (parametersFile !== undefined) {
    yield examine('parameters', async () => {
      const names = Object.keys(await loadParameters(parametersFile));
      return ['ok', `${names.length} not as by default`];
    });
  }
  if (cdsClientsFile !== undefined) {
    yield examine('CDS clients', async () => {
      const { clients, baseUrl } = await loadClientRegistrations(cdsClientsFile);
      return ['ok', `${clients.length} may call ${baseUrl}`];
    });
  }
  for (const folder of importFolders) {
    yield examine('import folder', async () => {
      const isThere = await access(folder, constants.R_OK | constants.X_OK).then(
        () => true,
        () => false,
      );
      return isThere ? ['ok', folder] : ['fail', `${folder} cannot be read`];
    });
  }
}

async function isMade(dataFolder: string): Promise<boolean> {
  return access(join(dataFolder, 'postgres', 'PG_VERSION')).then(
    () => true,
    () => false,
  );
}

/** `engines` of package.json. */
function examineNode(version: string): readonly [Examined['verdict'], string] {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const isGood = (major === 22 && minor >= 18) || (major === 24 && minor >= 2) || major > 24;
  return isGood ? ['ok', version] : ['fail', `${version}; expected ^22.18 or >=24.2`];
}

async function examineDisk(dataFolder: string): Promise<readonly [Examined['verdict'], string]> {
  const folder = resolve(dataFolder);
  // Before the first start the folder is not there yet.
  const { bavail, bsize } = await statfs(folder).catch(() => statfs(dirname(folder)));
  const free = bavail * bsize;
  const detail = `${(free / GIGABYTE).toFixed(1)} GB free for the data folder`;
  return [free < NO_DISK ? 'fail' : free < LITTLE_DISK ? 'warn' : 'ok', detail];
}
