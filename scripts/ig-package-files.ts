/**
 * The guide as the files of a FHIR package (npm layout): definitions in `package/`, examples in
 * `package/example/`, an index beside each, and in `package/other/build.json` what it was built from.
 * Nothing in it depends on the clock, on the machine or on the order of directory listings.
 */
import type { CompiledGuide, GuideConfig, GuideResource } from './ig-compile.ts';

/** What `check-ig` compares with the present sources. */
export interface BuildRecord {
  readonly inputDigest: string;
}

const INDEXED = [
  'url',
  'version',
  'kind',
  'type',
  'supplements',
  'content',
  'valueSet',
  'derivation',
] as const;

const fileName = ({ resourceType, id }: GuideResource): string => `${resourceType}-${id}.json`;

const byFileName = (a: GuideResource, b: GuideResource): number => (fileName(a) < fileName(b) ? -1 : 1);

/** What a publication adds to a definition that does not say it itself. */
function complete(resource: GuideResource, config: GuideConfig): GuideResource {
  const { resourceType, id, ...rest } = resource;
  return { resourceType, id, version: config.version, publisher: config.publisher, ...rest };
}

function exampleOf(
  example: GuideResource,
): { readonly exampleCanonical: string } | { readonly exampleBoolean: true } {
  const { profile } = (example['meta'] ?? {}) as { readonly profile?: readonly string[] };
  const [first] = profile ?? [];
  return first === undefined ? { exampleBoolean: true } : { exampleCanonical: first };
}

function implementationGuide(guide: CompiledGuide): GuideResource {
  const { config } = guide;
  const [home, ...pages] = config.pages;
  const listed = ({ resourceType, id, title, name }: GuideResource) => ({
    reference: { reference: `${resourceType}/${id}` },
    name: title ?? name ?? id,
  });
  return {
    resourceType: 'ImplementationGuide',
    id: config.id,
    url: `${config.canonical}/ImplementationGuide/${config.id}`,
    version: config.version,
    name: config.name,
    title: config.title,
    status: 'draft',
    experimental: false,
    publisher: config.publisher,
    description: config.description,
    copyright: config.copyright,
    packageId: config.id,
    license: config.license,
    fhirVersion: ['4.0.1'],
    definition: {
      resource: [
        ...[...guide.definitions]
          .sort(byFileName)
          .map((each) => ({ ...listed(each), exampleBoolean: false })),
        ...[...guide.examples].sort(byFileName).map((each) => ({ ...listed(each), ...exampleOf(each) })),
      ],
      ...(home === undefined ? {} : { page: { ...home, page: pages } }),
    },
  };
}

function manifest(config: GuideConfig) {
  return {
    name: config.id,
    version: config.version,
    'tools-version': 3,
    type: 'fhir.ig',
    license: config.license,
    canonical: config.canonical,
    url: config.canonical,
    title: config.title,
    description: config.description,
    fhirVersions: ['4.0.1'],
    dependencies: { 'hl7.fhir.r4.core': '4.0.1' },
    author: config.publisher,
    directories: { lib: 'package', example: 'package/example' },
  };
}

function index(resources: readonly GuideResource[]) {
  const files = resources.map((resource) => {
    const { resourceType, id } = resource;
    const known = INDEXED.filter((key) => typeof resource[key] === 'string').map((key) => [
      key,
      resource[key],
    ]);
    return { filename: fileName(resource), resourceType, id, ...Object.fromEntries(known) };
  });
  return { 'index-version': 2, files };
}

/** Path in the package → content, sorted by path. */
export function packageFiles(guide: CompiledGuide, build: BuildRecord): ReadonlyMap<string, string> {
  const definitions = [
    ...guide.definitions.map((each) => complete(each, guide.config)),
    implementationGuide(guide),
  ];
  const examples = [...guide.examples];
  definitions.sort(byFileName);
  examples.sort(byFileName);
  const contents: readonly (readonly [string, unknown])[] = [
    ['package/package.json', manifest(guide.config)],
    ['package/.index.json', index(definitions)],
    ...definitions.map((each) => [`package/${fileName(each)}`, each] as const),
    ['package/example/.index.json', index(examples)],
    ...examples.map((each) => [`package/example/${fileName(each)}`, each] as const),
    ['package/other/build.json', build],
  ];
  return new Map(
    contents
      .map(([file, content]) => [file, `${JSON.stringify(content)}\n`] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
