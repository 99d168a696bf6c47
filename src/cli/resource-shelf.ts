import type { Resource } from '@medplum/fhirtypes';
import { identifiersOf, type OutgoingReference, parseReference, referencesOf } from '../fhir/references.ts';
import { identityOf, type PatientIdentity } from '../mapping/identity.ts';
import type { InputResource } from './read-resources.ts';

/** A resource put aside, with what is needed to find it again for its person. */
export interface Shelved {
  readonly key: string;
  readonly file: string;
  /** Whom the resource is about: `Type/id`, or `system|value` of an identifier; nothing where it does not say. */
  readonly subjects: readonly Target[];
  /** What else of the kinds that views look into it refers to. */
  readonly links: readonly Target[];
  read(): Resource;
}

export type Target = { readonly key: string } | { readonly type: string; readonly identifier: string };

interface Version {
  readonly updated: number | undefined;
  readonly number: number | undefined;
  readonly yields: boolean;
}

interface Place {
  readonly version: Version;
  /** Undefined where the latest version is a removal. */
  readonly shelved: Shelved | undefined;
}

/** Resources that belong to nobody by themselves but to everybody who refers to them. */
export const LINKED_TYPES: ReadonlySet<string> = new Set([
  'BiologicallyDerivedProduct',
  'Location',
  'Medication',
  'Specimen',
]);

/**
 * Holds the latest version of every resource until all input has been read, for a person's resources may lie in any
 * order over any files. Texts are held as bytes outside the JavaScript heap and parsed again when their person is
 * assembled; a store on disk could take this class's place without anybody noticing.
 */
export class ResourceShelf {
  readonly #places = new Map<string, Place>();
  readonly #patients = new Map<string, PatientIdentity>();
  readonly #byIdentifier = new Map<string, Set<string>>();

  /**
   * Of two versions of one resource the later stays: by `meta.lastUpdated`, then by `meta.versionId`, else the one
   * that is added later. A conditional create yields to what is there.
   */
  add({ resource, rank, origin }: InputResource): void {
    const key = `${resource.resourceType}/${resource.id}`;
    const version = versionOf(
      resource.meta?.lastUpdated,
      resource.meta?.versionId,
      rank === 'create-if-none',
    );
    if (!this.#isNewer(key, version)) return;
    const bytes = Buffer.from(JSON.stringify(resource));
    const references = referencesOf(resource);
    const shelved: Shelved = {
      key,
      file: origin.file,
      subjects: targetsOf(references.filter(({ isSubject }) => isSubject)),
      links: targetsOf(references.filter(({ isSubject }) => !isSubject)).filter((link) =>
        LINKED_TYPES.has(typeOf(link)),
      ),
      read: () => JSON.parse(bytes.toString('utf8')) as Resource,
    };
    this.#places.set(key, { version, shelved });
    if (resource.resourceType === 'Patient') this.#patients.set(key, identityOf(resource));
    for (const { system, value } of identifiersOf(resource)) {
      const identifier = `${resource.resourceType} ${system}|${value}`;
      const keys = this.#byIdentifier.get(identifier);
      if (keys === undefined) this.#byIdentifier.set(identifier, new Set([key]));
      else keys.add(key);
    }
  }

  /** Takes a resource away, unless a later version of it is here. */
  remove(key: string, lastUpdated: string | undefined): void {
    const version = versionOf(lastUpdated, undefined, false);
    if (!this.#isNewer(key, version)) return;
    this.#places.set(key, { version, shelved: undefined });
    this.#patients.delete(key);
  }

  all(): readonly Shelved[] {
    return [...this.#places.values()].flatMap(({ shelved }) => (shelved === undefined ? [] : [shelved]));
  }

  get(key: string): Shelved | undefined {
    return this.#places.get(key)?.shelved;
  }

  patients(): readonly PatientIdentity[] {
    return [...this.#patients.values()];
  }

  /** `Type/id` of what a target names: at most one for a literal one, whether it is here or not. */
  keysOf(target: Target): readonly string[] {
    if ('key' in target) return [target.key];
    const keys = this.#byIdentifier.get(`${target.type} ${target.identifier}`) ?? [];
    return [...keys].filter((key) => this.get(key) !== undefined).sort();
  }

  #isNewer(key: string, version: Version): boolean {
    const present = this.#places.get(key);
    if (present === undefined) return true;
    if (version.yields !== present.version.yields && present.shelved !== undefined)
      return present.version.yields;
    const { updated, number } = present.version;
    if (version.updated !== undefined && updated !== undefined && version.updated !== updated) {
      return version.updated > updated;
    }
    if (version.number !== undefined && number !== undefined && version.number !== number) {
      return version.number > number;
    }
    return !version.yields;
  }
}

function versionOf(lastUpdated: string | undefined, versionId: string | undefined, yields: boolean): Version {
  const updated = lastUpdated === undefined ? Number.NaN : Date.parse(lastUpdated);
  const number = versionId === undefined ? Number.NaN : Number(versionId);
  return {
    updated: Number.isNaN(updated) ? undefined : updated,
    number: Number.isNaN(number) ? undefined : number,
    yields,
  };
}

function typeOf(target: Target): string {
  return 'key' in target ? target.key.slice(0, target.key.indexOf('/')) : target.type;
}

/** Literal references by `Type/id`, conditional and logical ones by identifier. A logical one without type is about a Patient. */
function targetsOf(references: readonly OutgoingReference[]): readonly Target[] {
  return references.flatMap(({ reference, identifier, type, isSubject }): readonly Target[] => {
    if (reference === undefined) {
      const named = type ?? (isSubject ? 'Patient' : undefined);
      if (identifier === undefined || named === undefined) return [];
      return [{ type: named, identifier: `${identifier.system}|${identifier.value}` }];
    }
    const form = parseReference(reference);
    if (form.form === 'literal') return [{ key: `${form.type}/${form.id}` }];
    if (form.form !== 'conditional') return [];
    const identifierText = new URLSearchParams(form.query).get('identifier');
    return identifierText === null ? [] : [{ type: form.type, identifier: identifierText }];
  });
}
