/** What a transaction or batch does to the Patients of a model: the rules of FHIR R4, http, 3.1.0.11.2. */
import type { Content, PatientModel } from './patient-model.ts';

/** One entry. `id` is that of a Patient, `mrn` the identifier that a condition asks for. */
export type Part =
  | { readonly kind: 'put'; readonly id: string; readonly content: Content; readonly version?: number }
  | { readonly kind: 'put-new'; readonly id: string; readonly content: Content }
  | { readonly kind: 'put-where' | 'create-unless'; readonly content: Content }
  | { readonly kind: 'patch'; readonly id: string; readonly from: string; readonly gender: string }
  | { readonly kind: 'patch-where'; readonly mrn: string; readonly from: string; readonly gender: string }
  | { readonly kind: 'delete'; readonly id: string; readonly version?: number }
  | { readonly kind: 'delete-where'; readonly mrn: string }
  | { readonly kind: 'get'; readonly id: string; readonly known?: number }
  /** Only found by the condition of a create. */
  | { readonly kind: 'find'; readonly id: string }
  /** Creates a resource that refers to the one Patient of that identifier. */
  | { readonly kind: 'refer'; readonly mrn: string };

export interface PartAnswer {
  readonly status: number;
  readonly etag?: string;
  readonly gender?: string;
  readonly subject?: string;
}

const RANKS: Readonly<Record<Part['kind'], number>> = {
  delete: 0,
  'delete-where': 0,
  'create-unless': 1,
  refer: 1,
  put: 2,
  'put-new': 2,
  'put-where': 2,
  patch: 3,
  'patch-where': 3,
  get: 4,
  find: 4,
};

/** Each entry for itself, in the order of FHIR; `given` are the ids that the service chose, by entry. */
export function runBatch(
  model: PatientModel,
  parts: readonly Part[],
  given: readonly string[],
): readonly PartAnswer[] {
  const answers: PartAnswer[] = [];
  for (const [index, part] of inOrder(parts)) answers[index] = runAlone(model, part, given[index] ?? '');
  return answers;
}

function inOrder(parts: readonly Part[]): readonly (readonly [number, Part])[] {
  return [...parts.entries()].sort(([a, one], [b, other]) => RANKS[one.kind] - RANKS[other.kind] || a - b);
}

function runAlone(model: PatientModel, part: Part, given: string): PartAnswer {
  switch (part.kind) {
    case 'put':
      return bare(
        model.put(part.id, part.content, part.version === undefined ? {} : { version: part.version }),
      );
    case 'put-new':
      return bare(model.put(part.id, part.content, { isNew: true }));
    case 'put-where':
      return bare(model.putWhere(part.content, given));
    case 'create-unless':
      return bare(model.createUnless(part.content, given));
    case 'patch':
      return bare(model.patch(part.id, part.from, part.gender));
    case 'patch-where': {
      const ids = idsOf(model, part.mrn);
      if (ids.length !== 1) return { status: ids.length === 0 ? 404 : 412 };
      return bare(model.patch(ids[0] ?? '', part.from, part.gender));
    }
    case 'delete':
      return model.delete(part.id, part.version);
    case 'delete-where':
      return model.deleteWhere(part.mrn);
    case 'get':
      return model.read(part.id, part.known) as PartAnswer;
    case 'find':
      return { status: 200, etag: model.etag(part.id) };
    case 'refer': {
      const ids = idsOf(model, part.mrn);
      if (ids.length !== 1) return { status: ids.length === 0 ? 422 : 412 };
      return { status: 201, etag: 'W/"1"', subject: `Patient/${ids[0]}` };
    }
  }
}

function bare({ status, etag }: { readonly status: number; readonly etag?: string }): PartAnswer {
  return etag === undefined ? { status } : { status, etag };
}

function idsOf(model: PatientModel, mrn: string): readonly string[] {
  return model.ids((content) => content.mrn === mrn);
}

/**
 * The model after the transaction with the answers of its entries, or undefined where it has to be refused whole:
 * conditions see what was stored before, less what is deleted; no resource may be written twice.
 */
export function runTransaction(
  before: PatientModel,
  parts: readonly Part[],
  given: readonly string[],
): { readonly after: PatientModel; readonly answers: readonly PartAnswer[] } | undefined {
  const targets = new Targets(before, parts);
  const resolved = inOrder(parts).map(([index, part]) => ({
    index,
    ...targets.resolve(part, given[index] ?? ''),
  }));
  if (targets.isRefused) return undefined;
  const after = before.clone();
  const answers: PartAnswer[] = [];
  // What is only found or looked at is answered once all is written.
  for (const late of [false, true]) {
    for (const { index, part, isLate } of resolved) {
      if (isLate === late) answers[index] = runAlone(after, part, '');
    }
  }
  return answers.some(({ status }) => status >= 400) ? undefined : { after, answers };
}

interface Resolved {
  readonly part: Part;
  readonly isLate: boolean;
}

/** Conditions replaced by the ids that they find or that are given. */
class Targets {
  readonly #before: PatientModel;
  readonly #removed: ReadonlySet<string>;
  readonly #written = new Set<string>();
  readonly #byCondition = new Map<string, string>();
  isRefused = false;

  constructor(before: PatientModel, parts: readonly Part[]) {
    this.#before = before;
    this.#removed = new Set(
      parts.flatMap((part) => {
        if (part.kind === 'delete') return [part.id];
        return part.kind === 'delete-where' ? idsOf(before, part.mrn) : [];
      }),
    );
  }

  resolve(part: Part, given: string): Resolved {
    switch (part.kind) {
      case 'get':
      case 'refer':
        return { part, isLate: true };
      case 'put':
      case 'put-new':
      case 'delete':
        return this.#writing(part.id, part);
      case 'delete-where': {
        const id = this.#only(idsOf(this.#before, part.mrn));
        return id === undefined ? { part, isLate: false } : this.#writing(id, { kind: 'delete', id });
      }
      case 'patch':
        return this.#patching(part.id, part.from, part.gender);
      case 'patch-where': {
        const id = this.#only(idsOf(this.#before, part.mrn));
        return this.#patching(id ?? '', part.from, part.gender);
      }
      case 'find':
        return { part, isLate: true };
      case 'put-where':
      case 'create-unless':
        return this.#byMrn(part.kind, part.content, given);
    }
  }

  #byMrn(kind: 'put-where' | 'create-unless', content: Content, given: string): Resolved {
    const stored = this.#only(idsOf(this.#before, content.mrn).filter((id) => !this.#removed.has(id)));
    const earlier = this.#byCondition.get(content.mrn);
    if (kind === 'create-unless') {
      const found = stored ?? earlier;
      if (found !== undefined) return { part: { kind: 'find', id: found }, isLate: true };
    } else if (earlier !== undefined) this.isRefused = true;
    const id = stored ?? given;
    this.#byCondition.set(content.mrn, id);
    return this.#writing(id, { kind: 'put', id, content });
  }

  /** What is patched has to be there, and as the patch expects it, before anything is written. */
  #patching(id: string, from: string, gender: string): Resolved {
    if (this.#before.current(id)?.gender !== from) this.isRefused = true;
    return this.#writing(id, { kind: 'patch', id, from, gender });
  }

  #writing(id: string, part: Part): Resolved {
    if (this.#written.has(id)) this.isRefused = true;
    this.#written.add(id);
    return { part, isLate: false };
  }

  #only(ids: readonly string[]): string | undefined {
    if (ids.length > 1) this.isRefused = true;
    return ids[0];
  }
}
