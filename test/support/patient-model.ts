/** A FHIR server for Patients in memory, as simple as can be: what the service must answer, status by status. */

export interface Content {
  readonly gender: string;
  /** Value of the one business identifier. */
  readonly mrn: string;
}

/** Undefined for a deletion. */
type Version = Content | undefined;

export interface Written {
  readonly status: number;
  readonly id?: string;
  readonly etag?: string;
}

export class PatientModel {
  readonly #versions = new Map<string, Version[]>();

  #of(id: string): Version[] {
    const known = this.#versions.get(id) ?? [];
    this.#versions.set(id, known);
    return known;
  }

  clone(): PatientModel {
    const copy = new PatientModel();
    for (const [id, versions] of this.#versions) copy.#versions.set(id, [...versions]);
    return copy;
  }

  etag(id: string): string {
    return `W/"${this.#of(id).length}"`;
  }

  current(id: string): Version {
    return this.#versions.get(id)?.at(-1);
  }

  /** Ids of the living that meet the condition, sorted. */
  ids(meets: (content: Content) => boolean): readonly string[] {
    return [...this.#versions.keys()]
      .filter((id) => {
        const content = this.current(id);
        return content !== undefined && meets(content);
      })
      .sort();
  }

  put(
    id: string,
    content: Content,
    condition: { readonly version?: number; readonly isNew?: boolean } = {},
  ): Written {
    const versions = this.#of(id);
    const before = versions.at(-1);
    const { version, isNew } = condition;
    if (version !== undefined && (before === undefined || versions.length !== version))
      return { status: 412 };
    if (isNew === true && before !== undefined) return { status: 412 };
    if (before?.gender !== content.gender || before.mrn !== content.mrn) versions.push(content);
    return { status: before === undefined ? 201 : 200, id, etag: `W/"${versions.length}"` };
  }

  patch(id: string, from: string, gender: string): Written {
    const content = this.current(id);
    if (content === undefined) return { status: 404 };
    return content.gender === from ? this.put(id, { ...content, gender }) : { status: 422 };
  }

  delete(id: string, version?: number): Written {
    const versions = this.#of(id);
    const isThere = versions.at(-1) !== undefined;
    if (version !== undefined && !(isThere && versions.length === version)) return { status: 412 };
    if (isThere) versions.push(undefined);
    return { status: 204 };
  }

  /** `given` is the id that the service chose, where it had to. */
  createUnless(content: Content, given: string): Written {
    const [first, ...more] = this.ids(({ mrn }) => mrn === content.mrn);
    if (more.length > 0) return { status: 412 };
    if (first === undefined) return this.put(given, content);
    return { status: 200, id: first, etag: `W/"${this.#of(first).length}"` };
  }

  putWhere(content: Content, given: string): Written {
    const [first, ...more] = this.ids(({ mrn }) => mrn === content.mrn);
    return more.length > 0 ? { status: 412 } : this.put(first ?? given, content);
  }

  deleteWhere(wanted: string): Written {
    const [first, ...more] = this.ids(({ mrn }) => mrn === wanted);
    if (more.length > 0) return { status: 412 };
    return first === undefined ? { status: 204 } : this.delete(first);
  }

  read(id: string, known?: number): object {
    const versions = this.#of(id);
    if (versions.length === 0) return { status: 404 };
    const shown = this.vread(id, versions.length);
    return known === versions.length && versions.at(-1) !== undefined ? { status: 304 } : shown;
  }

  vread(id: string, version: number): object {
    const versions = this.#of(id);
    if (version > versions.length) return { status: 404 };
    const content = versions[version - 1];
    return content === undefined
      ? { status: 410 }
      : { status: 200, gender: content.gender, etag: `W/"${version}"` };
  }

  /** The newest first. */
  history(id: string): object {
    const versions = this.#of(id);
    if (versions.length === 0) return { status: 404 };
    const entries = versions.map((content, index) => ({
      gender: content?.gender ?? null,
      method: content === undefined ? 'DELETE' : index === 0 ? 'POST' : 'PUT',
      etag: `W/"${index + 1}"`,
    }));
    return { status: 200, total: versions.length, entries: entries.toReversed() };
  }
}
