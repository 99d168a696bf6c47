/**
 * Which Patient resources are one person (inputs.md, "Patient identity"): those that share an identifier (system
 * and value, use neither temp nor old) and those that `Patient.link` joins. An identifier whose patients have
 * different full birth dates joins nobody, unless a link says that they are one. Nothing depends on order.
 */
import type { Patient } from '@medplum/fhirtypes';
import { CATALOGUE } from '../core/catalogue.ts';
import type { Finding } from '../core/finding.ts';
import type { PartialDate } from '../core/partial-date.ts';

/** What of a Patient decides who it is. */
export interface PatientIdentity {
  readonly id: string;
  /** `system|value` of the identifiers that may join, sorted. */
  readonly identifiers: readonly string[];
  /** Ids of the Patients that this one links to, sorted. */
  readonly links: readonly string[];
  /** Only where the full date is known. */
  readonly birthDate?: PartialDate;
}

export interface JoinedPatients {
  /** Patient ids of each person, sorted; the first is the person's id. Persons are sorted by id. */
  readonly persons: readonly (readonly string[])[];
  /** Ids of the Patients that share an identifier which joined nobody, sorted. */
  readonly conflicting: readonly string[];
}

const LINK = /(?:^|\/)Patient\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/;

export function identityOf(patient: Patient): PatientIdentity {
  const identifiers = (patient.identifier ?? [])
    .filter(({ system, value, use }) => system && value && use !== 'temp' && use !== 'old')
    .map(({ system, value }) => `${system}|${value}`);
  const links = (patient.link ?? [])
    .map(({ other }) => LINK.exec(other?.reference ?? '')?.[1])
    .filter((id) => id !== undefined && id !== patient.id) as string[];
  const { birthDate } = patient;
  return {
    id: patient.id ?? '',
    identifiers: [...new Set(identifiers)].sort(),
    links: [...new Set(links)].sort(),
    ...(birthDate?.length === 10 ? { birthDate } : {}),
  };
}

/** The persons behind the Patients. Links to a Patient that is not among them lead nowhere yet. */
export function joinPatients(patients: readonly PatientIdentity[]): JoinedPatients {
  const linked = new Groups(patients.map(({ id }) => id));
  for (const { id, links } of patients) for (const other of links) linked.join(id, other);
  const shared = [...byIdentifier(patients).values()].filter((group) => group.length > 1);
  const refused = shared.filter((group) => disagrees(group, linked));
  const joining = shared.filter((group) => !refused.includes(group));
  const bridges = undatedBridges(patients, joining, linked);
  for (const group of joining) {
    if (!bridges.includes(group)) linked.joinAll(group.map(({ id }) => id));
  }
  const conflicting = [...refused, ...bridges].flatMap((group) => group.map(({ id }) => id));
  return { persons: linked.all(), conflicting: [...new Set(conflicting)].sort() };
}

/** The finding on each Patient of a person that shares an identifier which joined nobody. */
export function identityFindings(
  conflicting: readonly string[],
  person: readonly string[],
): readonly Finding[] {
  return person
    .filter((id) => conflicting.includes(id))
    .map((id) => ({
      code: 'identity-conflict',
      severity: 'warning',
      message: CATALOGUE['identity-conflict'].meaning,
      reference: `Patient/${id}`,
      expression: 'Patient.identifier',
    }));
}

/** A resource that names its patient by an identifier which patients of several persons carry. */
export function ambiguousSubject(reference: string): Finding {
  return {
    code: 'subject-ambiguous',
    severity: 'warning',
    message: CATALOGUE['subject-ambiguous'].meaning,
    reference,
  };
}

type Group = readonly PatientIdentity[];

function byIdentifier(patients: readonly PatientIdentity[]): ReadonlyMap<string, Group> {
  const groups = new Map<string, PatientIdentity[]>();
  for (const patient of patients) {
    for (const identifier of patient.identifiers) {
      const group = groups.get(identifier);
      if (group === undefined) groups.set(identifier, [patient]);
      else group.push(patient);
    }
  }
  return groups;
}

/** Two patients whose birth dates differ and whom no link joins. */
function disagrees(group: Group, linked: Groups): boolean {
  return group.some((one) =>
    group.some(
      (other) =>
        one.birthDate !== undefined &&
        other.birthDate !== undefined &&
        one.birthDate !== other.birthDate &&
        linked.find(one.id) !== linked.find(other.id),
    ),
  );
}

/**
 * Identifiers that would, through a patient without a full birth date, make one person of patients born on
 * different days: nobody can tell to whom that patient belongs, so these join nobody either.
 */
function undatedBridges(patients: Group, joining: readonly Group[], linked: Groups): readonly Group[] {
  const dates = new Map<string, Set<string>>();
  for (const { id, birthDate } of patients) {
    const known = dates.get(linked.find(id)) ?? new Set();
    dates.set(linked.find(id), birthDate === undefined ? known : known.add(birthDate));
  }
  const datesOf = (id: string): ReadonlySet<string> => dates.get(linked.find(id)) ?? new Set();
  const joined = new Groups(patients.map(({ id }) => id));
  for (const { id, links } of patients) for (const other of links) joined.join(id, other);
  for (const group of joining) joined.joinAll(group.map(({ id }) => id));
  const doubtful = new Set(
    joined.all().flatMap(([first = '', ...rest]) => {
      const sets = [first, ...rest].map(datesOf).filter(({ size }) => size > 0);
      return sets.some((one) => sets.some((other) => ![...one].some((date) => other.has(date))))
        ? [first]
        : [];
    }),
  );
  return joining.filter(
    (group) =>
      doubtful.has(joined.find(group[0]?.id ?? '')) && group.some(({ id }) => datesOf(id).size === 0),
  );
}

/** Disjoint groups of ids; a group is named by its smallest id. */
class Groups {
  readonly #parent: Map<string, string>;

  constructor(ids: readonly string[]) {
    this.#parent = new Map(ids.map((id) => [id, id]));
  }

  find(id: string): string {
    let root = id;
    for (let up = this.#parent.get(root); up !== undefined && up !== root; up = this.#parent.get(root))
      root = up;
    this.#parent.set(id, root);
    return root;
  }

  join(one: string, other: string): void {
    if (!this.#parent.has(one) || !this.#parent.has(other)) return;
    const [first = '', second = ''] = [this.find(one), this.find(other)].sort();
    this.#parent.set(second, first);
  }

  joinAll(ids: readonly string[]): void {
    for (const id of ids) this.join(ids[0] ?? id, id);
  }

  all(): readonly (readonly string[])[] {
    const groups = Map.groupBy([...this.#parent.keys()].sort(), (id) => this.find(id));
    return [...groups.values()];
  }
}
