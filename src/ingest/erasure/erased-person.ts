/** A person that nothing may tell of any more: what is about it, what only names it, and that without the name. */
import type { Bundle, Patient, Resource } from '@medplum/fhirtypes';
import { redactReferences } from '../../fhir/redact-references.ts';
import {
  type BusinessIdentifier,
  identifiersOf,
  type OutgoingReference,
  parseReference,
  referencesOf,
} from '../../fhir/references.ts';
import { ABOUT_WHOM_THEY_NAME } from '../../store/person/person-traces.ts';
import { keyOf, type ResourceKey } from '../../store/resource-store.ts';
import type { WholePerson } from './whole-person.ts';

type Named = Pick<OutgoingReference, 'reference' | 'identifier' | 'type'>;

export class ErasedPerson {
  readonly #patientIds: ReadonlySet<string>;
  /** By `system|value`. */
  readonly #identifiers: ReadonlyMap<string, string>;
  readonly #patients: readonly Patient[];
  readonly #keys: ReadonlySet<string>;
  readonly #shared: ReadonlySet<string>;

  /** `keys` of all that goes; `shared` of products that stay, for others need them. */
  constructor(person: WholePerson, keys: readonly ResourceKey[], shared: readonly ResourceKey[]) {
    this.#patientIds = new Set(person.patientIds);
    this.#patients = person.patients;
    this.#identifiers = new Map(person.identifiers.map((one) => [nameOf(one), one.value]));
    this.#keys = new Set(keys.map(keyOf));
    this.#shared = new Set(shared.map(keyOf));
  }

  /** Texts of which at least one is in the content of every resource that tells of the person. */
  get words(): readonly string[] {
    const ids = [...this.#patientIds].flatMap((id) => [`Patient/${id}`, `"id":"${id}"`]);
    const values = [...this.#identifiers.values()].map((value) => JSON.stringify(value));
    return [...ids, ...new Set(values)];
  }

  goes(key: ResourceKey): boolean {
    return this.#keys.has(keyOf(key));
  }

  /** It goes as a whole. */
  isAboutIt(resource: Resource): boolean {
    const { resourceType: type, id = '' } = resource;
    if (resource.resourceType === 'Patient') return this.#isPatient(resource);
    if (resource.resourceType === 'Bundle') {
      const patients = entriesOf(resource).filter((one) => one.resourceType === 'Patient');
      const isHeld = entriesOf(resource).some((one) => this.isAboutIt(one));
      return isHeld && patients.every((one) => this.isAboutIt(one));
    }
    if (this.#shared.has(keyOf({ type, id }))) return false;
    const isAny = ABOUT_WHOM_THEY_NAME.includes(type);
    return referencesOf(resource).some((one) => (one.isSubject || isAny) && this.#isNamed(one));
  }

  /** What stays of a resource that is not about it; undefined where that is all. */
  redacted(resource: Resource): Resource | undefined {
    const left = resource.resourceType === 'Bundle' ? this.#withoutEntries(resource) : resource;
    const redacted = redactReferences(left, (one) => this.#isNamed(one) || this.#leadsToWhatGoes(one));
    return redacted ?? (left === resource ? undefined : left);
  }

  #withoutEntries(bundle: Bundle): Bundle {
    const entry = bundle.entry?.filter(({ resource }) => resource === undefined || !this.isAboutIt(resource));
    return entry === undefined || entry.length === bundle.entry?.length ? bundle : { ...bundle, entry };
  }

  #isPatient(patient: Patient): boolean {
    return (
      (patient.id !== undefined && this.#patientIds.has(patient.id)) ||
      identifiersOf(patient).some((one) => one.system !== '' && this.#identifiers.has(nameOf(one)))
    );
  }

  #isNamed({ reference, identifier, type }: Named): boolean {
    if (reference === undefined) {
      return (
        identifier !== undefined &&
        (type === undefined || type === 'Patient') &&
        this.#identifiers.has(nameOf(identifier))
      );
    }
    const form = parseReference(reference);
    return form.form === 'literal' && form.type === 'Patient' && this.#patientIds.has(form.id);
  }

  #leadsToWhatGoes({ reference }: Named): boolean {
    const form = reference === undefined ? undefined : parseReference(reference);
    return form?.form === 'literal' && this.#keys.has(keyOf(form));
  }

  /** Whether a text, such as a search or a message, holds an id, an identifier or a name of the person. */
  isToldBy(text: string): boolean {
    const told = text.toLowerCase();
    const tokens = new Set(told.split(/[^\p{L}\p{N}.-]+/u));
    const isWord = (word: string): boolean => (isOneToken(word) ? tokens.has(word) : told.includes(word));
    return this.#spokenWords().some(isWord) || [...this.#patientIds].some((id) => isAddressed(id, text));
  }

  #spokenWords(): readonly string[] {
    const names = this.#patients.flatMap(({ name = [] }) =>
      name.flatMap(({ family = '', given = [] }) => [family, ...given]),
    );
    // A given name of which only an extension tells is null.
    const words: readonly (string | null)[] = [...this.#identifiers.values(), ...names];
    return words
      .filter((word) => word !== null)
      .filter((word) => word.length >= SHORTEST_WORD)
      .map((word) => word.toLowerCase());
  }
}

/** What is shorter stands in many a text by chance. */
const SHORTEST_WORD = 3;

function isOneToken(word: string): boolean {
  return /^[\p{L}\p{N}.-]+$/u.test(word);
}

/** As in `Patient/id` and `patient=other,id`. */
function isAddressed(id: string, text: string): boolean {
  return text.split(/[^A-Za-z0-9.\-/=,:]+/).some((part) => part.split(/[/=,:]/).indexOf(id) > 0);
}

function entriesOf({ entry = [] }: Bundle): readonly Resource[] {
  return entry.flatMap(({ resource }) => (resource === undefined ? [] : [resource]));
}

function nameOf({ system, value }: BusinessIdentifier): string {
  return `${system}|${value}`;
}
