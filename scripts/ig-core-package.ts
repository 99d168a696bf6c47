/**
 * FHIR R4 core for SUSHI, straight from node_modules. The npm package `hl7.fhir.r4.examples` holds the unpatched
 * definitions of R4 beside its examples; here it answers to the name that SUSHI asks for. There is no other
 * package and no registry behind it, so a build needs no network and cannot depend on what a registry offers.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const CORE = { name: 'hl7.fhir.r4.core', version: '4.0.1' } as const;
const DEFINITIONS =
  /^(StructureDefinition|ValueSet|CodeSystem|ConceptMap|SearchParameter|OperationDefinition)-/;

const folder = path.dirname(createRequire(import.meta.url).resolve('hl7.fhir.r4.examples/package.json'));

const isCore = (name: string, version: string): boolean => name === CORE.name && version === CORE.version;

function refuse(name: string): Promise<never> {
  return Promise.reject(new Error(`${name} is not looked up: the guide is built offline.`));
}

/** What SUSHI asks for packages on disk. */
export const corePackageCache = {
  cachePackageTarball: refuse,
  isPackageInCache: isCore,
  getPackagePath: (name: string, version: string) => (isCore(name, version) ? folder : undefined),
  getPackageJSONPath: (name: string, version: string) =>
    isCore(name, version) ? path.join(folder, 'package.json') : undefined,
  getPotentialResourcePaths: (name: string, version: string) =>
    isCore(name, version)
      ? readdirSync(folder)
          .filter((file) => DEFINITIONS.test(file) && file.endsWith('.json'))
          .sort()
          .map((file) => path.join(folder, file))
      : [],
  getResourceAtPath: (file: string): unknown =>
    existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {},
};

/** A registry that has nothing; a version that is already exact needs none. */
export const noRegistry = {
  resolveVersion: (name: string, version: string) =>
    version === 'latest' ? refuse(name) : Promise.resolve(version),
  download: refuse,
};

/** A build server that has nothing. */
export const noBuildServer = { downloadCurrentBuild: refuse, getCurrentBuildDate: refuse };
