/** The guide's FSH compiled by SUSHI, used as a library, offline. */
import { fileURLToPath } from 'node:url';
import { fhirdefs, sushiExport, utils } from 'fsh-sushi';
import { conceptMaps } from './ig-concept-maps.ts';
import { corePackageCache, noBuildServer, noRegistry } from './ig-core-package.ts';

/** A FHIR resource as far as packing it needs to know. */
export interface GuideResource {
  readonly resourceType: string;
  readonly id: string;
  readonly [element: string]: unknown;
}

/** The facts of sushi-config.yaml that the package repeats. */
export interface GuideConfig {
  readonly id: string;
  readonly canonical: string;
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly description: string;
  readonly publisher: string;
  readonly license: string;
  readonly copyright: string;
  /** The narrative pages, the first one being the home page. */
  readonly pages: readonly GuidePage[];
}

/** A page of the guide as the ImplementationGuide lists it. */
export interface GuidePage {
  readonly nameUrl: string;
  readonly title: string;
  readonly generation: string;
}

export interface CompiledGuide {
  readonly config: GuideConfig;
  /** Profiles, extensions, value sets, code systems, concept maps, operations; with snapshots. */
  readonly definitions: readonly GuideResource[];
  readonly examples: readonly GuideResource[];
  /** What SUSHI had to say, without the automatic packages that an offline build does without. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

const GUIDE = fileURLToPath(new URL('../profiles/', import.meta.url));
const AUTOMATIC = /^Failed to load automatically-provided /;

function readConfig(): { readonly sushi: ReturnType<typeof utils.readConfig>; readonly config: GuideConfig } {
  const sushi = utils.readConfig(GUIDE);
  const wanted = [
    'id',
    'name',
    'title',
    'version',
    'description',
    'publisher',
    'license',
    'copyright',
  ] as const;
  const missing = wanted.filter((key) => typeof sushi[key] !== 'string');
  if (missing.length > 0) throw new Error(`sushi-config.yaml lacks ${missing.join(', ')}.`);
  const pages = (sushi.pages ?? []).map(({ nameUrl, title, generation }) => ({
    nameUrl: (nameUrl ?? '').replace(/\.md$/, '.html'),
    title: title ?? '',
    generation: generation ?? 'markdown',
  }));
  return { sushi, config: { ...(sushi as unknown as GuideConfig), pages } };
}

interface Message {
  readonly message: string;
  readonly location?: { readonly startLine: number };
  readonly input?: string;
}

function sentence({ message, location, input }: Message): string {
  const file = input?.replace(GUIDE, 'profiles/');
  return file === undefined ? message : `${file}:${location?.startLine ?? 1}: ${message}`;
}

/** Codes as `system|code`. */
const codesOf = (
  systems: readonly { readonly url?: string; readonly concept?: readonly { readonly code: string }[] }[],
): ReadonlySet<string> =>
  new Set(systems.flatMap(({ url, concept }) => (concept ?? []).map(({ code }) => `${url}|${code}`)));

/** Compiles the guide; what is wrong with the FSH is in `errors`, thrown is only what stops SUSHI altogether. */
export async function compileGuide(): Promise<CompiledGuide> {
  for (const transport of utils.logger.transports) transport.silent = true;
  utils.errorsAndWarnings.reset();
  utils.errorsAndWarnings.shouldTrack = true;

  const { sushi, config } = readConfig();
  const tank = utils.fillTank(utils.getRawFSHes(`${GUIDE}input/fsh`), sushi);
  tank.checkDuplicateNameEntities();
  const core = await fhirdefs.createFHIRDefinitions({
    packageCache: corePackageCache,
    registryClient: noRegistry,
    currentBuildClient: noBuildServer,
  });
  await utils.loadExternalDependencies(core, sushi);
  core.optimize();
  const built = sushiExport.exportFHIR(tank, core);

  const instances = built.instances.filter(({ _instanceMeta }) => _instanceMeta.usage !== 'Inline');
  const [examples, definitions] = [true, false].map((example) =>
    instances.filter(({ _instanceMeta }) => (_instanceMeta.usage === 'Example') === example),
  );
  const structures = [...built.profiles, ...built.extensions].map((structure) => structure.toJSON(true));
  const terminology = [...built.valueSets, ...built.codeSystems].map((resource) => resource.toJSON());
  const maps = await conceptMaps(config, codesOf(built.codeSystems));
  const { errors, warnings } = utils.errorsAndWarnings;
  return {
    config,
    definitions: [
      ...structures,
      ...terminology,
      ...maps,
      ...(definitions ?? []).map((each) => each.toJSON()),
    ],
    examples: (examples ?? []).map((each) => each.toJSON()),
    errors: errors.map(sentence),
    warnings: warnings.filter(({ message }) => !AUTOMATIC.test(message)).map(sentence),
  };
}
