import type { Resource } from '@medplum/fhirtypes';
import { CATALOGUE } from '../core/catalogue.ts';
import { type Finding, quote } from '../core/finding.ts';
import { parseReference, replaceReferences } from '../fhir/references.ts';
import { ambiguousSubject, identityFindings, joinPatients } from '../mapping/identity.ts';
import type { ResourceShelf, Shelved } from './resource-shelf.ts';
import { LINKED_TYPES } from './resource-shelf.ts';

/** Types whose resources state something of a patient: one that names none is lost, which has to be said. */
const ABOUT_PATIENTS: ReadonlySet<string> = new Set([
  'Condition',
  'Encounter',
  'MedicationAdministration',
  'MedicationRequest',
  'MedicationStatement',
  'Observation',
  'Procedure',
]);

/** Everything that belongs to one person. */
interface PersonInput {
  /** The person's Patients, what is about them, and what that refers to; in the order of `Type/id`. */
  readonly resources: readonly Resource[];
  /** What can be said only by who sees all persons: identities that were not joined, references that lead nowhere. */
  readonly findings: readonly Finding[];
}

export interface AssembledPersons {
  /** One at a time, in the order of their ids. */
  readonly persons: Iterable<PersonInput>;
  readonly findings: readonly (Finding & { readonly file: string })[];
}

/** Who is who among all that has been read. */
export function assemblePersons(shelf: ResourceShelf): AssembledPersons {
  const { persons, conflicting } = joinPatients(shelf.patients());
  const personOf = new Map(persons.flatMap((ids) => ids.map((id) => [id, ids[0] ?? id] as const)));
  const members = new Map<string, Shelved[]>();
  const findings: (Finding & { readonly file: string })[] = [];
  const doubts = new Map<string, Finding[]>();
  for (const shelved of shelf.all()) {
    const { owners, possible } = ownersOf(shelved, shelf, personOf);
    for (const owner of owners) {
      const list = members.get(owner);
      if (list === undefined) members.set(owner, [shelved]);
      else list.push(shelved);
    }
    for (const owner of possible) {
      doubts.set(owner, [...(doubts.get(owner) ?? []), ambiguousSubject(shelved.key)]);
    }
    if (owners.size === 0 && possible.size === 0 && isLost(shelved)) findings.push(lostFinding(shelved));
  }
  return { persons: readPersons(members, shelf, conflicting, doubts), findings };
}

/**
 * The persons that a resource is about. An identifier that patients of several persons carry names none of them: these
 * are `possible`.
 */
function ownersOf(
  shelved: Shelved,
  shelf: ResourceShelf,
  personOf: ReadonlyMap<string, string>,
): { readonly owners: ReadonlySet<string>; readonly possible: ReadonlySet<string> } {
  if (shelved.key.startsWith('Patient/')) {
    const id = idOf(shelved.key);
    return { owners: new Set([personOf.get(id) ?? id]), possible: NOBODY };
  }
  const owners = new Set<string>();
  let possible = NOBODY;
  for (const subject of shelved.subjects) {
    const ids = shelf
      .keysOf(subject, shelved.site)
      .filter((key) => key.startsWith('Patient/'))
      .map(idOf);
    const named = new Set(ids.map((id) => personOf.get(id) ?? id));
    if (named.size > 1) possible = named;
    else for (const owner of named) owners.add(owner);
  }
  return { owners, possible };
}

const NOBODY: ReadonlySet<string> = new Set();

function* readPersons(
  members: ReadonlyMap<string, readonly Shelved[]>,
  shelf: ResourceShelf,
  conflicting: readonly string[],
  doubts: ReadonlyMap<string, readonly Finding[]>,
): Generator<PersonInput, void, undefined> {
  for (const [person, own] of [...members].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const all = withLinked(own, shelf).toSorted((a, b) => (a.key < b.key ? -1 : 1));
    const ids = own.filter(({ key }) => key.startsWith('Patient/')).map(({ key }) => idOf(key));
    yield {
      resources: all.map((shelved) => readResolved(shelved, shelf)),
      findings: [
        ...identityFindings(conflicting, ids),
        ...(doubts.get(person) ?? []),
        ...all.flatMap((shelved) => danglingFindings(shelved, shelf)),
      ],
    };
  }
}

/** The resources, and the products, drugs, specimens and places that they refer to, directly or by each other. */
function withLinked(own: readonly Shelved[], shelf: ResourceShelf): readonly Shelved[] {
  const all = new Map(own.map((shelved) => [shelved.key, shelved]));
  // A Map's iteration reaches what is added while it runs.
  for (const { links, site } of all.values()) {
    for (const key of links.flatMap((link) => shelf.keysOf(link, site))) {
      const linked = shelf.get(key);
      if (linked !== undefined && !all.has(key)) all.set(key, linked);
    }
  }
  return [...all.values()];
}

/** Views follow literal references only; a conditional one that names exactly one resource here becomes literal. */
function readResolved(shelved: Shelved, shelf: ResourceShelf): Resource {
  const resource = shelved.read();
  if (shelved.links.every((link) => 'key' in link)) return resource;
  return replaceReferences(resource, resource.resourceType, (reference) => {
    const form = parseReference(reference);
    if (form.form !== 'conditional' || !LINKED_TYPES.has(form.type)) return reference;
    const identifier = new URLSearchParams(form.query).get('identifier') ?? '';
    const keys = shelf.keysOf({ type: form.type, identifier }, shelved.site);
    return keys.length === 1 && keys[0] !== undefined ? keys[0] : reference;
  });
}

function danglingFindings({ key, links, site }: Shelved, shelf: ResourceShelf): readonly Finding[] {
  const dangling = links.filter(
    (link) => !shelf.keysOf(link, site).some((target) => shelf.get(target) !== undefined),
  );
  return dangling.map((link) => ({
    code: 'reference-dangling',
    severity: 'warning',
    message: CATALOGUE['reference-dangling'].meaning,
    reference: key,
    ...('key' in link ? { found: quote(link.key) } : {}),
  }));
}

function isLost({ key, subjects }: Shelved): boolean {
  const about = subjects.filter((subject) => 'identifier' in subject || subject.key.startsWith('Patient/'));
  return ABOUT_PATIENTS.has(key.slice(0, key.indexOf('/'))) && (about.length > 0 || subjects.length === 0);
}

function lostFinding({ key, file }: Shelved): Finding & { readonly file: string } {
  const { meaning } = CATALOGUE['patient-unknown'];
  return { code: 'patient-unknown', severity: 'warning', message: meaning, reference: key, file };
}

function idOf(key: string): string {
  return key.slice(key.indexOf('/') + 1);
}
