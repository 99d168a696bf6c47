/** Where a fact comes from: resource, version, element, site, and who answers for it. */
import type { Identifier, Resource } from '@medplum/fhirtypes';
import type { SourceFlag } from '../cohort/cohort-record.generated.ts';
import type { FactSource } from './fact.ts';
import { referenceTo } from './resource-finding.ts';

const NO_IDENTIFIERS: readonly string[] = [];

export function factSource(
  resource: Resource,
  path: string,
  flags: readonly SourceFlag[],
  site: string,
): FactSource {
  const author = 'performer' in resource ? authorOf(resource.performer) : undefined;
  const versionId = resource.meta?.versionId;
  const identifiers = identifiersOf(resource);
  const reference = referenceTo(resource);
  // Most resources have neither author nor flags, and there are many.
  if (author === undefined && flags.length === 0) {
    return versionId === undefined
      ? { reference, path, site, identifiers }
      : { reference, versionId, path, site, identifiers };
  }
  return {
    reference,
    ...(versionId === undefined ? {} : { versionId }),
    path,
    site,
    ...(flags.length === 0 ? {} : { flags: [...new Set(flags)].sort() }),
    ...(author === undefined ? {} : { author }),
    identifiers,
  };
}

function authorOf(performer: unknown): string | undefined {
  const [first] = Array.isArray(performer) ? performer : [];
  const reference = (first as { readonly reference?: unknown } | undefined)?.reference;
  return typeof reference === 'string' ? reference : undefined;
}

function identifiersOf(resource: Resource): readonly string[] {
  const identifiers = 'identifier' in resource ? resource.identifier : undefined;
  if (!Array.isArray(identifiers)) return NO_IDENTIFIERS;
  const list: readonly Identifier[] = identifiers;
  const named = list.map(({ system, value }) => `${system ?? ''}|${value ?? ''}`);
  return named.length < 2 ? named : named.sort();
}
