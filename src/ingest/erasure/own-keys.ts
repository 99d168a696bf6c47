import type { Provenance, Reference, Resource } from '@medplum/fhirtypes';
import { parseReference } from '../../fhir/references.ts';
import type { Queryable } from '../../store/database.ts';
import {
  readBundlesWith,
  readProducts,
  readReferrers,
  readSubjectKeys,
} from '../../store/person/person-traces.ts';
import { keyOf, type ResourceKey, readContents } from '../../store/resource-store.ts';
import { ErasedPerson } from './erased-person.ts';
import type { WholePerson } from './whole-person.ts';

export interface OwnKeys {
  /** Of what goes as a whole: there is a current version, or a Patient that was deleted. */
  readonly keys: readonly ResourceKey[];
  /** Products of the person that others need. */
  readonly shared: readonly ResourceKey[];
}

/**
 * The Patients, what is about one of them, products and Bundles that are of nobody else, and the Provenance of nothing
 * but these.
 */
export async function readOwnKeys(tx: Queryable, whole: WholePerson): Promise<OwnKeys> {
  const patients = new Map(whole.patients.map(({ id = '' }) => [`Patient/${id}`, { type: 'Patient', id }]));
  const about = [...patients.values(), ...(await readSubjectKeys(tx, whole.patientIds, whole.identifiers))];
  const products = await readProducts(tx, about, whole.patientIds);
  const shared = products.filter(({ isOnlyOfThese }) => !isOnlyOfThese);
  const own: ResourceKey[] = [
    ...about.filter(({ type }) => type !== 'BiologicallyDerivedProduct'),
    ...products.filter(({ isOnlyOfThese }) => isOnlyOfThese),
  ];
  own.push(...(await readOwnBundles(tx, new ErasedPerson(whole, own, shared))));
  own.push(...(await readOwnProvenance(tx, own)));
  return { keys: [...new Map(own.map((key) => [keyOf(key), key])).values()], shared };
}

async function readOwnBundles(tx: Queryable, person: ErasedPerson): Promise<readonly ResourceKey[]> {
  const own: ResourceKey[] = [];
  for await (const page of readBundlesWith(tx, person.words)) {
    for (const { type, id, content } of page) {
      if (person.isAboutIt(JSON.parse(content))) own.push({ type, id });
    }
  }
  return own;
}

async function readOwnProvenance(
  tx: Queryable,
  keys: readonly ResourceKey[],
): Promise<readonly ResourceKey[]> {
  const names = new Set(keys.map(keyOf));
  const referring = (await readReferrers(tx, keys, [])).filter(({ type }) => type === 'Provenance');
  const contents = await readContents(tx, referring);
  return referring.filter((key) => {
    const resource: Resource = JSON.parse(contents.get(keyOf(key)) ?? '{}');
    return resource.resourceType === 'Provenance' && isOfNothingElse(resource, names);
  });
}

function isOfNothingElse(provenance: Provenance, names: ReadonlySet<string>): boolean {
  // Mandatory; but what is invalid may be stored too.
  const targets: Partial<Provenance>['target'] = provenance.target;
  return targets?.every((target) => leadsTo(target, names)) === true;
}

function leadsTo({ reference = '' }: Reference, names: ReadonlySet<string>): boolean {
  const form = parseReference(reference);
  return form.form === 'literal' && names.has(keyOf(form));
}
