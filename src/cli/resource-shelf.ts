import type { Resource } from '@medplum/fhirtypes';
import { identifiersOf, type OutgoingReference, parseReference, referencesOf } from '../fhir/references.ts';
import { identityOf, type PatientIdentity } from '../mapping/identity.ts';
import type { InputResource } from './read-resources.ts';
import { type TextPlace, TextStore } from './text-store.ts';

/** A resource put aside, with what is needed to find it again for its person. */
export interface Shelved {
  readonly key: string;
  readonly file: string;
  /** Whom the resource is about: `Type/id`, or `system|value` of an identifier; nothing where it does not say. */
  readonly subjects: readonly Target[];
  /** What else of the kinds that views look into it refers to. */
  readonly links: readonly Target[];
  readonly site: string;
  read(): Resource;
}

export type Target = { readonly key: string } | { readonly type: string; readonly identifier: string };

interface Version {
  readonly updated: number | undefined;
  readonly number: number | undefined;
  readonly yields: boolean;
}

/** Most resources carry no version that could be compared. */
const UNVERSIONED: Version = { updated: undefined, number: undefined, yields: false };
const NAMES_NOTHING: Named = { subjects: [], links: [] };

/** Whom and what a resource names; many name the same. */
interface Named {
  readonly subjects: readonly Target[];
  readonly links: readonly Target[];
}

/** What all resources of one file and site share. */
interface Home {
  readonly file: string;
  readonly site: string;
  readonly texts: TextStore;
}

/** One of possibly millions: a few words each, what others share held once, its text in the store. */
class Stored implements Shelved {
  readonly key: string;
  readonly version: Version;
  private readonly home: Home;
  private readonly named: Named;
  private readonly block: number;
  private readonly start: number;
  private readonly length: number;

  constructor(key: string, version: Version, home: Home, named: Named, { block, start, length }: TextPlace) {
    this.key = key;
    this.version = version;
    this.home = home;
    this.named = named;
    this.block = block;
    this.start = start;
    this.length = length;
  }

  get file(): string {
    return this.home.file;
  }

  get site(): string {
    return this.home.site;
  }

  get subjects(): readonly Target[] {
    return this.named.subjects;
  }

  get links(): readonly Target[] {
    return this.named.links;
  }

  read(): Resource {
    return JSON.parse(this.home.texts.read({ block: this.block, start: this.start, length: this.length }));
  }
}

/** A resource that was taken away: what it was is gone, that a later version went is not. */
interface Removed {
  readonly version: Version;
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
 * order over any files. Texts are held outside the JavaScript heap, the most of them on disk, and parsed again when
 * their person is assembled; what is held for each resource is kept small, for there may be millions.
 */
export class ResourceShelf {
  readonly #places = new Map<string, Stored | Removed>();
  readonly #patients = new Map<string, PatientIdentity>();
  readonly #byIdentifier = new Map<string, Set<string>>();
  readonly #texts = new TextStore();
  /** `site Type/id` of what was not taken because another site has the id. */
  readonly #refused = new Set<string>();
  /** Many resources name the same few targets, and come from the same few files: each is held once. */
  readonly #named = new Map<string, Named>();
  readonly #homes = new Map<string, Home>();

  /**
   * Of two versions of one resource the later stays: by `meta.lastUpdated`, then by `meta.versionId`, else the one
   * that is added later. A conditional create yields to what is there. A resource of another site keeps its place:
   * false where one of that id is here already (architecture.md, 12).
   */
  add({ resource, rank, origin }: InputResource, site = ''): boolean {
    const key = `${resource.resourceType}/${resource.id}`;
    const present = this.#places.get(key);
    if (present instanceof Stored && present.site !== site) {
      this.#refused.add(`${site} ${key}`);
      return false;
    }
    const version = versionOf(
      resource.meta?.lastUpdated,
      resource.meta?.versionId,
      rank === 'create-if-none',
    );
    if (!this.#isNewer(key, version)) return true;
    const place = this.#texts.add(JSON.stringify(resource));
    const references = referencesOf(resource);
    const subjects = targetsOf(references.filter(({ isSubject }) => isSubject));
    const links = targetsOf(references.filter(({ isSubject }) => !isSubject)).filter((link) =>
      LINKED_TYPES.has(typeOf(link)),
    );
    const home = this.#homeOf(origin.file, site);
    this.#places.set(key, new Stored(key, version, home, this.#shared({ subjects, links }), place));
    if (resource.resourceType === 'Patient') this.#patients.set(key, identityOf(resource));
    // Only people and what others refer to are ever looked for by identifier.
    if (resource.resourceType !== 'Patient' && !LINKED_TYPES.has(resource.resourceType)) return true;
    for (const { system, value } of identifiersOf(resource)) {
      const identifier = `${resource.resourceType} ${system}|${value}`;
      const keys = this.#byIdentifier.get(identifier);
      if (keys === undefined) this.#byIdentifier.set(identifier, new Set([key]));
      else keys.add(key);
    }
    return true;
  }

  /** Takes a resource away, unless a later version of it is here. */
  remove(key: string, lastUpdated: string | undefined): void {
    const version = versionOf(lastUpdated, undefined, false);
    if (!this.#isNewer(key, version)) return;
    this.#places.set(key, { version });
    this.#patients.delete(key);
  }

  *all(): Generator<Shelved, void, undefined> {
    for (const place of this.#places.values()) if (place instanceof Stored) yield place;
  }

  get(key: string): Shelved | undefined {
    const place = this.#places.get(key);
    return place instanceof Stored ? place : undefined;
  }

  /** Nothing can be read from it afterwards. */
  close(): void {
    this.#texts.close();
  }

  patients(): readonly PatientIdentity[] {
    return [...this.#patients.values()];
  }

  /**
   * `Type/id` of what a target names: at most one for a literal one, whether it is here or not. A site that uses an id
   * for a resource of its own, which another site's stands in the way of, does not mean the other's.
   */
  keysOf(target: Target, site: string): readonly string[] {
    if ('key' in target) return this.#refused.has(`${site} ${target.key}`) ? [] : [target.key];
    const keys = this.#byIdentifier.get(`${target.type} ${target.identifier}`) ?? [];
    return [...keys].filter((key) => this.get(key) !== undefined).sort();
  }

  #shared(named: Named): Named {
    if (named.subjects.length === 0 && named.links.length === 0) return NAMES_NOTHING;
    const text = JSON.stringify([named.subjects, named.links]);
    const known = this.#named.get(text);
    if (known === undefined) this.#named.set(text, named);
    return known ?? named;
  }

  #homeOf(file: string, site: string): Home {
    const name = JSON.stringify([file, site]);
    let home = this.#homes.get(name);
    if (home === undefined) {
      home = { file, site, texts: this.#texts };
      this.#homes.set(name, home);
    }
    return home;
  }

  #isNewer(key: string, version: Version): boolean {
    const present = this.#places.get(key);
    if (present === undefined) return true;
    if (version.yields !== present.version.yields && present instanceof Stored) return present.version.yields;
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
  if (lastUpdated === undefined && versionId === undefined && !yields) return UNVERSIONED;
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
